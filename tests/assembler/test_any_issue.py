"""Whatever is in an issue, the file is sound between its parts and its text arrives."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assembler.typeset import typeset
from assembler.wordml import clean
from tests.support.docx_rules import violations
from tests.support.editing import members
from tests.support.issues import TEMPLATE, article, issue
from tests.support.ooxml_schemas import schema_errors
from tests.support.projection import W
from values.issue import Issue, IssueArticle
from values.manuscript import Block, Cell, Heading, Mark, Paragraph, Picture, Table

MANY = 200
ISSUES = MANY if os.environ.get("JIANBAO_SLOW") == "1" else 25

# Beside any character at all: beyond the basic plane, joined, invisible, ambiguous in width, not allowed in XML.
PIECES = (
    *("𠮷", "䶮", "𬭚", "👨\u200d👩\u200d👧", "e\u0301", "\u200b", "\ufeff"),
    *("“”", "——", "……", "\x00", "\x0b", "\ud800", "\n", "\t", "<w:p>"),
)
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=6).map("".join)
CELLS = st.lists(st.builds(Cell, TEXT, st.integers(-1, 4), st.integers(-1, 4)), max_size=12).map(tuple)
MARKS = st.builds(Mark, st.integers(0, 9), st.integers(0, 9), st.just("superscript"))
SIDES = st.integers(-1, 10**8)
BLOCKS = st.one_of(
    st.builds(Paragraph, TEXT, st.lists(MARKS, max_size=2).map(tuple)),
    st.builds(Heading, TEXT, st.integers(-1, 9)),
    st.builds(
        Picture,
        st.sampled_from("abc").map(lambda digit: digit * 64),
        st.sampled_from(["image/png", "image/jpeg", "image/x-emf"]),
        SIDES,
        SIDES,
        TEXT,
        TEXT,
    ),
    st.builds(
        Table,
        st.lists(CELLS, max_size=4).map(tuple),
        st.lists(st.integers(-1, 9), max_size=12).map(tuple),
        st.integers(-1, 3),
    ),
)


def _articles(draw_from: list[tuple[list[Block], list[str], str | None, str]]) -> list[IssueArticle]:
    return [
        article(number, *blocks, title=title, byline=byline, department=byline or "", section=section)
        for number, (blocks, title, byline, section) in enumerate(draw_from, 1)
    ]


NOTES = st.lists(TEXT, max_size=2).map(tuple)
ANY_ISSUE = st.builds(
    lambda drawn, note: replace(issue(*_articles(drawn)), editors_note=note),
    st.lists(
        st.tuples(
            st.lists(BLOCKS, max_size=6),
            st.lists(TEXT, max_size=3),
            st.none() | TEXT,
            st.sampled_from(["", "情况通报"]),
        ),
        max_size=4,
    ),
    NOTES,
)


@settings(max_examples=MANY, deadline=None)
@given(ANY_ISSUE)
def test_two_hundred_issues_are_what_the_standards_schemas_allow(made: Issue) -> None:
    assert schema_errors(typeset(made, TEMPLATE, lambda sha256: sha256.encode())) == []


@settings(max_examples=ISSUES, deadline=None)
@given(ANY_ISSUE)
def test_any_issue_is_a_sound_file(made: Issue) -> None:
    pages = {f"article{found.id}": found.id for found in made.articles}
    plain = typeset(made, TEMPLATE, lambda sha256: sha256.encode())
    assert violations(plain) == []
    assert violations(typeset(made, TEMPLATE, lambda sha256: sha256.encode(), pages)) == []
    assert plain == typeset(made, TEMPLATE, lambda sha256: sha256.encode())


@pytest.mark.parametrize("text", ["𠮷野家", "张䶮", "𬭚", "👨‍👩‍👧一家", "Jose\u0301", "“五型”——……", "㎡与㈠"])
def test_rare_characters_arrive_in_the_chinese_font(text: str) -> None:
    data = typeset(issue(article(1, Paragraph(text))), TEMPLATE, lambda sha256: b"")
    root = etree.fromstring(members(data)["word/document.xml"])
    [run] = [run for run in root.iter(W + "r") if "".join(found.text or "" for found in run.iter(W + "t")) == text]
    fonts = run.find(f"{W}rPr/{W}rFonts")
    assert fonts is not None
    assert fonts.get(W + "hint") == "eastAsia"


@given(st.text())
def test_clean_text_is_what_xml_can_hold(text: str) -> None:
    element = etree.Element("t")
    element.text = clean(text)
    assert etree.fromstring(etree.tostring(element)).text == (clean(text) or None)
