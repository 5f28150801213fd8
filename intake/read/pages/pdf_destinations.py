"""The named places of a PDF (ISO 32000-1 12.3.2.3): on which page each one is."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Mapping

import pypdfium2
from pypdfium2 import raw

from intake.read.pages.pdf_turns import PDFIUM

_MOST = 10_000


def destinations(pdf: bytes) -> Mapping[str, int]:
    """name → page, counted from 1. Empty for a PDF without names, and for one that cannot be opened."""
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return {}
        with contextlib.closing(document):
            found = (_destination(document, index) for index in range(min(raw.FPDF_CountNamedDests(document), _MOST)))
            return {name: page for name, page in found if page > 0}


def _destination(document: pypdfium2.PdfDocument, index: int) -> tuple[str, int]:
    """Asked first for the length of the name in bytes, then for the name, which is UTF-16."""
    length = ctypes.c_long()
    raw.FPDF_GetNamedDest(document, index, None, length)
    name = ctypes.create_string_buffer(max(length.value, 0))
    place = raw.FPDF_GetNamedDest(document, index, name, length)
    page = raw.FPDFDest_GetDestPageIndex(document, place) if place else -1
    return name.raw.decode("utf-16-le", errors="replace").rstrip("\0"), page + 1
