"""What is put on a sheet for LibreOffice, what never is, and what the article says as long as nothing is drawn."""

from __future__ import annotations

import io
import zipfile

import pytest

from intake.archives.limits import ArchiveLimits
from intake.read.docx.limits import DocumentLimits
from intake.read.docx.reader import read_docx
from intake.read.source import SourceDocument, SourceParagraph
from programs.conversion import NotConverted
from tests.support.docx_reading import inline, p, png, r
from tests.support.drawings import (
    SVG,
    chart,
    emf,
    page,
    related,
    relationships,
    shown,
    shown_chart,
    with_chart,
    with_smart_art,
    wmf,
)
from tools.docx_builder import docx, paragraph
from values.manuscript import Picture
from values.reason import Reason

_BLUE = "0 0 1 rg 10 10 60 60 re f"
_WIDE = 3 * 914_400


def members(document: SourceDocument) -> dict[str, bytes]:
    """The parts of the document's only sheet."""
    (sheet,) = document.undrawn
    assert sheet.target == "pdf"
    with zipfile.ZipFile(io.BytesIO(sheet.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def omitted(document: SourceDocument) -> dict[str, str]:
    return {omission.rule.name: omission.message for omission in document.omissions}


def with_pdf(data: bytes, pdf: bytes) -> SourceDocument:
    """The document read again, `pdf` being what LibreOffice made of its only sheet."""
    (sheet,) = read_docx(data).undrawn
    return read_docx(data, converted={sheet.key: pdf})


def test_chart_is_told_and_put_on_a_sheet_of_its_size() -> None:
    document = read_docx(with_chart())
    assert omitted(document) == {"chart": "文件里有 1 个图表，没有读入，请改用图片。"}
    parts = members(document)
    assert b"c:barChart" in parts["p1.xml"]
    assert b'w:w="4320" w:h="2880"' in parts["document.xml"]
    assert parts["p2.xml"].startswith(b"<a:theme")


def test_same_chart_gives_the_same_sheet_and_another_chart_another() -> None:
    (first,), (second,), (other,) = (read_docx(with_chart(chart(values))).undrawn for values in ("4 7", "4 7", "4 8"))
    assert first == second != other
    twice = read_docx(with_chart(body=shown_chart() + shown_chart()))
    assert twice.undrawn == read_docx(with_chart()).undrawn
    assert omitted(twice)["chart"].startswith("文件里有 2 个图表")


def test_workbook_and_links_of_a_chart_stay_where_they_are() -> None:
    rels = relationships(
        related("rId1", "package", "../embeddings/book.xlsx"),
        related("rId2", "oleObject", "http://example.org/a.xlsx", external=True),
        related("rId3", "image", "http://example.org/a.png", external=True),
        related("rId4", "image", "../media/a.png"),
    )
    inside = {"word/charts/_rels/chart1.xml.rels": rels, "word/embeddings/book.xlsx": b"PK", "word/media/a.png": png()}
    parts = members(read_docx(with_chart(parts=inside)))
    assert parts["p2.png"] == png()
    assert parts["_rels/p1.xml.rels"].count(b"<Relationship ") == 1
    assert not any(b"External" in data or b"example.org" in data for data in parts.values())


def test_chart_with_a_document_type_costs_the_chart_only() -> None:
    document = read_docx(with_chart('<!DOCTYPE c SYSTEM "file:///etc/passwd">' + chart()))
    assert [block.text for block in document.blocks if isinstance(block, SourceParagraph)] == ["就业形势"]
    assert (document.undrawn, list(omitted(document))) == ((), ["chart"])


@pytest.mark.parametrize("body", [shown_chart("rIdNowhere"), shown_chart("")], ids=["no part", "no id"])
def test_chart_that_leads_nowhere_is_told(body: str) -> None:
    document = read_docx(with_chart(body=body))
    assert (document.undrawn, list(omitted(document))) == ((), ["chart"])


def test_parts_that_refer_to_each_other_for_ever_end_somewhere() -> None:
    rels = relationships(*(related(f"rId{n}", "chartUserShapes", "chart1.xml") for n in range(60)))
    document = read_docx(with_chart(parts={"word/charts/_rels/chart1.xml.rels": rels}))
    assert (document.undrawn, list(omitted(document))) == ((), ["chart"])


def test_smart_art_goes_with_its_drawing_part() -> None:
    document = read_docx(with_smart_art("稳就业", "已画好"))
    assert list(omitted(document)) == ["smart-art"]
    parts = members(document)
    assert "已画好".encode() in parts["p5.xml"]
    assert b'Id="rIdDrawing"' in parts["_rels/document.xml.rels"]


@pytest.mark.parametrize(("data", "name"), [(emf(), "EMF"), (wmf(), "WMF"), (SVG, "SVG")])
def test_vector_picture_is_told_and_put_on_a_sheet(data: bytes, name: str) -> None:
    document = read_docx(docx(paragraph("文") + p(inline("rId9")), pictures={"rId9": data}))
    assert f"“{name}”" in omitted(document)["picture-format"]
    if name != "SVG":
        assert members(document)[f"p1.{name.lower()}"] == data


def test_svg_is_cleared_of_what_lies_outside() -> None:
    inner = '<image href="file:///etc/passwd"/><image xlink:href=" HTTP://example.org/a.png"/><use href="#a"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inner}</svg>'
    parts = members(read_docx(docx(paragraph("文") + p(inline("rId9")), pictures={"rId9": svg.encode()})))
    assert parts["p1.svg"].count(b"href=") == 1
    assert b'href="#a"' in parts["p1.svg"]


def test_printable_picture_is_no_drawing() -> None:
    assert read_docx(docx(p(inline("rId9")), pictures={"rId9": png()})).undrawn == ()


@pytest.mark.parametrize("size", [(0, 0), (10**9, 10**9), (1, 1)], ids=["none", "absurd", "tiny"])
def test_absurd_sizes_become_sane_ones(size: tuple[int, int]) -> None:
    data = with_chart(body=shown_chart(width=size[0], height=size[1]))
    assert members(read_docx(data))
    document = with_pdf(data, page(1440, 1440, "0 0 1 rg 0 0 700 1440 re f 0 1430 1 10 re f"))
    assert all(block.width <= 20 * 914_400 for block in document.blocks if isinstance(block, Picture))


def test_only_a_hundred_drawings_of_a_file_are_drawn() -> None:
    body = "".join(shown_chart(width=914_400 + number) for number in range(110))
    document = read_docx(with_chart(body=body))
    assert len(document.undrawn) == 100
    assert omitted(document)["chart"].startswith("文件里有 110 个图表")


def test_large_vector_picture_counts_once_towards_what_a_file_may_unpack() -> None:
    large = emf() + bytes(500_000)
    data = docx(paragraph("文") + p(inline("rId9") + inline("rId9", width=9_144)), pictures={"rId9": large})
    document = read_docx(data, DocumentLimits(ArchiveLimits(unpacked=600_000)))
    assert len(document.undrawn) == 2


def test_drawings_of_more_octets_than_a_file_may_draw_are_told() -> None:
    large = emf() + bytes(40_000_000)
    pictures = "".join(inline("rId9", width=914_400 + number) for number in range(4))
    document = read_docx(
        docx(paragraph("文") + p(pictures), pictures={"rId9": large}), DocumentLimits(ArchiveLimits(ratio=10_000))
    )
    assert len(document.undrawn) == 2
    assert "picture-format" in omitted(document)


def test_chart_in_a_group_has_its_own_size() -> None:
    extent = '<a:ext cx="4000000" cy="2000000"/><a:chExt cx="400" cy="100"/>'
    frame = '<wpg:graphicFrame><wpg:xfrm><a:ext cx="300" cy="50"/></wpg:xfrm><a:graphic><a:graphicData uri="">'
    group = (
        f"<wpg:wgp><wpg:grpSpPr><a:xfrm>{extent}</a:xfrm></wpg:grpSpPr>{frame}"
        '<c:chart r:id="rIdChart"/></a:graphicData></a:graphic></wpg:graphicFrame></wpg:wgp>'
    )
    data = with_chart(body=shown(group, width=4_000_000, height=2_000_000))
    document = with_pdf(data, page(240, 80, _BLUE))
    assert [(one.width, one.height) for one in document.blocks if isinstance(one, Picture)] == [(3_000_000, 1_000_000)]


def test_drawing_stands_where_it_stood_with_its_size_and_description() -> None:
    document = with_pdf(with_chart(), page(216, 144, _BLUE))
    _, picture = document.blocks
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height, picture.description) == (_WIDE, 2 * 914_400, "就业图")
    assert [media.content_type for media in document.media] == ["image/png"]
    assert (omitted(document), document.undrawn) == ({"drawn": "有 1 个图表或矢量图改画成图片，请核对。"}, ())
    assert not any(omission.serious for omission in document.omissions)


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


def test_failed_drawing_is_told_and_not_asked_for_again() -> None:
    data = with_chart()
    (sheet,) = read_docx(data).undrawn
    document = read_docx(data, converted={sheet.key: NotConverted(Reason.alike("太慢"))})
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


def new_chart(fallback: str) -> str:
    chartex = "http://schemas.microsoft.com/office/drawing/2014/chartex"
    return (
        f'<w:p><w:r><mc:AlternateContent xmlns:cx="{chartex}"><mc:Choice Requires="cx"><w:drawing><wp:inline>'
        f'<wp:extent cx="9" cy="9"/><cx:chart r:id="rId1"/></wp:inline></w:drawing></mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def test_chart_of_a_new_type_is_the_picture_that_comes_with_it() -> None:
    picture = inline("rId9").removeprefix("<w:r>").removesuffix("</w:r>")
    document = read_docx(docx(paragraph("文") + new_chart(picture), pictures={"rId9": png()}))
    assert [type(block) for block in document.blocks] == [SourceParagraph, Picture]
    assert omitted(document) == {}


def test_chart_of_a_new_type_without_a_picture_is_told() -> None:
    document = read_docx(docx(paragraph("文") + new_chart("") + p(r("后"))))
    assert (list(omitted(document)), document.undrawn) == (["chart"], ())
