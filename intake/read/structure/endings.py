"""The end of an article: signature, date, and lines for the office."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.byline import is_writers_line
from intake.read.structure.house_lines import is_date_line
from intake.read.structure.lines import split_lines
from intake.read.structure.title import IsByline

_MOST_PARAGRAPHS: Final = 12
"""Paragraphs searched from the end: a full block of roles, telephone and signature has about ten."""
_MOST_SIGNERS: Final = 2
"""Units that sign; more names in a row are a list in the body."""


def closing_paragraphs(
    blocks: Sequence[SourceBlock], is_byline: IsByline, is_office: Callable[[SourceParagraph], bool]
) -> list[SourceParagraph]:
    """The last paragraphs that consist of such lines only. More than two names of units are a list in the body."""
    end: list[SourceParagraph] = []
    below: SourceParagraph | None = None
    names, unsigned = 0, 0
    for block, before in _last_paragraphs(blocks):
        lines = split_lines(block)
        for above, line in reversed(list(zip([before, *lines], lines, strict=False))):
            signed = is_byline(line, below is not None and is_date_line(below.text))
            if not (signed or is_office(line) or _names_writers(line, is_byline, above, below)):
                return end
            names += signed
            below = line
        unsigned = unsigned if names else unsigned + 1
        end.insert(0, block)
        if names > _MOST_SIGNERS:
            return end[len(end) - unsigned :]
    return end


def _last_paragraphs(blocks: Sequence[SourceBlock]) -> Iterator[tuple[SourceParagraph, SourceParagraph | None]]:
    """The last paragraphs, from the end upwards, each with the paragraph before it."""
    for at in reversed(range(len(blocks))[-_MOST_PARAGRAPHS:]):
        block, before = blocks[at], blocks[at - 1] if at else None
        if not isinstance(block, SourceParagraph):
            return
        yield block, before if isinstance(before, SourceParagraph) else None


def _names_writers(line: SourceParagraph, is_byline: IsByline, *neighbours: SourceParagraph | None) -> bool:
    """Whether the line names writers, next to a byline."""
    return is_writers_line(line.text) and any(line is not None and is_byline(line, False) for line in neighbours)
