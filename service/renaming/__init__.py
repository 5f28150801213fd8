"""Bulletins and mailboxes that have another name in config.toml than in the ledger."""
