"""From paragraphs with looks to a manuscript: title, byline, body, captions, annexes; collections cut into articles."""
