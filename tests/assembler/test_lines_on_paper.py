"""Lines end on paper as GB/T 15834-2011 5.1 wants it, wherever in the line a mark, a number or an address comes."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest

from assembler.typeset import typeset
from programs.pdf import pdf_of
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.line_faults import every_position, line_faults
from tests.support.page_measures import sheets
from values.manuscript import Block, Cell, Paragraph, Table

pytestmark = pytest.mark.libreoffice

SENTENCE = "章贡区深化放管服改革持续优化营商环境全力打造五型政府"
INDENTED = 30.0
"""Millimetres: a line further right than this is the first one of a paragraph."""
OPENING = "今年以来，成效明显。"
BYLINE = "区金融服务中心"


def test_no_line_is_broken_badly_at_any_position(soffice: Path) -> None:
    made = typeset(issue(article(1, *every_position())), TEMPLATE, no_picture)
    assert line_faults(pdf_of(made, soffice)) == {}


def test_no_page_begins_or_ends_with_a_single_line_of_a_paragraph_or_an_article(soffice: Path) -> None:
    """A hundred articles of one line and a paragraph of two, three or four: all come to every line of a page."""
    articles = [
        article(
            number,
            Paragraph(OPENING),
            Paragraph(SENTENCE * lines + OPENING),
            title=(f"第{number}篇",),
            section="情况通报",
        )
        for number, lines in zip(range(1, 101), cycle((2, 3, 4)), strict=False)
    ]
    pages = sheets(pdf_of(typeset(issue(*articles), TEMPLATE, no_picture), soffice))
    lines = [[line for line in page.lines if round(line.size) == 16 and line.text != BYLINE] for page in pages]
    feet, heads = [page[-1] for page in lines[:-1]], [page[0] for page in lines[1:]]
    assert len(feet) > 30
    assert not [foot for foot in feet if foot.text == OPENING]
    assert not [foot for foot in feet if foot.left > INDENTED]
    assert not [head for head in heads if head.left < INDENTED and len(head.text) < 28]


def test_name_and_unit_of_a_table_are_on_its_page_wherever_that_ends(soffice: Path) -> None:
    table = Table(((Cell("单位"), Cell("完成数")), *((Cell("水西镇"), Cell("123.5")),) * 4))
    blocks: list[Block] = []
    for number, filling in zip(range(1, 41), cycle((1, 2, 3, 5)), strict=False):
        blocks += [Paragraph(SENTENCE)] * filling
        blocks += [Paragraph(f"表{number} 各镇完成情况"), Paragraph("单位：万元"), table]
    pages = sheets(pdf_of(typeset(issue(article(1, *blocks), article(2)), TEMPLATE, no_picture), soffice))[1:]
    texts = [line.text for page in pages for line in page.lines]
    assert texts.count("单位：万元") == 40
    for page in pages:
        *_, last, _ = [line.text for line in page.lines]
        assert not last.startswith(("表", "单位："))
        for name, unit, head in zip(page.lines, page.lines[1:], page.lines[2:], strict=False):
            if name.text.startswith("表"):
                assert (unit.text, head.text) == ("单位：万元", "单位完成数")
                assert unit.right > name.right
                assert 3 < head.baseline - unit.baseline < 12
