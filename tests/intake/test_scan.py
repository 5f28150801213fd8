"""The scan of a paper: what it is, its pages as pictures, and the marking in its text."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from intake.scan import read_scan, scan_pages
from tests.support.pdf import lines, pdf
from tests.support.photographs import exif, landscape, quarters


def encoded(image: Image.Image, kind: str, **more: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"])
def test_a_picture_is_one_page(kind: str) -> None:
    data = encoded(quarters(40, 30), kind)
    reading = read_scan(data, ())
    assert (reading.content_type, reading.pages, reading.marking) == (f"image/{kind.lower()}", 1, "")
    assert Image.open(BytesIO(scan_pages(data, 1, 1).pngs[0])).size == (40, 30)
    assert scan_pages(data, 2, 1).pngs == ()


def test_a_large_photograph_is_shown_upright_and_smaller() -> None:
    data = encoded(landscape(2800, 2100), "JPEG", exif=exif(6))
    [png] = scan_pages(data, 1, 1).pngs
    assert Image.open(BytesIO(png)).size == (1050, 1400)


def test_a_pdf_has_its_pages_and_the_marking_in_its_text() -> None:
    data = pdf(lines("秘密★5年", "请推广"), lines("第二页"))
    reading = read_scan(data, ())
    assert (reading.content_type, reading.pages, reading.marking) == ("application/pdf", 2, "秘密★5年")
    assert read_scan(pdf(lines("此件仅供内部")), ("此件仅供内部",)).marking == "此件仅供内部"


@pytest.mark.parametrize("data", [b"", b"MZ", b"%PDF-1.4", b"<svg/>", encoded(quarters(9, 9), "PNG")[:50]])
def test_what_cannot_be_opened_has_no_pages(data: bytes) -> None:
    assert read_scan(data, ()).pages == 0
    assert scan_pages(data, 1, 1).pngs == ()
