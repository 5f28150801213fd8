"""The marks by which an edited draft is read back: valid, and in drafts alone."""

from __future__ import annotations

import re

from assembler.typeset import typeset
from tests.support.drafts import draft_of, typeset_draft
from tests.support.editing import members
from tests.support.issues import TEMPLATE, article, issue, no_picture
from values.manuscript import Cell, Paragraph, Table

_NAMES = re.compile(rb'<w:bookmarkStart [^>]*w:name="(\w+)"')


def names(docx: bytes) -> list[str]:
    return [name.decode() for name in _NAMES.findall(members(docx)["word/document.xml"])]


def test_draft_marks_titles_first_paragraphs_and_the_end() -> None:
    made = issue(article(3), article(5, Table(((Cell("甲"),),)), byline=None, department=""))
    docx = typeset_draft(made, draft_of(made))
    assert names(docx) == ["article3", "text3r1", "article5", "articlesEnd"]
    assert b"wuxing/running/70/2" in members(docx)["docProps/custom.xml"]


def test_signed_issue_has_the_titles_alone() -> None:
    docx = typeset(issue(article(3, Paragraph("甲。"))), TEMPLATE, no_picture)
    assert names(docx) == ["article3"]
    assert "docProps/custom.xml" not in members(docx)
