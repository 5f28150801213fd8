"""The marks by which an edited draft is read back: valid, and in drafts alone."""

from __future__ import annotations

import re

from assembler.typeset import typeset
from tests.support.drafts import draft_of, typeset_draft
from tests.support.editing import members
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tools.docx_builder import zipped
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


def test_template_that_was_saved_from_a_draft_names_neither_that_draft_nor_its_articles() -> None:
    parts = members(TEMPLATE)
    draft = members(typeset_draft(made := issue(article(3)), draft_of(made)))
    for name in ("docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"):
        parts[name] = draft[name]
    mark = b'<w:bookmarkStart w:id="7" w:name="article99"/><w:bookmarkStart w:id="8" w:name="articlesEnd"/>'
    ends = b'<w:bookmarkEnd w:id="7"/><w:bookmarkEnd w:id="8"/></w:p>'
    body = parts["word/document.xml"]
    opening = body.index(b"<w:r>", body.index(b"<w:body>"))
    ending = body.index(b"</w:p>", opening)
    parts["word/document.xml"] = b"".join((body[:opening], mark, body[opening:ending], ends, body[ending + 6 :]))
    template = zipped(parts)
    again = typeset_draft(made, draft_of(made, revision=3), template)
    properties = members(again)["docProps/custom.xml"]
    assert (properties.count(b"JianbaoDraft"), b"wuxing/running/70/3" in properties) == (1, True)
    assert names(again) == ["article3", "text3r1", "articlesEnd"]
    signed = members(typeset(made, template, no_picture))
    assert b"JianbaoDraft" not in signed["docProps/custom.xml"]
    assert b"article99" not in signed["word/document.xml"]


def test_draft_with_the_same_number_that_prints_something_else_has_another_identity() -> None:
    first, second = (issue(article(3, Paragraph(text))) for text in ("甲。", "乙。"))
    one, same, other = (
        members(typeset_draft(made, draft_of(made)))["docProps/custom.xml"] for made in (first, first, second)
    )
    assert one == same != other
