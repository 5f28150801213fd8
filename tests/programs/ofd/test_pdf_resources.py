from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from programs.ofd.pdf_images import UnreadableImage
from programs.ofd.pdf_resources import PdfResources
from tests.support.embedded_fonts import pdf_with_font
from tests.support.pdf import image, pdf


def resources_of(data: bytes) -> tuple[PdfResources, Any]:
    reader = PdfReader(io.BytesIO(data))
    return PdfResources(reader), reader.pages[0]["/Resources"]


def test_font_has_one_index_however_often_it_is_asked_for() -> None:
    resources, names = resources_of(pdf_with_font(""))
    first, second = (names["/Font"][name].get_object() for name in ("/F1", "/F2"))
    assert [resources.font(font)[0] for font in (first, second, first)] == [0, 1, 0]
    assert [font.name for font in resources.fonts] == ["Squares", "SimSun,Bold"]


def test_equal_pictures_have_one_file() -> None:
    resources, names = resources_of(pdf("", images={"A": image(), "B": image(), "C": image(shade=1)}))
    pictures = [names["/XObject"][name].get_object() for name in ("/A", "/B", "/C")]
    first, second, third = map(resources.image, pictures)
    assert first == second != third
    assert list(resources.images) == [first, third]


def test_picture_that_cannot_be_read_is_refused_each_time() -> None:
    resources, names = resources_of(pdf("", images={"A": image(more="/ImageMask true")}))
    for _ in range(2):
        with pytest.raises(UnreadableImage):
            resources.image(names["/XObject"]["/A"].get_object())
