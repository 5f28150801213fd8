"""An article that goes back to its department as a Word file, with remarks as comments and proposals as tracked
changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from values.finding import Finding
from values.manuscript import Block, Manuscript

COPY_PROPERTY: Final = "JianbaoReturned"
"""The custom property of the file that names the letter which brought it (ECMA-376 part 1, 22.3)."""

EDITOR: Final = "编辑"
"""The author of changes and of the editor's remarks: the file goes out of the house without anybody's name."""
PROOFREADER: Final = "审校"
"""The author of the comments that are findings."""
COPY_AUTHORS: Final = (EDITOR, PROOFREADER)


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block of either text or of both."""

    before: Block | None
    """As it was sent; None for one that was added."""
    after: Block | None
    """As it is proposed; None for one that was removed."""


@dataclass(frozen=True, slots=True)
class PlacedRemark:
    """Words of the editor about the article or a line of it."""

    line: int | None
    """An index into `Manuscript.lines` of the proposed text; None for the article as a whole."""
    text: str


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """What the file shows."""

    before: Manuscript
    """As the department sent it."""
    after: Manuscript
    """As it is proposed: what is read when all changes are accepted."""
    blocks: tuple[BlockChange, ...]
    """The body of both."""
    findings: tuple[Finding, ...]
    """With their places in `after`."""
    remarks: tuple[PlacedRemark, ...]
    dated: datetime
    """Of the changes and comments, in the office's time zone."""
    letter: str
    """Message-ID of the letter that brings the file."""
