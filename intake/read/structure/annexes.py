"""附件: the note that names what is attached to an article, and the attached texts that follow it."""

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


def is_annex_line(text: str) -> bool:
    """Whether a line says that an annex begins, and nothing else: 附件, 附件1, 附件一：."""
    return len(text) <= _LONGEST and _ANNEX.fullmatch(text) is not None


def is_annex_note(text: str) -> bool:
    """Whether a line names an annex: 附件：1.评分表."""
    return len(text) <= _LONGEST and _NOTE.match(text) is not None and "。" not in text


def note_lines(blocks: Sequence[SourceBlock]) -> dict[int, str]:
    """The 附件说明 of a file: the index of each of its lines → the text. Further lines of one are numbered."""
    lines: dict[int, str] = {}
    for at, block in enumerate(blocks):
        text = block.text if isinstance(block, SourceParagraph) else ""
        goes_on = at - 1 in lines and 0 < len(text) <= _LONGEST and label_of(text) is not None and text[-1] != "。"
        if goes_on or is_annex_note(text):
            lines[at] = text
    return lines


def listed_annexes(blocks: Sequence[SourceBlock]) -> frozenset[str]:
    """The titles that the 附件说明 of a file names."""
    lines = (line for text in note_lines(blocks).values() for line in text.split("\n"))
    return frozenset(found[1].strip("《》 \u3000") for line in lines if (found := _ENTRY.fullmatch(line)))


def apart_from_annexes(blocks: Sequence[SourceBlock]) -> list[Sequence[SourceBlock]]:
    """The blocks in pieces, each of which a signature may end: the article, the note on its annexes, the annexes."""
    lines = [block.text if isinstance(block, SourceParagraph) else "" for block in blocks]
    note = next((at for at, line in enumerate(lines) if at and (is_annex_line(line) or is_annex_note(line))), 0)
    annex = next((at for at, line in enumerate(lines) if at > note and is_annex_line(line)), 0)
    cuts = [0, *(at for at in (note, annex) if at), len(blocks)]
    return [blocks[start:end] for start, end in pairwise(cuts)]
