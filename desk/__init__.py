"""The review desk: HTTP in, HTML out. What it shows and does is in `service` and `archive`."""
