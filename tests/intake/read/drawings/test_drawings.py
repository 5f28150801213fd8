"""What is put on a sheet for LibreOffice, what never is, and what the article says as long as nothing is drawn."""

from __future__ import annotations

import pytest

from intake.archives.limits import ArchiveLimits
from intake.read.docx.limits import DocumentLimits
from intake.read.docx.reader import read_docx
from intake.read.source import SourceParagraph
from programs.conversion import NotConverted
from tests.support.docx_reading import inline, p, png, r
from tests.support.drawing_sheets import members, omitted, with_pdf
from tests.support.drawings import (
    SVG,
    chart,
    emf,
    page,
    shown,
    shown_chart,
    with_chart,
    wmf,
)
from tools.docx_builder import docx, paragraph
from values.manuscript import Picture
from values.reason import Reason

_BLUE = "0 0 1 rg 10 10 60 60 re f"
_WIDE = 3 * 914_400


def test_chart_is_reported_and_put_on_a_sheet_of_its_size() -> None:
    document = read_docx(with_chart())
    assert omitted(document) == {"chart": "文件里有 1 个图表，没有读入，请改用图片。"}
    parts = members(document)
    assert b"c:barChart" in parts["p1.xml"]
    assert b'w:w="4320" w:h="2880"' in parts["document.xml"]
    assert parts["p2.xml"].startswith(b"<a:theme")


def test_chart_with_a_document_type_costs_the_chart_only() -> None:
    document = read_docx(with_chart('<!DOCTYPE c SYSTEM "file:///etc/passwd">' + chart()))
    assert [block.text for block in document.blocks if isinstance(block, SourceParagraph)] == ["就业形势"]
    assert (document.undrawn, list(omitted(document))) == ((), ["chart"])


@pytest.mark.parametrize("body", [shown_chart("rIdNowhere"), shown_chart("")], ids=["no part", "no id"])
def test_chart_that_leads_nowhere_is_reported(body: str) -> None:
    document = read_docx(with_chart(body=body))
    assert (document.undrawn, list(omitted(document))) == ((), ["chart"])


@pytest.mark.parametrize(("data", "name"), [(emf(), "EMF"), (wmf(), "WMF"), (SVG, "SVG")])
def test_vector_picture_is_reported_and_put_on_a_sheet(data: bytes, name: str) -> None:
    document = read_docx(docx(paragraph("文") + p(inline("rId9")), pictures={"rId9": data}))
    assert f"“{name}”" in omitted(document)["picture-format"]
    if name != "SVG":
        assert members(document)[f"p1.{name.lower()}"] == data


def test_printable_picture_is_no_drawing() -> None:
    assert read_docx(docx(p(inline("rId9")), pictures={"rId9": png()})).undrawn == ()


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


def test_failed_drawing_is_reported_and_not_asked_for_again() -> None:
    data = with_chart()
    (sheet,) = read_docx(data).undrawn
    document = read_docx(data, converted={sheet.key: NotConverted(Reason.alike("太慢"))})
    assert (list(omitted(document)), document.undrawn) == (["chart"], ())


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


def test_chart_of_a_new_type_without_a_picture_is_reported() -> None:
    document = read_docx(docx(paragraph("文") + new_chart("") + p(r("后"))))
    assert (list(omitted(document)), document.undrawn) == (["chart"], ())
