"""What the commands share: finding the command, its arguments, the office it works in, its output and exit status."""
