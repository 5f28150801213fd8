"""Reading: manuscript bytes to paragraphs with looks (`docx`), and those to a `Manuscript` (`structure`)."""
