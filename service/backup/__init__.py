"""Backups of all that the service keeps, and data directories made again from them."""
