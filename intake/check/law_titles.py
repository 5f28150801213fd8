"""Titles of laws and regulations in 《》 that are one character off a title that exists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import marisa_trie

from intake.check.language.confusion import confusion
from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, correction_at
from values import rules
from values.finding import Finding

_DATA: Final = Path(__file__).parent / "language" / "data" / "titles.marisa"
_QUOTED: Final = line_pattern(r"《((?:中华人民共和国)?[^《》]{4,60}?(?:法|条例|规定|办法|细则|规则|决定))》", "》")
_COUNTRY: Final = "中华人民共和国"
_OF_A_PLACE: Final = re.compile("[省市县区州盟旗]")
_LONGEST_PLACE: Final = 6
"""Characters from the first of a place's name to the word for its rank: 呼和浩特市, 五指山市."""


class LawTitles:
    """Titles of laws, by their length."""

    def __init__(self, path: Path) -> None:
        """Raises OSError or RuntimeError when the file cannot be read."""
        self._titles = marisa_trie.Trie().mmap(str(path))
        self._by_length = defaultdict[int, list[str]](list)
        for title in self._titles:
            self._by_length[len(title)].append(title)

    def misspelt(self, title: str) -> str | None:
        """The title that was meant; None when this exists, or no single other is a mistaken character away.

        With or without 中华人民共和国, as it was written.
        """
        whole = f"{_COUNTRY}{title}"
        if title in self._titles or whole in self._titles:
            return None
        meant = [other for other in self._by_length.get(len(title), ()) if _is_misspelt(title, other)]
        meant += [
            other.removeprefix(_COUNTRY)
            for other in self._by_length.get(len(whole), ())
            if other.startswith(_COUNTRY) and _is_misspelt(whole, other)
        ]
        return meant[0] if len(set(meant)) == 1 else None


def _is_misspelt(written: str, title: str) -> bool:
    """Not where the name of a place differs: 《陕西省…条例》 may exist as well as 《山西省…条例》."""
    place = confusion().misspelt_place(written, title)
    return place is not None and not _OF_A_PLACE.search(title[place : place + _LONGEST_PLACE])


@cache
def titles_of_laws() -> LawTitles:
    """Those that are shipped with the program."""
    return LawTitles(_DATA)


def law_titles(proof: Proof) -> Iterator[Finding]:
    """A title that no law has, and that a mistaken character makes one of."""
    for line in proof.lines:
        for match in _QUOTED.finditer(line.text):
            right = titles_of_laws().misspelt(match[1])
            if right is not None:
                message = f"《{match[1]}》与《{right}》只差一个字。"
                yield correction_at(line, match.span(1), rules.LAW_TITLE, message, right)
