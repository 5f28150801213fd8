"""What a revision of a draft contains, without the texts of its articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SnapshotArticle:
    """An article as a revision of a draft contains it."""

    id: int
    title: str
    revision: int
    """Number of its text."""
    section: str = ""
    unit: str = ""
    """The department or departments as they are printed."""


@dataclass(frozen=True, slots=True)
class IssueSnapshot:
    """A revision of a draft, without the texts of its articles."""

    dated: date
    editors_note: str
    """按语, a paragraph a line; "" for none."""
    articles: tuple[SnapshotArticle, ...]
    """In printed order."""
