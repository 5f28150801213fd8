"""按语, the editor's note: printed at its mark in the template, or before the articles where the template has none.

Text before the mark in the same paragraph is the office's label, such as 【编者按】, and keeps its formatting. The
note is set like the text of an article, after the tags of the template have been filled in. Directly before articles
that begin a page, the note begins that page; after a long contents page it would otherwise get a page to itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

from assembler import styles
from assembler.styles import TemplateStyles
from assembler.tags import MARKS, NOTE
from assembler.wordml import PAGE_BREAK, W, paragraph, runs

LABEL: Final = "【编者按】"
"""The label in templates that have none of their own."""
_LABELLED: Final = re.compile(r"[【〔\[（(]?\s*(?:编\s*者\s*按|按\s*语|编\s*者\s*的\s*话)\s*[】〕\]）):：]")


def note_place(document: etree._Element, articles: etree._Element) -> tuple[etree._Element, str]:
    """The paragraph that the note replaces, and the runs of its label.

    articles: the paragraph of the articles' mark. Where the template has no mark for the note, a paragraph is inserted
    before that one.
    """
    body = document.find(W + "body")
    for candidate in () if body is None else body.iterchildren(W + "p"):
        if "".join(text.text or "" for text in candidate.iter(W + "t")).strip().endswith(MARKS[NOTE]):
            return candidate, _label(candidate)
    made = etree.Element(W + "p")
    articles.addprevious(made)
    return made, runs(LABEL)


def note_xml(note: Sequence[str], label: str, style_ids: TemplateStyles, *, new_page: bool) -> str:
    """The paragraphs of the note, with the label before the first. "" when `note` is empty.

    A note that begins with a label of its own gets no other. new_page: the first paragraph begins a page.
    """
    if not note:
        return ""
    first, *following = note
    label = "" if _LABELLED.match(first.strip()) else label
    style = style_ids[styles.EDITORS_NOTE]
    opening = paragraph(style, label + runs(first), PAGE_BREAK if new_page else "")
    return opening + "".join(paragraph(style, runs(text)) for text in following)


def note_shown(note: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs of the note as text, as a template without a label of its own prints them."""
    if not note or _LABELLED.match(note[0].strip()):
        return tuple(note)
    return (LABEL + note[0], *note[1:])


def _label(mark: etree._Element) -> str:
    """The runs before the mark, with the formatting that they have in the template; LABEL when there are none."""
    label = ""
    for run in mark.iterchildren(W + "r"):
        copied = deepcopy(run)
        copied.tail = None
        texts = [text for text in copied.iter(W + "t") if MARKS[NOTE] in (text.text or "")]
        for text in texts:
            text.text = (text.text or "").partition(MARKS[NOTE])[0]
        if "".join(text.text or "" for text in copied.iter(W + "t")).strip():
            etree.cleanup_namespaces(copied)
            label += etree.tostring(copied, encoding="unicode")
        if texts:
            break
    return label or runs(LABEL)
