"""A line of text as the symbols that are counted: every Chinese character, one symbol for a number, one for Latin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

BOUNDARY: Final = "\n"
"""Stands for the ends of a line and for everything that is neither Chinese, a number nor Latin."""
NUMBER: Final = "0"
LATIN: Final = "a"
_SYMBOL: Final = re.compile(
    r"(?P<number>[0-9０-９〇]+(?:[.．][0-9]+)?)|(?P<latin>[A-Za-zＡ-Ｚａ-ｚ]+)|[\u3400-\u9fff]|(?P<boundary>[^0-9０-９〇A-Za-zＡ-Ｚａ-ｚ\u3400-\u9fff]+)"
)


@dataclass(frozen=True, slots=True)
class Symbols:
    """A line, between two boundaries."""

    text: str
    """A character for each symbol."""
    places: tuple[int, ...]
    """Where each symbol begins in the line; -1 and the line's length for the boundaries at its ends."""


def symbols_of(line: str) -> Symbols:
    """Boundaries that follow each other are one."""
    text, places = [BOUNDARY], [-1]
    for match in _SYMBOL.finditer(line):
        symbol = {"number": NUMBER, "latin": LATIN, "boundary": BOUNDARY}.get(match.lastgroup or "", match[0])
        if symbol != BOUNDARY or text[-1] != BOUNDARY:
            text.append(symbol)
            places.append(match.start())
    if text[-1] != BOUNDARY:
        text.append(BOUNDARY)
        places.append(len(line))
    return Symbols("".join(text), tuple(places))


def is_chinese(symbol: str) -> bool:
    return symbol >= "\u3400"
