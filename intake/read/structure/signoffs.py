"""落款: where the text of a document ends with units and a date although an annex or a text that is issued follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.endings import MOST_SIGNERS_WITH_DATE
from intake.read.structure.house_lines import is_date_line, without_date
from intake.read.structure.title import IsByline

_LONGEST_DATE: Final = 40
"""Characters of a line with a date that are worth a look: units and a date on one line."""
_ENDS: Final = "。！？；：”）.…"


def ends_of_signoffs(blocks: Sequence[SourceBlock], is_byline: IsByline) -> list[int]:
    """The indexes after each sign-off that something follows: units on one or several lines, then the date.

    A date without a unit is none, nor are units and a date within running text. Where each of several units has its own
    date, the last one ends the sign-off.
    """
    ends = (at for at in range(1, len(blocks) - 1) if _is_signoff(blocks, at, is_byline))
    return [at + 1 for at in ends if not _signs_next(blocks[at + 1 : at + 3], is_byline)]


def _is_signoff(blocks: Sequence[SourceBlock], at: int, is_byline: IsByline) -> bool:
    """Whether a sign-off ends with the block."""
    line = blocks[at]
    if not isinstance(line, SourceParagraph) or len(line.text) > 2 * _LONGEST_DATE:
        return False
    first = at
    if is_date_line(line.text):
        while first > max(0, at - MOST_SIGNERS_WITH_DATE) and _names_unit(blocks[first - 1], is_byline):
            first -= 1
        if first == at:
            return False
    elif not (without_date(line.text)[1] and is_byline(line, False)):
        return False
    above = blocks[first - 1] if first else None
    return not isinstance(above, SourceParagraph) or above.text[-1:] in _ENDS or len(above.text) > _LONGEST_DATE


def _signs_next(blocks: Sequence[SourceBlock], is_byline: IsByline) -> bool:
    """Whether a further unit and its date follow."""
    if len(blocks) < 2 or not _names_unit(blocks[0], is_byline):
        return False
    return isinstance(blocks[1], SourceParagraph) and is_date_line(blocks[1].text)


def _names_unit(block: SourceBlock, is_byline: IsByline) -> bool:
    return isinstance(block, SourceParagraph) and is_byline(block, True)
