"""A manuscript as it was read: title, byline, and a body of blocks.

The blocks are what was written, in reading order; the assembler decides how it looks.
Each block names its `kind`, so that it can be stored as JSON and read back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters [start, end) of a text that are raised or lowered: m², CO₂."""

    start: int
    end: int
    kind: Literal["superscript", "subscript"]


def marks_within(marks: Iterable[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """The marks of the characters [start, end) of a text, as offsets from `start`; one that is cut there is shorter."""
    moved = (Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.kind) for mark in marks)
    return tuple(mark for mark in moved if mark.start < mark.end)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula within a paragraph, whose text has it as one line of readable characters: (a+b)/2."""

    text: str
    """Those characters. Where an editor has changed them, the formula is no longer theirs and they are printed."""
    start: int
    """Where they began in the text of the paragraph as it was read."""
    omml: str
    """The m:oMath or m:oMathPara (ECMA-376 22.1) as XML, with its namespace."""

    def place_in(self, text: str) -> tuple[int, int] | None:
        """Where its characters are in a text now, [start, end): the place nearest to `start`; None if nowhere."""
        places = [match.start() for match in re.finditer(re.escape(self.text), text)] if self.text else []
        if not places:
            return None
        start = min(places, key=lambda place: abs(place - self.start))
        return start, start + len(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, its automatic label (一、) included. A line break inside it is "\\n"."""

    text: str
    marks: tuple[Mark, ...] = ()
    kind: Literal["paragraph"] = "paragraph"
    formulas: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading alone on its line."""

    text: str
    level: int
    """As in GB/T 9704 7.3.3: 1 一、 2 （一） 3 1. 4 （1）."""
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as a reader sees it: a merged cell is one, at its top left corner."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    """A row lists only the cells that begin in it, from left to right."""
    widths: tuple[int, ...] = ()
    """Relative widths of the grid's columns, in any unit; () when the source gives none."""
    header_rows: int = 0
    """Rows at the top that are repeated on each page."""
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture at its place in the text; `Media` has its bytes."""

    sha256: str
    """Of its bytes."""
    content_type: str
    width: int
    """As it is shown, in EMU (914,400 an inch)."""
    height: int
    """As it is shown, in EMU."""
    description: str = ""
    """Alternative text; "" for none."""
    caption: str = ""
    """图题: the line printed below it; "" for none."""
    kind: Literal["picture"] = "picture"


Block = Paragraph | Heading | Table | Picture


@dataclass(frozen=True, slots=True)
class Media:
    """The bytes of a picture."""

    sha256: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a department wrote."""

    title_lines: tuple[str, ...]
    """The title, broken where the author broke it; () for none."""
    byline: str | None
    """The unit as signed; None when unsigned."""
    blocks: tuple[Block, ...]
    house_lines: tuple[str, ...] = ()
    """Lines for the office only (撰稿、审核、联系电话): kept in the record, never printed."""

    @property
    def title(self) -> str:
        """Without line breaks; "" for none."""
        return "".join(self.title_lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """The body as plain lines: one for each paragraph, heading and caption, and for each row of a table, with tabs
        between its cells."""
        return tuple(line for block in self.blocks for line in block_lines(block))

    @property
    def text(self) -> str:
        """The lines of the body, joined with "\\n"."""
        return "\n".join(self.lines)

    @property
    def text_sha256(self) -> str:
        """Of its words without white space, and of its pictures: the same text in another file has the same."""
        pictures = [block.sha256 for block in self.blocks if isinstance(block, Picture)]
        words = "".join((self.title + self.text).split())
        return hashlib.sha256("\n".join([words, *pictures]).encode("utf-8", "surrogatepass")).hexdigest()


def block_lines(block: Block) -> tuple[str, ...]:
    """The lines of this block in `Manuscript.lines`, with as many characters as its texts."""
    if isinstance(block, Table):
        return tuple("\t".join(_one_line(cell.text) for cell in row) for row in block.rows)
    printed = block.caption if isinstance(block, Picture) else block.text
    return () if isinstance(block, Picture) and not printed else (_one_line(printed),)


def paragraph_lines(blocks: Iterable[Block]) -> list[int]:
    """The index in `Manuscript.lines` of each paragraph and heading, in their order: 第二段 as
    people count on paper, where headings count too."""
    places: list[int] = []
    index = 0
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            places.append(index)
        index += len(block_lines(block))
    return places


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")).replace("\t", " ")
