"""The scan of a paper (批示), a picture or a PDF that a person uploads: its pages, and the gate for its text."""

from __future__ import annotations

from typing import Final

from intake.outcome import ScanReading
from intake.parse.picture_kinds import MOST_PIXELS, RASTER, picture_kind
from intake.read.formats import is_pdf
from intake.read.pictures.display import NO_CROP
from intake.read.pictures.metadata import without_metadata
from intake.read.pictures.pixels import Damaged, TooManyPixels, decoded, encoded, opened, pillow_faults
from intake.read.pictures.prepare import upright
from intake.secrecy.gate import marking_in_pdf
from programs.page_pictures import PagePictures
from programs.pdf_pages import pages_as_png

_WIDEST: Final = 1_400
"""Pixels of a page that is shown, on its longer side: sharp on a screen, where a scan at 600 dpi has seven thousand."""


def read_scan(data: bytes, words: tuple[str, ...]) -> ScanReading:
    """What the file is, and the sealed marking in its text. words: markings of the office (`office_words`)."""
    if is_pdf(data):
        pages = pages_as_png(data, 1, 1)
        return ScanReading("application/pdf", len(pages.pngs) and pages.pages, marking_in_pdf(data, words))
    kind = picture_kind(data).content_type
    return ScanReading(kind, scan_pages(data, 1, 1).pages if kind in RASTER else 0)


def scan_pages(data: bytes, first: int, most: int) -> PagePictures:
    """At most `most` pages, beginning with page `first`, counted from 1; a picture is one page, upright and without its
    metadata. No pages for what cannot be opened."""
    if is_pdf(data):
        return pages_as_png(data, first, most)
    kind = picture_kind(data)
    if kind.content_type not in RASTER or kind.width * kind.height > MOST_PIXELS:
        return PagePictures(0)
    try:
        with pillow_faults():
            image = opened(without_metadata(data, kind.content_type), kind.content_type, MOST_PIXELS)
            scale = min(1.0, _WIDEST / max(image.size))
            size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
            drawn, _ = decoded(image, NO_CROP, size)
            _, png = encoded(drawn, upright(data), photograph=False)
    except (Damaged, TooManyPixels):
        return PagePictures(0)
    return PagePictures(1, (png,) if first == 1 else ())
