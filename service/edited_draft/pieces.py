"""A draft's file, divided: what stands before the articles, the articles, and what follows them. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from assembler import styles
from intake.edited_file import EditedBlock, EditedFile
from service.edited_draft.words import BlockKey, bare, key_of, likeness, text_of
from values.draft_marks import END_OF_ARTICLES, article_marked, title_mark

_COPY: Final = re.compile(r"_Copy_\d+$", re.ASCII)
"""LibreOffice renames a bookmark that it meets twice, as it does in tables."""
_HEADING: Final = re.compile(r"【(.{1,40})】")
_LIKE_THE_END: Final = 0.6
"""Likeness to a line of the 版记 from which a line is taken for it, where the bookmark is gone."""


@dataclass(frozen=True, slots=True)
class HouseStyles:
    """The names of styles by which parts of an issue are known."""

    title: str = styles.NAMES[styles.ARTICLE_TITLE]
    byline: str = styles.NAMES[styles.BYLINE]
    section: str = styles.NAMES[styles.SECTION_HEADING]
    note: str = styles.NAMES[styles.EDITORS_NOTE]


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as the file has it, from its title to the next one."""

    start: int
    """Index of its first block in the file."""
    title: tuple[str, ...]
    """Its lines."""
    body: tuple[EditedBlock, ...]
    """Everything below the title, the byline included."""
    section: str | None
    """The 栏目 under which it stands; "" before the first; None under one that the bulletin does not have."""
    marks: frozenset[int]
    """The articles whose bookmarks begin in it."""
    title_marks: frozenset[int]
    """Those of them whose bookmark begins in the title."""

    @property
    def keys(self) -> list[BlockKey]:
        """Of the body."""
        return [key_of(block) for block in self.body]


@dataclass(frozen=True, slots=True)
class DraftPieces:
    """The blocks of a file."""

    front: tuple[EditedBlock, ...]
    """Cover note, masthead, contents and 按语."""
    pieces: tuple[Piece, ...]
    tail: tuple[EditedBlock, ...]
    """版记."""
    strange_sections: tuple[str, ...] = ()
    """Headings of 栏目 that the bulletin does not have."""


@dataclass(frozen=True, slots=True)
class KnownTitles:
    """What the draft that was sent is known to have, by which a file without marks is divided."""

    first_lines: Mapping[str, int]
    """The article of each title, by its first line without white space."""
    tail: tuple[EditedBlock, ...]

    def lost_in(self, blocks: Sequence[EditedBlock], house: HouseStyles) -> Self:
        """Without the titles that the file still shows as titles, or that it leaves out: a line of the text that reads
        like one of these is no title. A file without any mark may have lost every title; one with marks has lost those
        whose article has kept the mark below the title alone."""
        shown = {bare(text_of(block)) for block in blocks if block.style == house.title or _has_title_mark(block)}
        marked = _marks(blocks)
        lines = {line: article for line, article in self.first_lines.items() if line not in shown}
        if marked:
            titled = {article for block in blocks if _has_title_mark(block) for article in _marks([block])}
            lines = {line: article for line, article in lines.items() if article in marked - titled}
        return replace(self, first_lines=lines)


NOTHING_KNOWN: Final = KnownTitles({}, ())


def divided(
    file: EditedFile, house: HouseStyles, sections: Collection[str], sent: KnownTitles = NOTHING_KNOWN
) -> DraftPieces:
    """sections: the names of 栏目 that the bulletin has. sent: of the draft as it was sent."""
    blocks = file.blocks
    end = _end(blocks, house, sent)
    sent = sent.lost_in(blocks, house)
    starts = [place for place in range(end) if _begins_article(blocks, place, house, sent)]
    strange: list[str] = []
    pieces: list[Piece] = []
    section: str | None = ""
    first = _with_heading(blocks, starts[0], house, sections) if starts else end
    bounds = [*starts, end]
    for heading in blocks[first : starts[0]] if starts else ():
        section = _section(heading, sections, strange)
    for start, stop in itertools.pairwise(bounds):
        piece, section_after = _piece(blocks, start, stop, (house, sections, section, strange))
        pieces.append(piece)
        section = section_after
    return DraftPieces(blocks[:first], tuple(pieces), blocks[end:], tuple(dict.fromkeys(strange)))


def title_style(file: EditedFile) -> str:
    """The style of titles in the file that was sent, as its bookmarks show; the usual one where it has none."""
    marked = (block.style for block in file.blocks if _has_title_mark(block))
    return next(marked, styles.NAMES[styles.ARTICLE_TITLE])


def _has_title_mark(block: EditedBlock) -> bool:
    names = [_COPY.sub("", name) for name in block.bookmarks]
    return any((article := article_marked(name)) is not None and name == title_mark(article) for name in names)


def _piece(
    blocks: Sequence[EditedBlock],
    start: int,
    stop: int,
    around: tuple[HouseStyles, Collection[str], str | None, list[str]],
) -> tuple[Piece, str | None]:
    """The piece, and the section that follows it."""
    house, sections, section, strange = around
    title_end = start + 1
    while title_end < stop and blocks[title_end].style == house.title == blocks[start].style:
        title_end += 1
    body: list[EditedBlock] = []
    following = section
    for block in blocks[title_end:stop]:
        if _is_heading(block, house, sections):
            following = _section(block, sections, strange)
        else:
            body.append(block)
    title_marks = _marks(blocks[start:title_end])
    piece = Piece(
        start=start,
        title=tuple(text_of(block) for block in blocks[start:title_end]),
        body=tuple(body),
        section=section,
        marks=title_marks | _marks(body),
        title_marks=title_marks,
    )
    return piece, following


def _marks(blocks: Sequence[EditedBlock]) -> frozenset[int]:
    names = (_COPY.sub("", name) for block in blocks for name in block.bookmarks)
    return frozenset(article for name in names if (article := article_marked(name)) is not None)


def _begins_article(blocks: Sequence[EditedBlock], place: int, house: HouseStyles, sent: KnownTitles) -> bool:
    """A title: by its style, by its bookmark, or because it is a title of the draft that was sent and is lost."""
    block, text = blocks[place], bare(text_of(blocks[place]))
    if not text:
        return False
    has_mark = _has_title_mark(block)
    if block.style != house.title:
        return has_mark or text in sent.first_lines
    above = blocks[place - 1] if place else None
    return above is None or above.style != house.title or has_mark or text in sent.first_lines


def _with_heading(blocks: Sequence[EditedBlock], start: int, house: HouseStyles, sections: Collection[str]) -> int:
    """The first block of the articles: the first title, or the heading of its 栏目."""
    return start - 1 if start and _is_heading(blocks[start - 1], house, sections) else start


def _is_heading(block: EditedBlock, house: HouseStyles, sections: Collection[str]) -> bool:
    match = _HEADING.fullmatch(text_of(block).strip())
    return match is not None and (block.style == house.section or match[1].strip() in sections)


def _section(block: EditedBlock, sections: Collection[str], strange: list[str]) -> str | None:
    match = _HEADING.fullmatch(text_of(block).strip())
    name = match[1].strip() if match else ""
    if name in sections:
        return name
    strange.append(name)
    return None


def _end(blocks: Sequence[EditedBlock], house: HouseStyles, sent: KnownTitles) -> int:
    """Index of the first block after the articles."""
    for place, block in enumerate(blocks):
        if any(_COPY.sub("", name) == END_OF_ARTICLES for name in block.bookmarks):
            return place
    titles = [place for place, block in enumerate(blocks) if block.style == house.title]
    after = titles[-1] + 1 if titles else 0
    keys = [key_of(block) for block in sent.tail]
    exact = (place for place in range(after, len(blocks)) if key_of(blocks[place]) in keys)
    alike = (
        place
        for place in range(after, len(blocks))
        if any(likeness(_words(blocks[place]), _words(block)) >= _LIKE_THE_END for block in sent.tail)
    )
    return next(exact, next(alike, len(blocks)))


def _words(block: EditedBlock) -> str:
    return "".join(key_of(block)[1:])
