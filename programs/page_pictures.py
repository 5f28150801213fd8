"""Pages of a PDF as pictures, as they come from a child process: a value, without PDFium."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagePictures:
    """Some pages of a PDF, one after the other."""

    pages: int
    """How many the file has; 0 when it cannot be opened."""

    pngs: tuple[bytes, ...] = ()
