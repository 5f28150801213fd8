"""What a file of a letter is as a manuscript, by its bytes."""

from __future__ import annotations

from enum import Enum


class ManuscriptFormat(Enum):
    """Recognised once, before a letter is classified (`intake.read.formats.with_formats`)."""

    NONE = "none"
    """No manuscript, as far as its bytes show."""
    WORD = "word"
    """A .docx, or one in a single XML file: read as it is."""
    LEGACY = "legacy"
    """.doc, .wps, .rtf, .odt …: LibreOffice makes a .docx of it first."""
    TEXT = "text"
    """A text file: a manuscript only where the letter brings no other."""
    FIXED_LAYOUT = "fixed layout"
    """PDF or OFD: a manuscript only where the letter brings no other."""
