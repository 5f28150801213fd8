"""What is usual in official Chinese, as counts of character sequences, and the checks that are made by it."""
