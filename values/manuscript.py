"""A manuscript as it was read: title, byline, and a body of blocks.

The blocks carry what was written, in reading order; how it looks is the assembler's business.
Each block names its `kind`, so that it can be stored as JSON and read back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters [start, end) of a text that stand above or below the line: m², CO₂."""

    start: int
    end: int
    kind: Literal["superscript", "subscript"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, its automatic label (一、) included. A line break inside it is "\\n"."""

    text: str
    marks: tuple[Mark, ...] = ()
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stands alone on its line. Levels as in GB/T 9704 7.3.3: 1 一、 2 （一） 3 1. 4 （1）."""

    text: str
    level: int
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as a reader sees it: a merged cell stands once, at its top left corner."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. A row lists only the cells that begin in it, from left to right.

    `widths` are the grid columns' relative widths (any unit; empty when the source gives none).
    `header_rows` rows at the top are repeated on each page.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    header_rows: int = 0
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, by the SHA-256 of its bytes. Width and height: the size shown, in EMU (914,400 an inch).

    caption: the 图题 printed below it, "" for none.
    """

    sha256: str
    content_type: str
    width: int
    height: int
    description: str = ""
    caption: str = ""
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
    """What a department wrote.

    `title_lines`: the title, broken where the author broke it. `byline`: the unit as signed, None when unsigned.
    `house_lines`: lines for the office only (撰稿、审核、联系电话): kept in the record, never printed.
    """

    title_lines: tuple[str, ...]
    byline: str | None
    blocks: tuple[Block, ...]
    house_lines: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """The body as plain lines: one a paragraph, heading or caption, one tab-separated a table row."""
        return tuple(line for block in self.blocks for line in block_lines(block))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def block_lines(block: Block) -> tuple[str, ...]:
    """The block's share of `Manuscript.lines`, character for character as in its texts."""
    if isinstance(block, Table):
        return tuple("\t".join(_one_line(cell.text) for cell in row) for row in block.rows)
    printed = block.caption if isinstance(block, Picture) else block.text
    return () if isinstance(block, Picture) and not printed else (_one_line(printed),)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")).replace("\t", " ")
