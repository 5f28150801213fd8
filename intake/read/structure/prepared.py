"""Preparing blocks: trims paragraphs, drops empty ones, and unpacks tables that are only frames."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.document_furniture import NEAR_AN_END
from intake.read.structure.frames import opened
from intake.read.structure.lines import BLANKS, trimmed
from values.manuscript import Table, marks_within

_MOST_TOP: Final = 12
"""Lines at the top among which one may be centred with blanks: as many as are searched for the title."""
_WIDE_BLANK: Final = 2
_LEAST_MOVED: Final = 8
"""Half-width blanks that move a line to the middle; the indent of a paragraph has four."""
_BLANKS_WITHIN: Final = "\u3000\u3000\u3000"
_MOVED_RIGHT: Final = re.compile(r"(?<=[。！？”])[\u3000 \u00a0]{6,}([^\s。！？；][^。！？；]{1,40})$")
_LONGEST_MOVED: Final = 30
"""Characters of such a line: one that fills the width is not moved."""


def prepared_blocks(blocks: tuple[SourceBlock, ...]) -> list[SourceBlock]:
    """The blocks in order: paragraphs trimmed, empty ones dropped, and tables used as frames turned into paragraphs.

    Such frames surround the title or the whole article, or hold cells for the office (撰稿 | 审核 | 电话) near an end.
    """
    kept: list[SourceBlock] = []
    for block in (part for whole in blocks for part in _parted_by_blanks(whole)):
        if isinstance(block, SourceParagraph):
            block = _centred_by_blanks(block) if len(kept) < _MOST_TOP else trimmed(block)
            if not block.text:
                continue
        kept.append(block)
    unpacked: list[SourceBlock] = []
    for at, block in enumerate(kept):
        unpacked += (
            opened(block, unpacked, kept[at + 1 : at + 1 + NEAR_AN_END]) if isinstance(block, Table) else (block,)
        )
    return unpacked


def _parted_by_blanks(block: SourceBlock) -> Sequence[SourceBlock]:
    """The block; two paragraphs where blanks move what follows the last sentence to the right, such as a unit."""
    if not isinstance(block, SourceParagraph) or _BLANKS_WITHIN not in block.text:
        return (block,)
    parted = _MOVED_RIGHT.search(block.text)
    if parted is None:
        return (block,)
    text = block.text[: parted.start()]
    whole = replace(block, text=text, marks=marks_within(block.marks, 0, len(text)))
    return whole, replace(block, text=parted[1], marks=(), formulas=(), page_break_before=False, label="")


def _centred_by_blanks(paragraph: SourceParagraph) -> SourceParagraph:
    """The paragraph trimmed; centred where its author moved a short line to the middle with blanks."""
    line = trimmed(paragraph)
    before = paragraph.text[: len(paragraph.text) - len(paragraph.text.lstrip(BLANKS))]
    width = sum(_WIDE_BLANK if blank == "\u3000" else 1 for blank in before)
    moved = width >= _LEAST_MOVED and 0 < len(line.text) <= _LONGEST_MOVED
    return replace(line, centred=True) if moved else line
