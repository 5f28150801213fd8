"""Titles of laws and regulations in 《》 that are one character off a title that exists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import marisa_trie

from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, correction_at
from values import rules
from values.finding import Finding

_DATA: Final = Path(__file__).parent / "language" / "data" / "titles.marisa"
_QUOTED: Final = line_pattern(r"《((?:中华人民共和国)?[^《》]{4,60}?(?:法|条例|规定|办法|细则|规则|决定))》", "》")
_COUNTRY: Final = "中华人民共和国"


class LawTitles:
    """The titles, by all but one of their characters."""

    def __init__(self, path: Path) -> None:
        """Raises OSError when the file cannot be read."""
        self._titles = marisa_trie.Trie().mmap(str(path))
        self._by_length: dict[int, list[str]] = {}
        for title in self._titles:
            self._by_length.setdefault(len(title), []).append(title)

    def one_off(self, title: str) -> str | None:
        """The title that differs from this in one character; None when this exists or no single other is so near."""
        if title in self._titles or f"{_COUNTRY}{title}" in self._titles:
            return None
        near = [other for other in self._by_length.get(len(title), ()) if _differences(title, other) == 1]
        if not near and not title.startswith(_COUNTRY):
            whole = self.one_off(f"{_COUNTRY}{title}")
            return whole.removeprefix(_COUNTRY) if whole else None
        return near[0] if len(near) == 1 else None


def _differences(first: str, second: str) -> int:
    return sum(a != b for a, b in zip(first, second, strict=True))


@cache
def titles_of_laws() -> LawTitles:
    """Those that are shipped with the program."""
    return LawTitles(_DATA)


def law_titles(proof: Proof) -> Iterator[Finding]:
    """A title that no law has, and one character makes one of."""
    for line in proof.lines:
        for match in _QUOTED.finditer(line.text):
            right = titles_of_laws().one_off(match[1])
            if right is not None:
                message = f"《{match[1]}》与《{right}》只差一个字。"
                yield correction_at(line, match.span(1), rules.LAW_TITLE, message, right)
