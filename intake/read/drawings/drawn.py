"""The picture of a drawing, from the PDF that LibreOffice made of its sheet. Importing this module loads PDFium."""

from __future__ import annotations

import math
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import Final

import pypdfium2

from programs.pdf_pages import png_of, rendered
from programs.pdfium import UnreadablePdf, opened
from values.paper import EMU_PER_POINT, PRINT_DOTS_PER_INCH

_POINTS_PER_INCH: Final = 72
_MOST_PIXELS: Final = 4_000_000
"""A page of 156 x 200 mm at 300 dots an inch has 4.4 million; larger drawings get fewer dots."""
_MOST_BYTES: Final = 32 << 20
"""A larger PDF costs more time than a drawing is worth."""


@dataclass(frozen=True, slots=True)
class RenderedDrawing:
    """A PNG, and the width and height in EMU at which it is shown."""

    png: bytes
    width: int
    height: int


def render_drawing(
    pdf: bytes, width: int, height: int, *, words: str = "", room: bool = False
) -> RenderedDrawing | None:
    """The drawing on the only page of a PDF: the top left corner of that size in EMU, or, with `room`, all that is
    visible.

    None when the PDF is damaged or has several pages, when nothing is visible, or when a character of `words` is
    missing.
    """
    if len(pdf) > _MOST_BYTES:
        return None
    try:
        with opened(pdf) as document:
            if len(document) != 1:
                return None
            with closing(document[0]) as page:
                if not _contains(page, words):
                    return None
                return _whole(page) if room else _top_left(page, width, height)
    except UnreadablePdf:
        return None


def _contains(page: pypdfium2.PdfPage, words: str) -> bool:
    """Whether a page contains these characters. LibreOffice breaks lines elsewhere and orders them otherwise."""
    wanted = Counter("".join(words.split()))
    if not wanted:
        return True
    with closing(page.get_textpage()) as text:
        return wanted <= Counter(text.get_text_bounded())


def _top_left(page: pypdfium2.PdfPage, width: int, height: int) -> RenderedDrawing | None:
    across, down = page.get_size()
    wide, high = width / EMU_PER_POINT, height / EMU_PER_POINT
    scale = _scale(wide, high)
    picture = rendered(page, scale, (0, max(0, down - high), max(0, across - wide), 0))
    if picture.getcolors(maxcolors=1) is not None:  # all of it has one colour
        return None
    return RenderedDrawing(png_of(picture), width, height)


def _whole(page: pypdfium2.PdfPage) -> RenderedDrawing | None:
    """All of the page that is not white."""
    scale = _scale(*page.get_size())
    picture = rendered(page, scale)
    seen = picture.point(lambda value: 255 - value).getbbox()
    if seen is None:
        return None
    picture = picture.crop(seen)
    width, height = (round(pixels / scale * EMU_PER_POINT) for pixels in picture.size)
    return RenderedDrawing(png_of(picture), width, height)


def _scale(width: float, height: float) -> float:
    """Pixels per point."""
    return min(PRINT_DOTS_PER_INCH / _POINTS_PER_INCH, math.sqrt(_MOST_PIXELS / (width * height)))
