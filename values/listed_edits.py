"""What a letter lists of an edited draft."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListedEdits:
    """What an edited draft would change, as a letter lists it."""

    draft: str
    """第70期第 1 稿: of what the file is an edited copy; "" where it could not be compared."""
    lines: tuple[str, ...]
    """Each change whole; () for none, and for too many."""
    why_not: str
    """Why an answer cannot take them over, Chinese; "" where it can."""
    again: bool
    """They were listed before, and are others by now."""
