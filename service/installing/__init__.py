"""A new office: its mailbox provider, the test of its log-in, and its config.toml."""
