"""What reading one manuscript may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intake.archives.limits import USUAL_LIMITS, ArchiveLimits
from intake.parse.picture_kinds import MOST_PIXELS


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """Beyond any of these a manuscript is refused (figures: security.md section 1)."""

    archive: ArchiveLimits = USUAL_LIMITS
    """Of the zip that it is."""
    document: int = 30_000_000
    """Bytes of the main part."""
    tags: int = 1_500_000
    """Opening angle brackets in one XML part, counted before it is parsed: a tree costs many times its bytes."""
    characters: int = 200_000
    """Of text; more is a book, not an article."""
    table_depth: int = 50
    """Tables within tables."""
    table_rows: int = 5_000
    """Rows of one table."""
    pixels: int = MOST_PIXELS
    """Of one picture."""


USUAL_DOCUMENT_LIMITS: Final = DocumentLimits()
