"""What pages show, read from their operators; and the operators that make a page a picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from programs.ofd.doubt import Doubt
from programs.ofd.page import Cap, DrawnPath, PageContent, PlacedImage
from programs.ofd.pdf_content import UnreadablePage, page_content
from programs.ofd.pdf_resources import PdfResources
from tests.support.pdf import image, jpeg, pdf
from tests.support.photographs import jpeg_of
from values.matrix import Matrix


def read(operators: str, page: str = "", **images: bytes) -> PageContent:
    reader = PdfReader(io.BytesIO(pdf(operators, images=images, page=page)))
    return page_content(reader.pages[0], PdfResources(reader))


def test_line_has_width_colour_and_ends_of_the_state_in_which_it_is_drawn() -> None:
    content = read("q 2 0 0 2 10 10 cm 1 0 0 RG 3 w 1 J [2 1] 1 d 0 0 m 100 0 l S Q 5 5 m 6 6 l S")
    first, second = content.items
    assert isinstance(first, DrawnPath)
    assert isinstance(second, DrawnPath)
    assert (first.stroke, first.fill, first.pen.width, first.pen.cap) == ((255, 0, 0), None, 6, Cap.ROUND)
    assert [*first.pen.dashes, first.pen.phase] == [4, 2, 2]
    assert list(first.segments) == [("M", ((10, 10),)), ("L", ((210, 10),))]
    assert (second.stroke, second.pen.width) == ((0, 0, 0), 1)
    assert content.doubts == []


@pytest.mark.parametrize(
    ("painting", "stroke", "fill", "even_odd"),
    [
        ("f", None, (0, 128, 0), False),
        ("f*", None, (0, 128, 0), True),
        ("S", (0, 0, 255), None, False),
        ("B", (0, 0, 255), (0, 128, 0), False),
        ("b*", (0, 0, 255), (0, 128, 0), True),
    ],
)
def test_area_is_painted_as_the_operator_says(painting: str, stroke: object, fill: object, even_odd: bool) -> None:
    [path] = read(f"0 .5 0 rg 0 0 1 RG 10 10 50 50 re {painting}").items
    assert isinstance(path, DrawnPath)
    assert (path.stroke, path.fill, path.even_odd) == (stroke, fill, even_odd)


def test_what_lies_beyond_the_clipping_edge_is_not_drawn_and_what_crosses_it_is_a_doubt() -> None:
    assert read("0 0 100 100 re W n 200 200 m 300 200 l S").items == []
    inside = read("0 0 100 100 re W* n 10 10 m 100.3 10 l S")
    assert (len(inside.items), inside.doubts) == (1, [])
    assert read("0 0 100 100 re W n 10 10 m 150 10 l S").doubts == [Doubt.CLIPPING]
    assert read("0 0 m 9 0 l 5 9 l h W n").doubts == [Doubt.CLIPPING]


def test_picture_has_its_place_and_the_same_picture_one_file() -> None:
    content = read("q 100 0 0 50 20 30 cm /P Do Q q 10 0 0 10 0 0 cm /P Do Q", P=image())
    first, second = content.items
    assert isinstance(first, PlacedImage)
    assert isinstance(second, PlacedImage)
    assert first.space == Matrix(100, 0, 0, 50, 20, 30)
    assert first.name == second.name


@pytest.mark.parametrize(
    ("operators", "doubts"),
    [
        ("/Pattern cs /P1 scn 0 0 9 9 re f", [Doubt.SHADING]),
        ("/S1 sh", [Doubt.SHADING]),
        ("BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI", [Doubt.OPERATOR]),
        ("1 0 0 cm", [Doubt.OPERATOR]),
        ("9 J", [Doubt.OPERATOR]),
        ("/Missing Do", [Doubt.OPERATOR]),
        ("/Missing 12 Tf", [Doubt.FONT_MISSING]),
        ("BT (x) Tj ET", [Doubt.FONT_MISSING]),
        ("/Span << /MCID 0 >> BDC EMC 0 i /Perceptual ri", []),
        ("Q Q Q", []),
    ],
)
def test_what_is_not_carried_over_is_a_doubt(operators: str, doubts: list[Doubt]) -> None:
    assert read(operators).doubts == doubts


@pytest.mark.parametrize("state", ["/ca .5", "/CA 0", "/BM /Multiply", "/SMask << /S /Alpha >>"])
def test_transparency_is_a_doubt(state: str) -> None:
    data = pdf("/G1 gs").replace(b"/XObject <<  >>", b"/ExtGState << /G1 << " + state.encode() + b" >> >>")
    reader = PdfReader(io.BytesIO(data))
    assert page_content(reader.pages[0], PdfResources(reader)).doubts == [Doubt.TRANSPARENCY]


def test_turned_page_and_stencil_are_doubts() -> None:
    assert read("", page="/Rotate 90").doubts == [Doubt.OPERATOR]
    assert read("/P Do", P=image(more="/ImageMask true")).doubts == [Doubt.IMAGE]
    damaged = jpeg(b"no jpeg", 10, 10)
    assert read("/P Do /P Do", P=damaged).doubts == [Doubt.IMAGE]
    assert read("9 0 0 9 0 0 cm /P Do", P=jpeg(jpeg_of(Image.new("RGB", (40, 30))), 40, 30)).doubts == []


def test_page_of_impossible_size_or_with_endless_operators_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    flat = PdfReader(io.BytesIO(pdf("").replace(b"[0 0 595 842]", b"[0 0 0   842]")))
    with pytest.raises(UnreadablePage):
        page_content(flat.pages[0], PdfResources(flat))
    monkeypatch.setattr("programs.ofd.pdf_content._MOST_OPERATIONS", 10)
    with pytest.raises(UnreadablePage):
        read("q Q " * 10)
