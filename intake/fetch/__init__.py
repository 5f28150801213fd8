"""Fetching: letters from an IMAP mailbox or from files, in capped batches."""
