"""The outline of a PDF (ISO 32000-1, 12.3.3), and what it says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PdfReadError
from pypdf.generic import Destination

_MOST: Final = 10_000
"""Entries; an issue has one an article and one a heading."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A title that leads to a place."""

    title: str
    page: int
    """Counted from 0."""
    left: float
    """Points from the left edge."""
    top: float
    """Points from the lower edge."""
    below: tuple[OutlineEntry, ...] = ()


def outline_of(reader: PdfReader) -> tuple[OutlineEntry, ...]:
    """The entries that lead to a page; () for a PDF without outline, or with a damaged one."""
    try:
        pages = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages) if page.indirect_reference}
        return _entries(reader.outline, pages, [_MOST])
    except (PdfReadError, RecursionError, ValueError, TypeError, KeyError, AttributeError):
        return ()


def _entries(outline: Sequence[Any], pages: dict[int, int], left: list[int]) -> tuple[OutlineEntry, ...]:
    """pypdf gives the entries below one as a list after it."""
    entries: list[OutlineEntry] = []
    for at, entry in enumerate(outline):
        if not isinstance(entry, Destination) or left[0] <= 0:
            continue
        left[0] -= 1
        page = pages.get(getattr(entry.page, "idnum", -1))
        if page is None:
            continue
        following = outline[at + 1] if at + 1 < len(outline) else None
        below = _entries(following, pages, left) if isinstance(following, list) else ()
        entries.append(OutlineEntry(str(entry.title or ""), page, _float(entry.left), _float(entry.top), below))
    return tuple(entries)


def _float(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
