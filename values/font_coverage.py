"""Which characters the fonts of the machine that prints can show."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

_DOUBTFUL: Final = re.compile("[\u2190-\u2bff\u3400-\u4dbf\ua000-\uabff\ue000-\uf8ff\U00010000-\U0010ffff]")
"""Characters that a font may lack: symbols, rare Chinese characters, scripts of minorities, private ones, emoji. The
others are in every font of a Chinese office."""
_UNSEEN: Final = re.compile("[\ufe00-\ufe0f\U000e0000-\U000e0fff]")
"""Selectors of a variant (Unicode 23.4), which show nothing themselves."""


def merged(charsets: Iterable[str]) -> str:
    """The ranges of several fonts as one text: hexadecimal "start-end" or "code", separated by blanks, ascending.

    charsets: as fontconfig writes them ("20-7e a0").
    """
    ranges = sorted(_ranges(" ".join(charsets)))
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return " ".join(f"{start:x}-{end:x}" for start, end in joined)


def uncovered(text: str, coverage: str) -> Iterator[tuple[int, str]]:
    """The characters of a text that no font has, with their offsets. coverage: of `merged`; "" when it is not known."""
    if not coverage:
        return
    for match in _DOUBTFUL.finditer(text):
        if not _UNSEEN.match(match[0]) and not _is_covered(ord(match[0]), coverage):
            yield match.start(), match[0]


def _is_covered(code: int, coverage: str) -> bool:
    starts, ends = _parsed(coverage)
    at = bisect_right(starts, code) - 1
    return at >= 0 and code <= ends[at]


@lru_cache(maxsize=2)  # a machine has one; parsing its thousands of ranges takes longer than an article's checks
def _parsed(coverage: str) -> tuple[list[int], list[int]]:
    ranges = list(_ranges(coverage))
    return [start for start, _ in ranges], [end for _, end in ranges]


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    for piece in text.split():
        start, _, end = piece.partition("-")
        yield int(start, 16), int(end or start, 16)
