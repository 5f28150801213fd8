"""A line of text as the symbols that are counted: every Chinese character, one symbol for a number, one for Latin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

BOUNDARY: Final = "\n"
"""Stands for the ends of a line and for everything that is neither Chinese, a number nor Latin."""
NUMBER: Final = "0"
LATIN: Final = "a"
_SYMBOLS: Final = {"number": NUMBER, "latin": LATIN, "boundary": BOUNDARY}
_NOT_CHINESE: Final = re.compile(
    r"(?P<number>[0-9０-９〇]+(?:[.．][0-9]+)?)|(?P<latin>[A-Za-zＡ-Ｚａ-ｚ]+)|(?P<boundary>[^0-9０-９〇A-Za-zＡ-Ｚａ-ｚ\u3400-\u9fff]+)"
)
"""What stands between Chinese characters, by the group's name in `_SYMBOLS`."""


@dataclass(frozen=True, slots=True)
class Symbols:
    """A line, between two boundaries."""

    text: str
    """A character for each symbol."""
    places: tuple[int, ...]
    """Where each symbol begins in the line; -1 and the line's length for the boundaries at its ends."""


def symbols_of(line: str) -> Symbols:
    """Boundaries that follow each other are one."""
    pieces, places, last, end = [BOUNDARY], [-1], BOUNDARY, 0
    for match in _NOT_CHINESE.finditer(line):
        start = match.start()
        if start > end:  # Chinese characters are taken a run at a time
            pieces.append(line[end:start])
            places.extend(range(end, start))
            last = ""
        symbol, end = _SYMBOLS[match.lastgroup or ""], match.end()
        if not symbol == last == BOUNDARY:
            pieces.append(symbol)
            places.append(start)
        last = symbol
    pieces.append(line[end:])
    places.extend(range(end, len(line)))
    if last != BOUNDARY or end < len(line):
        pieces.append(BOUNDARY)
        places.append(len(line))
    return Symbols("".join(pieces), tuple(places))


def is_chinese(symbol: str) -> bool:
    return symbol >= "\u3400"
