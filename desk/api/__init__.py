"""The API under /api/v1, by which other systems read and act: the operations of the desk, with tokens (issue 20)."""
