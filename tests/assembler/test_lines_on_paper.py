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
from values.manuscript import Paragraph

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
