"""目录: recognises a table of contents in a manuscript, made by the author's program or typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph

_HEADING: Final = re.compile(r"[【\[]?目[录次][】\]]?")
_STYLE: Final = re.compile(r"(?:wpsoffice手动)?(?:toc|目录)\s?(?:heading|标题|\d)?", re.IGNORECASE)
_TO_PAGE: Final = r"(?:[…⋯]++|[.．·・‥]{3,}+|[-—_]{4,}+|\t)[\s….．·・]*+[（(]?[-—]?\s?\d{1,4}\s?[-—]?[）)]?"
"""A leader and a page number. Possessive, as the signs of a leader may also follow it: a long one is tried once from
each place."""
_ENTRY: Final = re.compile(rf".{{1,80}}?{_TO_PAGE}")
_LAST: Final = frozenset("0123456789０１２３４５６７８９-—）) ")
"""How an entry with a page number ends."""
_TO_PAGE_LAST: Final = re.compile(rf"{_TO_PAGE}$")
_NUMBERED: Final = re.compile(r"\s{2,}\d{1,4}$")
_PAGE: Final = re.compile(r"(?<=\D)\d{1,3}$")
"""The page of an entry whose leader is lost, as that of a tab is in a PDF."""
_LONGEST: Final = 120
"""Characters of an entry: a heading of two lines, its leader and a page number."""
_LONGEST_HEADING: Final = 12
"""Characters of 目录 with blanks and brackets."""
_LEAST: Final = 2
"""Entries with page numbers that are a table of contents even without 目录 above them."""
_SHORTEST_REPEATED: Final = 3
"""Characters of a line that is compared with the headings below."""


def contents_of(blocks: Sequence[SourceBlock]) -> range:
    """Where the table of contents is, its heading included; an empty range without one.

    An entry has the style of one, ends with a leader and a page number, or, below 目录, is repeated as a line further
    down.
    """
    headings = {at for at, block in enumerate(blocks) if _is_heading(block)}
    lines = _plain_lines(blocks) if headings else []
    last = _last_beginnings(lines)
    for at, block in enumerate(blocks):
        heading = at in headings
        if not heading and not (isinstance(block, SourceParagraph) and _is_entry(block)):
            continue
        first = at + heading
        end = _end(blocks, first, repeated=_repeated(lines, first, last) if heading else frozenset())
        if end - first >= (1 if heading else _LEAST):
            return range(at, end)
    return range(0)


def without_contents(blocks: Sequence[SourceBlock]) -> tuple[list[SourceBlock], list[str]]:
    """The blocks without the table of contents, and its lines."""
    place = contents_of(blocks)
    lines = [block.text for block in blocks[place.start : place.stop] if isinstance(block, SourceParagraph)]
    return [*blocks[: place.start], *blocks[place.stop :]], lines


def _is_heading(block: SourceBlock) -> bool:
    if not isinstance(block, SourceParagraph) or len(block.text) > _LONGEST_HEADING:
        return False
    return _HEADING.fullmatch("".join(block.text.split())) is not None


def _end(blocks: Sequence[SourceBlock], start: int, repeated: frozenset[int]) -> int:
    end = start
    while end < len(blocks) and isinstance(block := blocks[end], SourceParagraph):
        if not (_is_entry(block) or end in repeated):
            break
        end += 1
    return end


def _is_entry(block: SourceParagraph) -> bool:
    if len(block.text) > _LONGEST or not (block.style or block.text[-1] in _LAST):
        return False
    return (_STYLE.fullmatch(block.style.strip()) is not None) or _ENTRY.fullmatch(block.text) is not None


def _plain_lines(blocks: Sequence[SourceBlock]) -> list[str]:
    """The texts of the blocks without leaders, page numbers and white space; "" for a block that is no paragraph."""
    return [_plain(block.text) if isinstance(block, SourceParagraph) else "" for block in blocks]


def _last_beginnings(lines: Sequence[str]) -> dict[str, int]:
    """The index of the last line that begins with each text of the length of an entry."""
    return {
        line[:length]: at
        for at, line in enumerate(lines)
        for length in range(_SHORTEST_REPEATED, min(len(line), _LONGEST) + 1)
    }


def _repeated(lines: Sequence[str], start: int, last: Mapping[str, int]) -> frozenset[int]:
    """The indexes of lines from `start` on that stand again further down, alone or at the beginning of a paragraph.

    last: as `_last_beginnings` returns it.
    """
    repeated: set[int] = set()
    for at in range(start, len(lines)):
        text = _PAGE.sub("", lines[at])
        if not text or text[-1] in "。；：" or last.get(text, at) <= at:
            break
        repeated.add(at)
    return frozenset(repeated)


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        return "".join(text.split())
    return "".join(_NUMBERED.sub("", _TO_PAGE_LAST.sub("", text)).split())
