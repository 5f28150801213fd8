"""Plain text that a mail program has folded: recognising it, and joining its lines into paragraphs again."""

from __future__ import annotations

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
    continues = False
    for line in lines:
        if continues and not _begins_paragraph(line):
            paragraphs[-1] = _joined(paragraphs[-1], line.strip())
        else:
            paragraphs.append(line)
        # Chinese breaks anywhere, so that a sentence that ends before the margin ends its paragraph.
        slack = 1 if line.rstrip()[-1:] in _SENTENCE_ENDS else _NEARLY_FULL
        continues = bool(line.strip()) and _columns(line) >= widest - slack
    return paragraphs


def _begins_paragraph(line: str) -> bool:
    return (
        not line.strip()
        or line.startswith(("\u3000", "  ", "\t"))
        or label_of(line) is not None
        or any(point.start == 0 for point in points_of(line))
    )


def _joined(first: str, second: str) -> str:
    """Two lines as one, with a space between Latin words.

    None between two digits: only a program that folds at a fixed width, as Chinese text is folded, parts them.
    """
    latin = first[-1:].isascii() and second[:1].isascii() and first[-1:].isalnum()
    blank = " " if latin and not (first[-1:].isdigit() and second[:1].isdigit()) else ""
    return first.rstrip() + blank + second


def _columns(line: str) -> int:
    """The width on a screen, where a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line.rstrip())
