"""按语, the editor's own words: where the template has its mark; in a template without one, right before the articles.

Words before the mark in its paragraph are the office's label, such as 【编者按】, and keep their looks. The note itself
is set like the text of an article, after the template's tags have been filled in. Where it stands right before articles
that begin a page, it begins that page: behind a long contents page it would otherwise stand on one of its own.
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
"""Of a template that has none of its own."""
_LABELLED: Final = re.compile(r"[【〔\[（(]?\s*(?:编\s*者\s*按|按\s*语|编\s*者\s*的\s*话)\s*[】〕\]）):：]")


def note_place(document: etree._Element, articles: etree._Element) -> tuple[etree._Element, str]:
    """The paragraph in whose place the note stands, and the runs of the label. articles: their mark's paragraph.

    Where the template has no mark for it, a paragraph before the articles is made.
    """
    body = document.find(W + "body")
    for found in () if body is None else body.iterchildren(W + "p"):
        if "".join(text.text or "" for text in found.iter(W + "t")).strip().endswith(MARKS[NOTE]):
            return found, _label(found)
    made = etree.Element(W + "p")
    articles.addprevious(made)
    return made, runs(LABEL)


def note_xml(note: Sequence[str], label: str, found: TemplateStyles, *, new_page: bool) -> str:
    """The note's paragraphs, the label before the first; "" for none. A note that brings its label has no other."""
    if not note:
        return ""
    first, *others = note
    label = "" if _LABELLED.match(first.strip()) else label
    style = found[styles.EDITORS_NOTE]
    opening = paragraph(style, label + runs(first), PAGE_BREAK if new_page else "")
    return opening + "".join(paragraph(style, runs(text)) for text in others)


def note_shown(note: Sequence[str]) -> tuple[str, ...]:
    """The note's paragraphs as a template without a label of its own prints them."""
    if not note or _LABELLED.match(note[0].strip()):
        return tuple(note)
    return (LABEL + note[0], *note[1:])


def _label(mark: etree._Element) -> str:
    """The runs before the mark, as they are in the template."""
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
