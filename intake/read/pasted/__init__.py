"""Articles pasted into the text of a letter."""
