"""Accounts of the desk, passwords and sessions."""
