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

_CODES: Final = 0x110000
"""Code points of Unicode. A byte for each takes 1 MB while ranges are joined; the ranges of fifty fonts took 12 MB."""


def merged(charsets: Iterable[str]) -> str:
    """The ranges of several fonts as one text: hexadecimal "start-end" or "code", separated by blanks, ascending.

    charsets: as fontconfig writes them ("20-7e a0").
    """
    covered = bytearray(_CODES)
    for charset in set(charsets):  # the faces of a family have the same
        for start, end in _ranges(charset):
            covered[start : end + 1] = b"\x01" * (end + 1 - start)
    return " ".join(f"{run.start():x}-{run.end() - 1:x}" for run in re.finditer(rb"\x01+", covered))


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
