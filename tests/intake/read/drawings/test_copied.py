"""The parts of a drawing that are copied, and those that are not."""

from __future__ import annotations

from intake.archives.limits import ArchiveLimits
from intake.read.docx.limits import DocumentLimits
from intake.read.docx.reader import read_docx
from tests.support.docx_reading import inline, p, png
from tests.support.drawing_sheets import members, omitted
from tests.support.drawings import (
    emf,
    related,
    relationships,
    with_chart,
    with_smart_art,
)
from tools.docx_builder import docx, paragraph


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


def test_svg_is_cleared_of_what_lies_outside() -> None:
    inner = '<image href="file:///etc/passwd"/><image xlink:href=" HTTP://example.org/a.png"/><use href="#a"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inner}</svg>'
    parts = members(read_docx(docx(paragraph("文") + p(inline("rId9")), pictures={"rId9": svg.encode()})))
    assert parts["p1.svg"].count(b"href=") == 1
    assert b'href="#a"' in parts["p1.svg"]


def test_drawings_of_more_octets_than_a_file_may_draw_are_reported() -> None:
    large = emf() + bytes(40_000_000)
    pictures = "".join(inline("rId9", width=914_400 + number) for number in range(4))
    document = read_docx(
        docx(paragraph("文") + p(pictures), pictures={"rId9": large}), DocumentLimits(ArchiveLimits(ratio=10_000))
    )
    assert len(document.undrawn) == 2
    assert "picture-format" in omitted(document)
