"""How two versions of a sentence or a paragraph differ, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Final

_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*[%％]?|[A-Za-z]+|.", re.DOTALL)
"""A number or a foreign word is one token, so that 1300 → 1350 is shown as a whole, not as one digit of it."""
_SIMILAR: Final = 0.4
"""Least ratio at which two sentences count as one that was changed. Measured on sentences of briefings: one with other
figures and a clause added has 0.64, two that share an office's set phrases 0.42, unrelated ones about 0.14."""
_LONGEST: Final = 3_000
"""Characters up to which words are compared: time grows with the square, 0.07 s at this length."""
_PREFIX: Final = 50
"""Characters by which texts above `_LONGEST` are recognised."""


@dataclass(frozen=True, slots=True)
class WordChange:
    """The characters [before_start, before_end) became the characters [start, end)."""

    before_start: int
    before_end: int
    """Equal to `before_start` where words were only added."""
    start: int
    end: int
    """Equal to `start` where words were only removed."""


def word_changes(before: str, after: str) -> tuple[WordChange, ...]:
    """The differences in the order of the text; () for equal texts. Long texts differ as a whole."""
    if before == after:
        return ()
    if max(len(before), len(after)) > _LONGEST:
        return (WordChange(0, len(before), 0, len(after)),)
    return tuple(_changes(_TOKEN.findall(before), _TOKEN.findall(after)))


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[WordChange]:
    before_at, after_at = ([0, *accumulate(map(len, tokens))] for tokens in (before, after))
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield WordChange(before_at[i], before_at[j], after_at[k], after_at[m])


def is_similar(before: str, after: str) -> bool:
    """Whether the one may have been made of the other; also where one of them is empty."""
    if max(len(before), len(after)) > _LONGEST:
        return before[:_PREFIX] == after[:_PREFIX]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return not before or not after or (matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR)
