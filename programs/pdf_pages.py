"""The pages of a PDF as pictures: for people to look at, and for drawings that LibreOffice made."""

from __future__ import annotations

import io
import math
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pypdfium2

from programs.page_pictures import PagePictures
from programs.pdfium import UnreadablePdf, opened

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY: Final = 82
"""Of WebP: red and black print on white shows no blur at it, and a page has a third of the octets of PNG."""
_DOTS_PER_INCH: Final = 110
"""An A4 page is then 910 pixels wide: sharp in a browser's column, and quick to draw."""
_POINTS_PER_INCH: Final = 72
_MOST_PIXELS: Final = 3_000_000
"""Three A4 pages at 110 dpi: a poster's page is drawn smaller, since its bitmap takes four octets a pixel."""
_WHOLE: Final = (0.0, 0.0, 0.0, 0.0)


def page_count(pdf: bytes) -> int:
    """How many pages; 0 for what is no PDF."""
    try:
        with opened(pdf) as document:
            return len(document)
    except UnreadablePdf:
        return 0


def page_as_webp(pdf: bytes, number: int, width: int) -> bytes:
    """Page `number`, counted from 1, as WebP of that many pixels across. Raises UnreadablePdf; the page must exist."""
    with opened(pdf) as document, closing(document[number - 1]) as page:
        page_width, _ = page.get_size()
        picture = rendered(page, width / page_width)
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=2)
    return out.getvalue()


def pages_as_png(pdf: bytes, first: int, most: int) -> PagePictures:
    """At most `most` pages, beginning with page `first`, counted from 1. Ends before a page that cannot be drawn."""
    pngs: list[bytes] = []
    count = 0
    try:
        with opened(pdf) as document:
            count = len(document)
            for number in range(max(1, first), min(first + most, count + 1)):
                with closing(document[number - 1]) as page:
                    pngs.append(png_of(rendered(page, _scale_of(page))))
    except UnreadablePdf:
        return PagePictures(count, tuple(pngs))
    return PagePictures(count, tuple(pngs))


def rendered(page: pypdfium2.PdfPage, scale: float, crop: tuple[float, float, float, float] = _WHOLE) -> Image:
    """The page in RGB. scale: pixels a point. crop: what is cut off at left, bottom, right and top, in points."""
    with closing(page.render(scale=scale, crop=crop, rev_byteorder=True)) as bitmap:
        picture: Image = bitmap.to_pil()
        return picture.convert("RGB")


def png_of(picture: Image) -> bytes:
    """The picture as a PNG file."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _scale_of(page: pypdfium2.PdfPage) -> float:
    width, height = page.get_size()
    return min(_DOTS_PER_INCH / _POINTS_PER_INCH, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
