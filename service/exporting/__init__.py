"""What was printed, as files that need no program."""
