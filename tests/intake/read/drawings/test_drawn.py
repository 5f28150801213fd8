"""The picture of a drawing from the PDF of its sheet."""

from __future__ import annotations

import io
import zipfile

import pytest

from intake.read.docx.reader import read_docx
from intake.read.source import SourceDocument
from tests.support.docx_reading import inline, p
from tests.support.drawings import (
    emf,
    page,
    with_chart,
    with_smart_art,
)
from tools.docx_builder import docx, paragraph
from values.manuscript import Picture

_BLUE = "0 0 1 rg 10 10 60 60 re f"


def omitted(document: SourceDocument) -> dict[str, str]:
    return {omission.rule.name: omission.message for omission in document.omissions}


def with_pdf(data: bytes, pdf: bytes) -> SourceDocument:
    """The document read again, `pdf` being what LibreOffice made of its only sheet."""
    (sheet,) = read_docx(data).undrawn
    return read_docx(data, converted={sheet.key: pdf})


def test_drawn_vector_picture_replaces_its_instructions() -> None:
    data = docx(paragraph("文") + p(inline("rId9")), pictures={"rId9": emf()})
    document = with_pdf(data, page(72, 36, "0 0 1 rg 0 0 36 36 re f"))
    assert [media.content_type for media in document.media] == ["image/png"]
    assert list(omitted(document)) == ["drawn"]


@pytest.mark.parametrize(
    "pdf",
    [
        page(216, 144, ""),
        page(216, 144, "0.5 g 0 0 216 144 re f"),
        page(216, 144, _BLUE, pages=2),
        page(216, 144, _BLUE, pages=0),
        b"%PDF-1.7 broken",
    ],
    ids=["blank", "one colour", "two pages", "no page", "broken"],
)
def test_page_that_shows_nothing_leaves_the_omission(pdf: bytes) -> None:
    document = with_pdf(with_chart(), pdf)
    assert (list(omitted(document)), document.undrawn) == (["chart"], ())


def test_smart_art_is_what_is_seen_of_it_on_a_larger_page() -> None:
    (sheet,) = read_docx(with_smart_art("")).undrawn
    with zipfile.ZipFile(io.BytesIO(sheet.data)) as archive:
        assert b'w:w="8640" w:h="5760"' in archive.read("document.xml")
    document = with_pdf(with_smart_art(""), page(432, 288, "0 0 1 rg 200 30 144 72 re f"))
    (picture,) = [block for block in document.blocks if isinstance(block, Picture)]
    assert (round(picture.width / 914_400, 1), round(picture.height / 914_400, 1)) == (2.0, 1.0)


def test_smart_art_picture_without_its_words_is_none() -> None:
    document = with_pdf(with_smart_art("稳就业"), page(216, 144, _BLUE))
    assert list(omitted(document)) == ["smart-art"]
