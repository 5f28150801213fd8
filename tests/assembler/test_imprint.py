"""版记 on the back of a sheet: where it was counted on an odd page, the issue is made again with it on an even one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from assembler.contents import pages_shown
from assembler.typeset import typeset
from programs.pdf import pdf_of
from programs.pdf_destinations import destinations
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.issues import IMPRINT, TEMPLATE, article, issue, no_picture
from tests.support.page_measures import Sheet, sheets
from values.issue import Issue
from values.manuscript import Block, Cell, Paragraph, Table

WIDE = Table((tuple(Cell(f"栏目{number}") for number in range(14)),))
FOOT = 262.0
"""Millimetres: the lower edge of the text area, on which the last rule lies."""


def double_sided(*blocks: Block) -> Issue:
    return issue(article(1, *blocks, title=("标题",)), imprint=replace(IMPRINT, double_sided=True))


def lines(count: int) -> list[Block]:
    return [Paragraph("一行。")] * count


def made(whole: Issue, pages: Mapping[str, int], template: bytes = TEMPLATE) -> bytes:
    docx = typeset(whole, template, no_picture, pages)
    assert violations(docx) == []
    return docx


@pytest.mark.parametrize("page", [2, 3])
def test_the_file_shows_where_the_imprint_was_counted_and_begins_an_even_page_after_an_odd_one(page: int) -> None:
    docx = made(double_sided(), {"article1": 2, "imprint": page})
    assert members(docx)["word/document.xml"].count(b'<w:type w:val="evenPage"/>') == page % 2
    assert pages_shown(docx) == {"article1": 2, "imprint": page}


def test_single_sided_issues_and_uncounted_ones_are_made_as_before() -> None:
    single = made(issue(article(1)), {"article1": 2, "imprint": 3})
    for docx in (single, made(double_sided(), {})):
        assert b"evenPage" not in members(docx)["word/document.xml"]
        assert "imprint" not in pages_shown(docx)


def test_what_only_the_first_section_has_is_not_repeated_for_the_imprint() -> None:
    template = replaced(TEMPLATE, "<w:cols ", '<w:pgNumType w:start="1"/><w:cols ')
    document = members(made(double_sided(), {"article1": 2, "imprint": 3}, template))["word/document.xml"].decode()
    assert document.count("<w:pgNumType") == 1
    assert document.count("<w:sectPr") == 2


@pytest.mark.parametrize(
    ("blocks", "shown"),
    [
        (lines(3), ["—1—", "—2—"]),  # beside the text, on an even page already
        (lines(25), ["—1—", "—2—", "—3—", "—4—"]),  # beside the text of page 3
        (lines(16), ["—1—", "—2—", "", "—4—"]),  # alone on page 3, for want of room on page 2
        ([*lines(30), WIDE], ["—1—", "—2—", "—3—", "—4—", "", "—6—"]),  # after a landscape page 4
    ],
    ids=["even", "odd", "no room", "landscape"],
)
@pytest.mark.libreoffice
def test_on_paper_it_is_at_the_foot_of_an_even_page_after_an_empty_one_without_number(
    blocks: list[Block], shown: list[str], soffice: Path
) -> None:
    whole = double_sided(*blocks)
    counted = destinations(pdf_of(made(whole, {}), soffice))
    printed = sheets(pdf_of(made(whole, counted), soffice))
    assert [number(sheet) for sheet in printed] == shown
    last = printed[-1]
    assert last.height > last.width
    assert max(rule.y for rule in last.rules) == pytest.approx(FOOT, abs=1)
    assert [sheet for sheet in printed if any(line.text.startswith("报：") for line in sheet.lines)] == [last]


def number(sheet: Sheet) -> str:
    return sheet.lines[-1].text if sheet.lines else ""
