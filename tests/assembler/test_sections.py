"""Wide tables on landscape pages between the pages of the template."""

from __future__ import annotations

from lxml import etree

from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.projection import W
from values.manuscript import Block, Cell, Paragraph, Table


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(map(Cell, texts))


WIDE = Table((cells(*(f"第{number}项指标" for number in range(10))),) * 2, (), 1)


def sections_of(*blocks: Block, template: bytes = TEMPLATE) -> list[str]:
    """For each section of the issue "landscape" or "portrait"."""
    data = typeset(issue(article(1, *blocks)), template, no_picture)
    assert violations(data) == []
    sizes = etree.fromstring(members(data)["word/document.xml"]).iter(W + "pgSz")
    return [size.get(W + "orient", "portrait") for size in sizes]


def test_a_wide_table_has_a_landscape_section_of_its_own() -> None:
    assert sections_of(Paragraph("前"), WIDE, Paragraph("后")) == ["portrait", "landscape", "portrait"]


def test_wide_tables_that_follow_each_other_share_their_pages() -> None:
    assert sections_of(Paragraph("前"), WIDE, Paragraph("表2"), WIDE, WIDE) == ["portrait", "landscape", "portrait"]


def test_only_the_first_section_begins_the_numbering_and_has_a_first_page() -> None:
    columns = '<w:cols w:space="425"/>'
    template = replaced(TEMPLATE, columns, f'<w:pgNumType w:start="1"/>{columns}<w:titlePg/>')
    data = typeset(issue(article(1, WIDE, Paragraph("中"), WIDE)), template, no_picture)
    found = etree.fromstring(members(data)["word/document.xml"]).iter(W + "sectPr")
    once = [[section.find(W + name) is not None for name in ("pgNumType", "titlePg")] for section in found]
    assert once == [[True, True], *[[False, False]] * 4]
