"""What stands below an article: its signature, the date and lines for the office."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.byline import is_writers_line
from intake.read.structure.house_lines import is_date_line
from intake.read.structure.lines import split_lines
from intake.read.structure.title import Signs

_MOST_PARAGRAPHS: Final = 12
_MOST_SIGNERS: Final = 2


def closing_paragraphs(
    blocks: Sequence[SourceBlock], signs: Signs, is_office: Callable[[SourceParagraph], bool]
) -> list[SourceParagraph]:
    """The last paragraphs that hold such lines alone. More than two names of units are a list of the body's."""
    end: list[SourceParagraph] = []
    below: SourceParagraph | None = None
    names, unsigned = 0, 0
    for block, before in _last_paragraphs(blocks):
        lines = split_lines(block)
        for above, line in reversed(list(zip([before, *lines], lines, strict=False))):
            signed = signs(line, below is not None and is_date_line(below.text))
            if not (signed or is_office(line) or _names_writers(line, signs, above, below)):
                return end
            names += signed
            below = line
        unsigned = unsigned if names else unsigned + 1
        end.insert(0, block)
        if names > _MOST_SIGNERS:
            return end[len(end) - unsigned :]
    return end


def _last_paragraphs(blocks: Sequence[SourceBlock]) -> Iterator[tuple[SourceParagraph, SourceParagraph | None]]:
    """The paragraphs from the end upwards, as far as such lines may stand, each with the one before it."""
    for at in reversed(range(len(blocks))[-_MOST_PARAGRAPHS:]):
        block, before = blocks[at], blocks[at - 1] if at else None
        if not isinstance(block, SourceParagraph):
            return
        yield block, before if isinstance(before, SourceParagraph) else None


def _names_writers(line: SourceParagraph, signs: Signs, *beside: SourceParagraph | None) -> bool:
    return is_writers_line(line.text) and any(one is not None and signs(one, False) for one in beside)
