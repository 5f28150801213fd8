"""The picture of a drawing, from the page that LibreOffice made of its sheet. Loads PDFium: import it only then."""

from __future__ import annotations

import math
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import Final

import pypdfium2

from programs.pdf_pages import png_of, rendered
from programs.pdfium import UnreadablePdf, opened

_EMU_PER_POINT: Final = 12_700
_POINTS_PER_INCH: Final = 72
_DOTS_PER_INCH: Final = 300
_MOST_PIXELS: Final = 4_000_000
_MOST_BYTES: Final = 32 << 20  # a larger page costs more time than a drawing is worth


@dataclass(frozen=True, slots=True)
class RenderedDrawing:
    """A PNG, and the size at which it is to be shown, in EMU."""

    png: bytes
    width: int
    height: int


def render_drawing(
    pdf: bytes, width: int, height: int, *, words: str = "", room: bool = False
) -> RenderedDrawing | None:
    """The drawing of this size, in EMU, on the only page: its top left, or with room whatever is on it.

    None when there is no such page, nothing to be seen on it, or not all characters of `words`.
    """
    if len(pdf) > _MOST_BYTES:
        return None
    try:
        with opened(pdf) as document:
            if len(document) != 1:
                return None
            with closing(document[0]) as page:
                if not _says(page, words):
                    return None
                return _whole(page) if room else _top_left(page, width, height)
    except UnreadablePdf:
        return None


def _says(page: pypdfium2.PdfPage, words: str) -> bool:
    """By character, since lines are broken at other places and come in another order."""
    wanted = Counter("".join(words.split()))
    if not wanted:
        return True
    with closing(page.get_textpage()) as text:
        return wanted <= Counter(text.get_text_bounded())


def _top_left(page: pypdfium2.PdfPage, width: int, height: int) -> RenderedDrawing | None:
    across, down = page.get_size()
    wide, high = width / _EMU_PER_POINT, height / _EMU_PER_POINT
    scale = _scale(wide, high)
    picture = rendered(page, scale, (0, max(0, down - high), max(0, across - wide), 0))
    if picture.getcolors(maxcolors=1) is not None:  # all of it has one colour
        return None
    return RenderedDrawing(png_of(picture), width, height)


def _whole(page: pypdfium2.PdfPage) -> RenderedDrawing | None:
    """All that is not white."""
    scale = _scale(*page.get_size())
    picture = rendered(page, scale)
    seen = picture.point(lambda value: 255 - value).getbbox()
    if seen is None:
        return None
    picture = picture.crop(seen)
    width, height = (round(pixels / scale * _EMU_PER_POINT) for pixels in picture.size)
    return RenderedDrawing(png_of(picture), width, height)


def _scale(width: float, height: float) -> float:
    """Pixels a point."""
    return min(_DOTS_PER_INCH / _POINTS_PER_INCH, math.sqrt(_MOST_PIXELS / (width * height)))
