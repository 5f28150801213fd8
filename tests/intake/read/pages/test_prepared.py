"""Pictures of pages, prepared for print or left out with a reason."""

from __future__ import annotations

import pytest

from intake.read.pages.page import Box
from intake.read.pages.prepared import prepared
from tests.support.docx_reading import png
from values.manuscript import Media

BOX = Box(0, 0, 100, 100)


def test_a_printable_picture_is_prepared() -> None:
    made = prepared(png(), BOX, 1_000)
    assert isinstance(made, Media)
    assert made.content_type == "image/png"


@pytest.mark.parametrize(
    ("data", "pixels", "reason"),
    [
        (png(), 0, "huge"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 1_000, "format"),
        (b"no picture", 1_000, "damaged"),
    ],
)
def test_any_other_is_left_out_with_a_reason(data: bytes, pixels: int, reason: str) -> None:
    assert prepared(data, BOX, pixels) == reason
