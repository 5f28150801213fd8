"""The named destinations of a PDF (ISO 32000-1 12.3.2.3): on which page each one is."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Final

import pypdfium2
from pypdfium2 import raw

from programs.pdfium import UnreadablePdf, opened

_MOST: Final = 10_000
"""An issue has one bookmark an article; more than this comes from no issue and only costs time."""


def destinations(pdf: bytes) -> Mapping[str, int]:
    """name → page, counted from 1. Empty for a PDF without names, and for one that cannot be opened."""
    try:
        with opened(pdf) as document:
            count = min(raw.FPDF_CountNamedDests(document), _MOST)
            pages = (_destination(document, index) for index in range(count))
            return {name: page for name, page in pages if page > 0}
    except UnreadablePdf:
        return {}


def _destination(document: pypdfium2.PdfDocument, index: int) -> tuple[str, int]:
    """The name and its page. PDFium is asked first for the length of the name in bytes, then for the name (UTF-16)."""
    length = ctypes.c_long()
    raw.FPDF_GetNamedDest(document, index, None, length)
    name = ctypes.create_string_buffer(max(length.value, 0))
    place = raw.FPDF_GetNamedDest(document, index, name, length)
    page = raw.FPDFDest_GetDestPageIndex(document, place) if place else -1
    return name.raw.decode("utf-16-le", errors="replace").rstrip("\0"), page + 1
