"""The pictures of a PDF, in the size, place and orientation in which they are shown."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from intake.read.pages.pdf import read_pdf
from intake.read.source import SourceDocument, SourceParagraph
from tests.support import pdf as make
from tests.support.pdf import lines, pdf, picture
from values.manuscript import Picture


def texts(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, SourceParagraph)]


def reported(data: bytes) -> dict[str, tuple[str, bool]]:
    return {one.rule.name: (one.message, one.serious) for one in read_pdf(data).omissions}


def test_picture_stands_between_its_paragraphs_in_the_size_shown() -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 10, 10)).save(out, "JPEG")
    page = lines("　　图前的一段。", "　　图后的一段。", pitch=200) + picture("J", 200, 560, 144, 72)
    document = read_pdf(pdf(page, images={"J": make.jpeg(out.getvalue(), 60, 40)}))
    before, shown, after = document.blocks
    assert isinstance(shown, Picture)
    assert (shown.content_type, shown.width, shown.height) == ("image/jpeg", 144 * 12_700, 72 * 12_700)
    assert [one.data for one in document.media] == [out.getvalue()]
    assert (texts(document), type(before), type(after)) == (
        ["图前的一段。", "图后的一段。"],
        SourceParagraph,
        SourceParagraph,
    )


@pytest.mark.parametrize(
    ("matrix", "corner"),
    [
        ("100 0 0 100", "top left"),
        ("-100 0 0 100", "top right"),
        ("100 0 0 -100", "bottom left"),
        ("0 100 -100 0", "bottom left"),
        ("0 -100 100 0", "top right"),
    ],
)
def test_turned_and_mirrored_pictures_are_as_shown(matrix: str, corner: str) -> None:
    pixels = bytes([0]) + bytes([255]) * 1_599  # one dark pixel, first in the file: top left when upright
    content = f"q {matrix} 300 400 cm /I Do Q\n" + lines("　　文。")
    head = b"<< /Type /XObject /Subtype /Image /Width 40 /Height 40 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    image = head + b"/Length 1600 >>\nstream\n" + pixels + b"\nendstream"
    (media,) = read_pdf(pdf(content, images={"I": image})).media
    with Image.open(io.BytesIO(media.data)) as shown:
        places = {"top left": (0, 0), "top right": (39, 0), "bottom left": (0, 39), "bottom right": (39, 39)}
        assert [name for name, place in places.items() if shown.convert("L").getpixel(place) == 0] == [corner]


def test_seal_over_the_text_and_ornament_are_no_pictures_of_the_article() -> None:
    page = lines("　　文稿的正文。") + picture("S", 100, 700, 80, 80) + picture("S", 300, 300, 10, 10)
    data = pdf(page, images={"S": make.image(more="/SMask 11 0 R"), "M": make.image()})
    assert (texts(read_pdf(data)), read_pdf(data).media) == (["文稿的正文。"], ())
    assert reported(data)["picture-over-text"] == ("有 1 张图片与文字重叠（如印章、水印、底纹），没有收入。", True)
    assert reported(data)["picture-small"][1] is False
