"""What becomes of an article: decided, corrected, compared, returned."""
