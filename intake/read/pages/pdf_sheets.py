"""The pages of a PDF as pictures, for people to look at."""

from __future__ import annotations

import io
from contextlib import closing
from typing import Final

import pypdfium2

from intake.read.pages.pdf_turns import PDFIUM

CONTENT_TYPE: Final = "image/webp"
_QUALITY: Final = 82
"""Of WebP: red and black print on white shows no blur at it, and a page has a third of the octets of PNG."""


def sheets_in(pdf: bytes) -> int:
    """How many pages; 0 for what is no PDF."""
    with PDFIUM:
        try:
            with closing(pypdfium2.PdfDocument(pdf)) as document:
                return len(document)
        except pypdfium2.PdfiumError:
            return 0


def picture_of_sheet(pdf: bytes, number: int, width: int) -> bytes:
    """Page `number`, counted from 1, as WebP of that many pixels across. It must be there."""
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[number - 1]) as page:
        across, _ = page.get_size()
        with closing(page.render(scale=width / across, rev_byteorder=True)) as bitmap:
            picture = bitmap.to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=2)
    return out.getvalue()
