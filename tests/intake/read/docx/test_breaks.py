"""Where the author began a new page."""

from __future__ import annotations

import pytest

from tests.support.docx_reading import p, paragraphs, r, tbl, tc, tr
from tools.docx_builder import docx

BREAK = '<w:r><w:br w:type="page"/></w:r>'
LAST = '<w:sectPr><w:type w:val="{}"/></w:sectPr>'


def starts(body: str) -> list[str]:
    """The paragraphs that begin a page."""
    return [paragraph.text for paragraph in paragraphs(docx(body)) if paragraph.page_break_before]


@pytest.mark.parametrize(
    ("between", "last"),
    [
        (p(BREAK), ""),
        (p(BREAK) + p(""), ""),
        (p("", "<w:pageBreakBefore/>"), ""),
        (p("", "<w:sectPr/>"), LAST.format("nextPage")),
        (p("", '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'), LAST.format("oddPage")),
    ],
)
def test_paragraph_after_a_break_begins_a_page(between: str, last: str) -> None:
    assert starts(p(r("甲")) + between + p(r("乙")) + p(r("丙")) + last) == ["乙"]


@pytest.mark.parametrize(
    "body",
    [
        p(r("甲") + BREAK) + p(r("乙")),
        p(r("甲")) + p(BREAK + r("乙")),
        p(r("甲")) + p(r("乙"), "<w:pageBreakBefore/>"),
        p(r("甲"), "<w:sectPr/>") + p(r("乙")),
    ],
)
def test_break_may_stand_in_the_paragraph_before_or_after_it(body: str) -> None:
    assert starts(body) == ["乙"]


@pytest.mark.parametrize(
    "body",
    [
        p(r("甲") + BREAK + r("乙")),
        p(r("甲")) + p(r("乙"), '<w:pageBreakBefore w:val="0"/>'),
        p(r("甲"), "<w:sectPr/>") + p(r("乙")) + LAST.format("continuous"),
        p(r("甲") + '<w:r><w:br w:type="column"/></w:r>') + p(r("乙")),
        p(r("甲") + BREAK) + tbl(tr(tc("表"))) + p(r("乙")),
    ],
)
def test_other_breaks_begin_no_page_at_the_next_paragraph(body: str) -> None:
    assert starts(body) == []
