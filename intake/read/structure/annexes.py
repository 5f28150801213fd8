"""附件: the note that names the annexes of an article (附件说明), and the annexes that follow it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from values.ordinals import label_of

_NUMBER: Final = r"[\d一二三四五六七八九十]{0,2}"
_ANNEX: Final = re.compile(rf"[（(]?附\s?[件表录]\s?{_NUMBER}[）)]?\s?[:：]?")
_NOTE: Final = re.compile(rf"附\s?[件表]\s?{_NUMBER}\s?[:：]")
_ENTRY: Final = re.compile(rf"(?:附\s?[件表]\s?{_NUMBER}\s?[:：])?\s?(?:\d{{1,2}}\s?[.．、])?\s?(.+)")
_LONGEST: Final = 60
"""Characters of a line of the note: the name of a document on one line and a half."""


def is_annex_line(text: str) -> bool:
    """Whether a line only announces an annex: 附件, 附件1, 附件一：."""
    return len(text) <= _LONGEST and _ANNEX.fullmatch(text) is not None


def is_annex_note(text: str) -> bool:
    """Whether a line names an annex: 附件：1.评分表."""
    return len(text) <= _LONGEST and _NOTE.match(text) is not None and "。" not in text


def note_lines(blocks: Sequence[SourceBlock]) -> dict[int, str]:
    """The lines of the 附件说明 by the index of their block. A line that continues the note has a number."""
    lines: dict[int, str] = {}
    for at, block in enumerate(blocks):
        text = block.text if isinstance(block, SourceParagraph) else ""
        continues = at - 1 in lines and 0 < len(text) <= _LONGEST and label_of(text) is not None and text[-1] != "。"
        if continues or is_annex_note(text):
            lines[at] = text
    return lines


def listed_annexes(blocks: Sequence[SourceBlock]) -> frozenset[str]:
    """The titles of annexes that the 附件说明 names."""
    lines = (line for text in note_lines(blocks).values() for line in text.split("\n"))
    return frozenset(entry[1].strip("《》 \u3000") for line in lines if (entry := _ENTRY.fullmatch(line)))


def divided_at_annexes(blocks: Sequence[SourceBlock], more: Sequence[int] = ()) -> list[Sequence[SourceBlock]]:
    """The blocks in parts, each of which may end with a signature: article, note on the annexes, annexes.

    more: indexes at which a part begins that no line announces as an annex.
    """
    lines = [block.text if isinstance(block, SourceParagraph) else "" for block in blocks]
    note = next((at for at, line in enumerate(lines) if at and (is_annex_line(line) or is_annex_note(line))), 0)
    annex = next((at for at, line in enumerate(lines) if at > note and is_annex_line(line)), 0)
    cuts = sorted({0, *(at for at in (note, annex) if at), *more, len(blocks)})
    return [blocks[start:end] for start, end in pairwise(cuts)]
