"""Runs and paragraphs: text arrives as it is, and never as markup."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from assembler.typeset import typeset
from tests.support.editing import members
from tests.support.issues import MASTHEAD, TEMPLATE, article, issue, no_picture
from tests.support.projection import W
from tests.support.typeset_issues import body, lines
from values.issue import Issue
from values.manuscript import Mark, Paragraph


def test_typeset_prints_what_xml_cannot_hold_without_it() -> None:
    made = issue(
        article(1, Paragraph("甲\x00\x0b\x1f乙\ud800\ufffe丙"), title=("标\x07题",)),
        masthead=replace(MASTHEAD, office="办\x0c公室"),
    )
    found = lines(made)
    assert "BodyText|甲乙丙" in found
    assert "ArticleTitle|标题" in found
    assert found[2].startswith("IssueLine|办公室")


def test_typeset_keeps_breaks_tabs_spaces_and_marks() -> None:
    marked = Paragraph("100m2与CO2", (Mark(4, 5, "superscript"), Mark(8, 9, "subscript")))
    found = body(issue(article(1, Paragraph("第一行\n第二行\r\n第三行"), Paragraph("  甲\t乙  丙 "), marked)))
    assert found[-3:] == ["BodyText|第一行 / 第二行 / 第三行", "BodyText|  甲 ⇥ 乙  丙 ", "BodyText|100m^(2)与CO_(2)"]


def test_typeset_ignores_marks_outside_the_text_and_keeps_overlapping_ones_apart() -> None:
    marks = (
        Mark(1, 3, "superscript"),
        Mark(2, 4, "subscript"),
        Mark(3, 99, "subscript"),
        Mark(7, 9, "subscript"),
        Mark(2, 1, "subscript"),
    )
    assert body(issue(article(1, Paragraph("abcdef", marks))))[-1] == "BodyText|a^(bc)_(def)"


def document(made: Issue, template: bytes = TEMPLATE) -> etree._Element:
    return etree.fromstring(members(typeset(made, template, no_picture))["word/document.xml"])


def text(element: etree._Element) -> str:
    return "".join(found.text or "" for found in element.iter(W + "t"))


def test_typeset_gives_quotes_and_dashes_the_chinese_font() -> None:
    root = document(issue(article(1, Paragraph("“五型”——……"))))
    [run] = [run for run in root.iter(W + "r") if text(run) == "“五型”——……"]
    fonts = run.find(f"{W}rPr/{W}rFonts")
    assert fonts is not None
    assert fonts.get(W + "hint") == "eastAsia"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("电话0797-8199917，传真010-66221234-801。", 3),
        ("热线400-810-1234、+86-0797-8199917。", 4),
        ("2019-2021年，A-12，3-5天，2022-11-08，编号0797-12-345678901，400-1。", 0),
    ],
)
def test_the_hyphens_of_a_telephone_number_end_no_line(text: str, held: int) -> None:
    made = members(typeset(issue(article(1, Paragraph(text))), TEMPLATE, no_picture))["word/document.xml"].decode()
    assert made.count("<w:noBreakHyphen/>") == held
    assert body(issue(article(1, Paragraph(text))))[-1] == f"BodyText|{text}"
