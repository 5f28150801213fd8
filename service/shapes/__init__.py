"""The JSON shapes that other programs read: of the command line and of the API (design.md 5.3)."""
