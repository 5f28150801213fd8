"""Patterns that are looked for in every line of a text, most of which need no search.

A regular expression that begins with a look behind or a repetition is tried at every character. Whether a line holds a
certain character or word is known a hundred times faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinePattern:
    """A pattern, and the signs without which no line matches it."""

    pattern: re.Pattern[str]
    signs: tuple[str, ...]
    """Every match holds one of these, or depends on one around it."""

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        for sign in self.signs:
            if sign in text:
                return self.pattern.finditer(text, start)
        return iter(())

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.pattern.match(text, start)


def line_pattern(pattern: str, *signs: str) -> LinePattern:
    """The pattern, compiled. signs: as in `LinePattern`."""
    return LinePattern(re.compile(pattern), signs)
