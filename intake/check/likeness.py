"""Articles that are like each other: resent with small edits, or written about the same by several departments.

Comparing a text with every other takes too long for a year's articles. So each is known by a *sketch*, the least of
the hashes of its character sequences (Broder 1997), and only those that share enough of it are compared in full.
"""

from __future__ import annotations

import heapq
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from values import rules
from values.finding import Finding
from values.manuscript import Manuscript

NEAR: Final = 85.0
"""Per cent from which two texts are near-duplicates: an article with three edits is 98.7 % like itself, and
13.4 % like another (domain.md section 7)."""

_SEQUENCE: Final = 6
_BEGINS: Final = 4  # only sequences that begin with one character in four, told by its code point, are hashed
_SKETCH: Final = 48
_SHARED: Final = 3
_MOST_COMPARED: Final = 20
_LEAST: Final = 60
_LONGEST: Final = 20_000
_MOST_DIFFERENCES: Final = 3
_LONGEST_SHOWN: Final = 40
_SENTENCE: Final = re.compile(r"[^。！？；\n]+[。！？；]?")


@dataclass(frozen=True, slots=True)
class Known:
    """An article as far as it is compared. words: its text without white space. shown: how the editor is told of it."""

    id: int
    words: str
    shown: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """An article, and how like it a text is, in per cent."""

    known: Known
    percent: float


class Shelf:
    """Articles to compare with, in the order they were put here; a later state of one takes the earlier one's place."""

    def __init__(self) -> None:
        self._known: dict[int, Known] = {}
        self._by_hash: defaultdict[int, list[int]] = defaultdict(list)

    def put(self, known: Known) -> None:
        self.take_off(known.id)
        self._known[known.id] = known
        for number in _sketch(known.words):
            self._by_hash[number].append(known.id)

    def take_off(self, id: int) -> None:
        before = self._known.pop(id, None)
        for number in _sketch(before.words) if before else ():
            self._by_hash[number].remove(id)
            if not self._by_hash[number]:
                del self._by_hash[number]

    def like(self, words: str, least: float = NEAR) -> tuple[Likeness, ...]:
        """The articles at least that like `words`, the most alike first. A text too short to tell is like none."""
        shared = Counter(id for number in _sketch(words) for id in self._by_hash.get(number, ()))
        close = (id for id, count in shared.most_common(_MOST_COMPARED) if count >= _SHARED)
        found = (Likeness(self._known[id], likeness(words, self._known[id].words)) for id in close)
        return tuple(
            sorted((one for one in found if one.percent >= least), key=lambda one: (-one.percent, one.known.id))
        )


def words_of(manuscript: Manuscript) -> str:
    """The text of an article without white space, as it is compared."""
    return "".join(manuscript.text.split())[:_LONGEST]


def likeness(one: str, other: str) -> float:
    """How like two texts are, in per cent: of the characters, those that need no insertion or deletion."""
    return float(fuzz.ratio(one[:_LONGEST], other[:_LONGEST]))


def most_alike(words: str, others: Sequence[str], *, least: float, most: int) -> list[tuple[int, float]]:
    """Which of the others are at least that like `words`, by index, with per cent; the most alike first."""
    wanted = words[:_LONGEST]
    scored = ((at, float(fuzz.ratio(wanted, one[:_LONGEST], score_cutoff=least))) for at, one in enumerate(others))
    return sorted((one for one in scored if one[1] >= least), key=lambda one: -one[1])[:most]


def near_duplicate(found: Likeness, words: str) -> Finding:
    """What the editor is told of a near-duplicate: which article it is, and where the two texts differ."""
    percent = min(99, round(found.percent)) if found.known.words != words else 100
    message = f"与{found.known.shown}相似 {percent}%，可能是重复报送、续报或一稿多投。"
    told = differences(found.known.words, words)
    return rules.NEAR_DUPLICATE.finding(message, suggestion="；".join(told) or None)


def differences(before: str, after: str) -> tuple[str, ...]:
    """The first sentences in which two texts differ, as 原“…”，现“…”."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    told: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        told.append("，".join(filter(None, (_shown("原", old[i:j], new[k:m]), _shown("现", new[k:m], old[i:j])))))
        if len(told) == _MOST_DIFFERENCES:
            break
    return tuple(told)


def _shown(which: str, sentences: Sequence[str], others: Sequence[str]) -> str:
    """The place of the first difference, with some words around it."""
    text, other = "".join(sentences), "".join(others)
    if not text:
        return ""
    at = next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    start = max(0, min(at - _LONGEST_SHOWN // 2, len(text) - _LONGEST_SHOWN))
    part = text[start : start + _LONGEST_SHOWN]
    return f"{which}“{'…' if start else ''}{part}{'…' if start + len(part) < len(text) else ''}”"


@lru_cache(maxsize=8)  # an article is looked up, then put on the shelf
def _sketch(words: str) -> frozenset[int]:
    if len(words) < _LEAST:
        return frozenset()
    starts = (at for at in range(len(words) - _SEQUENCE + 1) if ord(words[at]) % _BEGINS == 0)
    sequences = {words[at : at + _SEQUENCE] for at in starts}
    return frozenset(heapq.nsmallest(_SKETCH, (zlib.crc32(one.encode("utf-8", "surrogatepass")) for one in sequences)))
