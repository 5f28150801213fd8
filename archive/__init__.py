"""The ledger (the only truth) and the raw and media files."""
