"""Pictures of the pages of a PDF, for looking at: the file itself is never shown to a browser."""

from __future__ import annotations

import contextlib
import io
import math
from dataclasses import dataclass
from typing import Final

import pypdfium2

_DOTS_PER_INCH: Final = 110
_POINTS_PER_INCH: Final = 72
_MOST_PIXELS: Final = 3_000_000


@dataclass(frozen=True, slots=True)
class PageViews:
    """Some pages as PNGs; pages: how many the file has."""

    pages: int
    pngs: tuple[bytes, ...] = ()


def page_views(pdf: bytes, first: int, most: int) -> PageViews:
    """first: from 1. A file that cannot be opened has no pages; drawing ends at one that cannot be drawn."""
    pngs: list[bytes] = []
    count = 0
    try:
        with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
            count = len(document)
            for number in range(max(1, first), min(first + most, count + 1)):
                with contextlib.closing(document[number - 1]) as page:
                    pngs.append(_drawn(page))
    except pypdfium2.PdfiumError:
        return PageViews(count, tuple(pngs))
    return PageViews(count, tuple(pngs))


def _drawn(page: pypdfium2.PdfPage) -> bytes:
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
    with contextlib.closing(page.render(scale=scale, rev_byteorder=True)) as bitmap:
        out = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(out, "PNG")
        return out.getvalue()
