"""The picture of a drawing, from the page that LibreOffice made of its sheet."""

from __future__ import annotations

import io
import math
from collections import Counter
from contextlib import closing
from typing import Final

import pypdfium2

_EMU_PER_POINT: Final = 12_700
_POINTS_PER_INCH: Final = 72
_DOTS_PER_INCH: Final = 300
_MOST_PIXELS: Final = 4_000_000
_MOST_BYTES: Final = 32 << 20  # a larger page costs more time than a drawing is worth


def drawn(pdf: bytes, width: int, height: int, words: str = "") -> bytes | None:
    """The top left of the only page as a PNG; width and height in EMU.

    None when there is no such page, nothing to be seen on it, or not all characters of `words`.
    """
    if len(pdf) > _MOST_BYTES:
        return None
    try:
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            if len(document) != 1:
                return None
            with closing(document[0]) as page:
                return _rendered(page, width / _EMU_PER_POINT, height / _EMU_PER_POINT) if _says(page, words) else None
    except pypdfium2.PdfiumError:
        return None


def _says(page: pypdfium2.PdfPage, words: str) -> bool:
    """By character, since lines are broken at other places and come in another order."""
    wanted = Counter("".join(words.split()))
    if not wanted:
        return True
    with closing(page.get_textpage()) as text:
        return wanted <= Counter(text.get_text_bounded())


def _rendered(page: pypdfium2.PdfPage, width: float, height: float) -> bytes | None:
    across, down = page.get_size()
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, math.sqrt(_MOST_PIXELS / (width * height)))
    crop = (0, max(0, down - height), max(0, across - width), 0)
    with closing(page.render(scale=scale, crop=crop, rev_byteorder=True)) as bitmap:
        picture = bitmap.to_pil().convert("RGB")
    if all(darkest == lightest for darkest, lightest in picture.getextrema()):
        return None
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
