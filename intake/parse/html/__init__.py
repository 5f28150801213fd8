"""HTML bodies of letters → the text that a reader sees: paragraphs, list labels, tables, and what a page shows."""
