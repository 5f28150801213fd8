"""更正: the text of an erratum, and the words in which a later text differs from the printed one. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from values.manuscript import Manuscript, Paragraph

_MOST: Final = 10
"""Words that are proposed; a text that differs in more was written anew, and is printed again as a whole."""
_LONGEST: Final = 60
"""Characters of words that are proposed."""
_CONTEXT: Final = 12
"""Characters that words are lengthened by, at most, on each side, until they occur once."""
_STOPS: Final = "。，；、\t\n"
"""Characters after which words are not lengthened; a tab divides the cells of a table."""
_FIGURE: Final = re.compile(r"[0-9A-Za-z.%]")
"""Characters of a figure or a name, which is corrected as a whole: 94 to 93, not 4 to 3."""


@dataclass(frozen=True, slots=True)
class WrongWords:
    """Words that were printed and are wrong."""

    wrong: str
    """As they were printed."""
    right: str
    """"": they are to be deleted."""

    @property
    def in_words(self) -> str:
        """“94个”应为“93个”."""
        return f"“{self.wrong}”应为“{self.right}”" if self.right else f"“{self.wrong}”应删去"


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """Where the article that is corrected was printed."""

    label: str
    """第70期."""
    dated: date
    title: str


def erratum_of(place: PrintedPlace, words: Sequence[WrongWords], wording: str) -> Manuscript:
    """The erratum, without a byline: it is the editors' own. wording: `BulletinSettings.correction_wording`."""
    day = f"{place.dated.year}年{place.dated.month}月{place.dated.day}日"
    fields = {
        "期号": place.label,
        "日期": day,
        "标题": place.title,
        "改正": "，".join(each.in_words for each in words),
    }
    text = re.sub(r"\{(期号|日期|标题|改正)\}", lambda field: fields[field[1]], wording)
    return Manuscript((f"关于《{place.title}》的更正",), None, (Paragraph(text),))


def is_printed(manuscript: Manuscript, words: str) -> bool:
    """Whether the words stand in the title, the byline or a line of the text, whatever the blanks between them."""
    wanted = _bare(words)
    return any(wanted in _bare(line) for line in (manuscript.title, manuscript.byline or "", *manuscript.lines))


def differing_words(printed: Manuscript, later: Manuscript) -> tuple[WrongWords, ...]:
    """The words of the printed text that a later one has otherwise, at most ten; lines that only one of them has are
    left out. Words are lengthened until they occur once in the printed text."""
    before, after = (printed.title, *printed.lines), (later.title, *later.lines)
    whole = "\n".join(before)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    differing: list[WrongWords] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "replace" and j - i == m - k:
            for old, new in zip(before[i:j], after[k:m], strict=True):
                differing += _differing(old, new, whole)
    return tuple(each for each in differing if len(each.wrong) <= _LONGEST and len(each.right) <= _LONGEST)[:_MOST]


def _differing(old: str, new: str, whole: str) -> list[WrongWords]:
    words: list[WrongWords] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        start, end = _lengthened(old, i, j, whole)
        wrong = old[start:end]
        right = new[max(0, k - (i - start)) : m + (end - j)]
        if not words or words[-1] != WrongWords(wrong, right):
            words.append(WrongWords(wrong, right))
    return words


def _lengthened(text: str, start: int, end: int, whole: str) -> tuple[int, int]:
    """The span with the rest of a figure at both ends, then by characters until its words occur once."""
    while start and _FIGURE.match(text[start - 1]):
        start -= 1
    while end < len(text) and _FIGURE.match(text[end]):
        end += 1
    for _ in range(_CONTEXT):
        if end > start and whole.count(text[start:end]) == 1:
            break
        if end < len(text) and text[end] not in _STOPS:
            end += 1
        elif start:
            start -= 1
    return start, end


def _bare(text: str) -> str:
    return "".join(text.split())
