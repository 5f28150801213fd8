"""The mailbox of the demo."""
