"""Plain text that a mail program has folded: recognising it, and joining its lines into paragraphs again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from values.ordinals import label_of, points_of

_NARROWEST_FOLDED: Final = 60
"""Columns: no program folds as narrow; short lines are a list or verses."""
_WIDEST_FOLDED: Final = 80
"""Columns. Programs fold plain text at 72 to 78; paragraphs of an article are wider when nothing has folded them."""
_NEARLY_FULL: Final = 14
"""Columns that a folded line may be short of the widest: a word or a number that did not fit any more."""
_ENDS: Final = "。！？；：!?;:”）)"
_SENTENCE_ENDS: Final = ("。", "！", "？")
_CONTINUES_NUMBER: Final = re.compile(r"\d|[.,:/~-]\d|%", re.ASCII)
_MOSTLY_CHINESE: Final = 1.5
"""Columns a character: half of them are Chinese."""
_LEAST_INSIDE: Final = 2
"""Full lines that must end inside a sentence: one may be chance."""


def is_folded(lines: Sequence[str]) -> bool:
    """Whether no line is wider than mail programs fold, and several full lines end inside a sentence."""
    if any("\t" in line.strip() for line in lines):
        return False  # a table
    widest = max(map(_columns, lines), default=0)
    if not _NARROWEST_FOLDED <= widest <= _WIDEST_FOLDED:
        return False
    full = [line.rstrip() for line in lines if _columns(line) >= widest - _NEARLY_FULL]
    return sum(line[-1] not in _ENDS for line in full) >= _LEAST_INSIDE


def unfolded(lines: list[str]) -> list[str]:
    """The paragraphs of folded text; the lines unchanged when they are not folded."""
    if not is_folded(lines):
        return lines
    widest = max(map(_columns, lines))
    paragraphs: list[str] = []
    before = ""
    continues = False
    for line in lines:
        if continues and not _begins_paragraph(line):
            paragraphs[-1] = paragraphs[-1].rstrip() + _between(before, line.strip(), widest) + line.strip()
        else:
            paragraphs.append(line)
        # Chinese breaks anywhere, so that a sentence that ends before the margin ends its paragraph.
        slack = 1 if line.rstrip()[-1:] in _SENTENCE_ENDS else _NEARLY_FULL
        continues = bool(line.strip()) and _columns(line) >= widest - slack
        before = line.rstrip()
    return paragraphs


def _begins_paragraph(line: str) -> bool:
    return (
        not line.strip()
        or line.startswith(("\u3000", "  ", "\t"))
        or label_of(line) is not None
        or any(point.start == 0 for point in points_of(line))
    )


def _between(first: str, second: str, widest: int) -> str:
    """What parted two lines of a paragraph before they were folded: a space between Latin words, else nothing.

    A Chinese line that reaches the margin was folded there, whatever it parted (R|EITs). Within a number (1576, 682.5,
    98.6%, 3,600, 9:30) only a program that folds at a fixed width breaks a line.
    """
    if not (first[-1:].isascii() and second[:1].isascii() and first[-1:].isalnum()):
        return ""
    is_chinese = _columns(first) > len(first) * _MOSTLY_CHINESE
    cut = is_chinese and _columns(first) >= widest - 1
    within_number = first[-1:].isdigit() and _CONTINUES_NUMBER.match(second) is not None
    return "" if cut or within_number else " "


def _columns(line: str) -> int:
    """The width on a screen, where a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line.rstrip())
