"""An issue as a web page can show it before LibreOffice has laid it out: what is printed, in order, nothing of how.

The words, their order and the breaks of the titles are those of the typesetter; the looks are the style sheet's.
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
class Entry:
    """A line of the contents. page: None while nobody has counted."""

    number: int
    article: int
    unit: str
    title: tuple[str, ...]
    page: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand alike: on the line, above or below it."""

    text: str
    kind: Literal["", "superscript", "subscript"] = ""


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """runs: of a paragraph. named: a paragraph that is the name of the table below it."""

    block: Block
    runs: tuple[Run, ...] = ()
    named: bool = False


@dataclass(frozen=True, slots=True)
class PaperArticle:
    """An article as it is printed. byline: "" for none."""

    id: int
    title: tuple[str, ...]
    byline: str
    blocks: tuple[PaperBlock, ...]


@dataclass(frozen=True, slots=True)
class PaperSection:
    """name: "" for the ordinary articles, which stand under no heading."""

    name: str
    articles: tuple[PaperArticle, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole issue. note: 按语, its paragraphs."""

    masthead: Masthead
    contents: tuple[Entry, ...]
    note: tuple[str, ...]
    sections: tuple[PaperSection, ...]
    imprint: Imprint


def paper_of(issue: Issue, pages: Mapping[str, int]) -> Paper:
    """pages: on which page each article begins, by its bookmark; empty while that is not known."""
    return Paper(
        issue.masthead,
        tuple(_entry(number, article, pages) for number, article in enumerate(listed(issue), 1)),
        note_shown(issue.editors_note),
        tuple(
            PaperSection(section.name, tuple(_article(section, article) for article in section.articles))
            for section in issue.sections
        ),
        issue.imprint,
    )


def _entry(number: int, article: IssueArticle, pages: Mapping[str, int]) -> Entry:
    unit, title = entry_of(article)
    return Entry(number, article.id, unit, tuple(title.split("\n")), pages.get(bookmark(article)))


def _article(section: Section, article: IssueArticle) -> PaperArticle:
    blocks = article.manuscript.blocks
    return PaperArticle(
        article.id,
        tuple(title_of(article).split("\n")),
        byline_of(section, article),
        tuple(
            PaperBlock(block, tuple(_runs(block.text, block.marks)), kept)
            if isinstance(block, Paragraph)
            else PaperBlock(block)
            for block, kept in zip(blocks, kept_with_next(blocks), strict=True)
        ),
    )


def _runs(text: str, marks: Sequence[Mark]) -> Iterator[Run]:
    edges = sorted({0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end) if edge <= len(text))})
    for start, end in pairwise(edges):
        kind = next((mark.kind for mark in marks if mark.start <= start and end <= mark.end), None)
        yield Run(text[start:end], kind or "")
