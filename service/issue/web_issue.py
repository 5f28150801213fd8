"""An issue as a web page shows it before LibreOffice has laid it out: what is printed, in order, without layout.

The words, their order and the breaks of the titles are those of the typesetter; the style sheet formats them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from assembler.contents import bookmark, entry_of, listed
from assembler.note import note_shown
from assembler.pages import byline_of, kept_with_next, title_of
from values.issue import Imprint, Issue, IssueArticle, Masthead, Section
from values.manuscript import Block, Mark, Paragraph


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents page."""

    number: int
    article: int
    """Its id."""
    unit: str
    """The department as it is printed."""
    title: tuple[str, ...]
    """Its lines."""
    page: int | None
    """None while the pages are not counted."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Consecutive characters of one kind: on the line, raised or lowered."""

    text: str
    kind: Literal["", "superscript", "subscript"] = ""


@dataclass(frozen=True, slots=True)
class WebBlock:
    """runs: of a paragraph. named: a paragraph that is the name of the table below it."""

    block: Block
    runs: tuple[TextRun, ...] = ()
    named: bool = False


@dataclass(frozen=True, slots=True)
class WebArticle:
    """An article as it is printed."""

    id: int
    title: tuple[str, ...]
    """Its lines."""
    byline: str
    """"" for none."""
    blocks: tuple[WebBlock, ...]


@dataclass(frozen=True, slots=True)
class WebSection:
    """A section as it is printed."""

    name: str
    """"" for the ordinary articles, which have no heading."""
    articles: tuple[WebArticle, ...]


@dataclass(frozen=True, slots=True)
class WebIssue:
    """The whole issue. note: 按语, its paragraphs."""

    masthead: Masthead
    contents: tuple[ContentsEntry, ...]
    note: tuple[str, ...]
    sections: tuple[WebSection, ...]
    imprint: Imprint


def web_issue_of(issue: Issue, pages: Mapping[str, int]) -> WebIssue:
    """The issue as text. pages: on which page each article begins, by its bookmark; empty while not counted."""
    return WebIssue(
        issue.masthead,
        tuple(_entry(number, article, pages) for number, article in enumerate(listed(issue), 1)),
        note_shown(issue.editors_note),
        tuple(
            WebSection(section.name, tuple(_article(section, article) for article in section.articles))
            for section in issue.sections
        ),
        issue.imprint,
    )


def _entry(number: int, article: IssueArticle, pages: Mapping[str, int]) -> ContentsEntry:
    unit, title = entry_of(article)
    return ContentsEntry(number, article.id, unit, tuple(title.split("\n")), pages.get(bookmark(article)))


def _article(section: Section, article: IssueArticle) -> WebArticle:
    blocks = article.manuscript.blocks
    return WebArticle(
        article.id,
        tuple(title_of(article).split("\n")),
        byline_of(section, article),
        tuple(
            WebBlock(block, tuple(_runs(block.text, block.marks)), kept)
            if isinstance(block, Paragraph)
            else WebBlock(block)
            for block, kept in zip(blocks, kept_with_next(blocks), strict=True)
        ),
    )


def _runs(text: str, marks: Sequence[Mark]) -> Iterator[TextRun]:
    edges = sorted({0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end) if edge <= len(text))})
    for start, end in pairwise(edges):
        kind = next((mark.kind for mark in marks if mark.start <= start and end <= mark.end), None)
        yield TextRun(text[start:end], kind or "")
