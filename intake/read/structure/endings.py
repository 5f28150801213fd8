"""The end of an article: signature, date, and lines for the office."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.byline import is_writers_line
from intake.read.structure.house_lines import is_date_line, without_date
from intake.read.structure.lines import split_lines
from intake.read.structure.title import IsByline

_MOST_PARAGRAPHS: Final = 24
"""Paragraphs searched from the end: roles and telephone, a 版记, and the lines of a joint signature."""
_MOST_SIGNERS: Final = 2
"""Units that sign without a date and right below a line that is no sentence; more are a list in the body."""
MOST_SIGNERS_WITH_DATE: Final = 12
"""Units that sign above a date, or below the last sentence: a document issued by all of a county's offices has ten."""
_SENTENCE_ENDS: Final = "。！？；”）"


@dataclass(slots=True)
class _End:
    """The closing paragraphs met so far, from the end upwards."""

    blocks: list[SourceParagraph] = field(default_factory=list)
    names: int = 0
    """Lines among them that name units."""
    unsigned: int = 0
    """Paragraphs below the lowest such line."""
    dated: bool = False
    """Whether a date follows the names."""


def closing_paragraphs(
    blocks: Sequence[SourceBlock], is_byline: IsByline, is_office: Callable[[SourceParagraph], bool]
) -> list[SourceParagraph]:
    """The last paragraphs that consist of such lines only.

    More than two names of units are a list in the body, unless a date follows or a sentence precedes them.
    """
    end = _End()
    below: SourceParagraph | None = None
    for block, before in _last_paragraphs(blocks):
        lines = split_lines(block)
        dated = end.dated
        for above, line in reversed(list(zip([before, *lines], lines, strict=False))):
            signed = is_byline(line, dated)
            if not (signed or is_office(line) or _names_writers(line, is_byline, above, below)):
                return _without_list(end, block)
            end.names += signed
            dated = dated or _has_date(line)
            below = line
        end.dated = dated
        end.unsigned = end.unsigned if end.names else end.unsigned + 1
        end.blocks.insert(0, block)
        if end.names > MOST_SIGNERS_WITH_DATE:
            break
    return _without_list(end, None)


def _without_list(end: _End, before: SourceParagraph | None) -> list[SourceParagraph]:
    """The paragraphs without those names that are a list. before: the paragraph above them, None for none."""
    signs = end.names <= _MOST_SIGNERS or end.dated or (before is not None and before.text[-1:] in _SENTENCE_ENDS)
    if signs and end.names <= MOST_SIGNERS_WITH_DATE:
        return end.blocks
    return end.blocks[len(end.blocks) - end.unsigned :]


def _has_date(line: SourceParagraph) -> bool:
    return is_date_line(line.text) or bool(without_date(line.text)[1])


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
