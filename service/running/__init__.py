"""The running service: its periodic work, its locks, its logs, and what systemd is sent."""
