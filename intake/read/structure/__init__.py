"""From formatted paragraphs to a manuscript: title, byline, body, captions, annexes; collections become articles."""
