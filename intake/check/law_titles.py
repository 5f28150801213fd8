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
_QUOTED: Final = line_pattern("《([^《》]{4,60})》", "》")
_OF_THE_PARTY: Final = (
    "中国共产党章程",
    "中国共产党廉洁自律准则",
    "中国共产党纪律处分条例",
    "中国共产党问责条例",
    "中国共产党党内监督条例",
    "中国共产党巡视工作条例",
    "中国共产党支部工作条例（试行）",
    "中国共产党农村工作条例",
    "中国共产党统一战线工作条例",
    "中国共产党宣传工作条例",
    "中国共产党组织工作条例",
    "中国共产党党员教育管理工作条例",
    "中国共产党党员权利保障条例",
    "中国共产党重大事项请示报告条例",
    "中国共产党农村基层组织工作条例",
    "中国共产党党组工作条例",
    "中国共产党政法工作条例",
    "关于新形势下党内政治生活的若干准则",
    "党政领导干部选拔任用工作条例",
    "党政机关公文处理工作条例",
    "信访工作条例",
    "党政机关厉行节约反对浪费条例",
    "推进领导干部能上能下规定",
    "地方党政领导干部安全生产责任制规定",
    "干部教育培训工作条例",
)
"""Regulations of the Communist Party, which collections of laws lack."""
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
        self._party = frozenset(_OF_THE_PARTY)
        for title in (*self._titles, *_OF_THE_PARTY):
            self._by_length[len(title)].append(title)

    def misspelt(self, title: str) -> str | None:
        """The title that was meant; None when this exists, or no single other is a mistaken character away.

        With or without 中华人民共和国, as it was written.
        """
        whole = f"{_COUNTRY}{title}"
        if title in self._titles or whole in self._titles or title in self._party:
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
    places = confusion().misspelt_places(written, title, 1)
    return bool(places) and not _OF_A_PLACE.search(title[places[0] : places[0] + _LONGEST_PLACE])


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
