"""Articles that are like each other: resent with small edits, or written about the same by several departments.

Comparing a text with every other takes too long for a year's articles (some 70 µs a pair: 5,000 texts, 350 ms). So
an index keeps of each a *sketch*, the least of the hashes of its character sequences (Broder 1997), and only the texts
that share enough of it are compared in full.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from values import rules
from values.finding import LedgerNote
from values.manuscript import Manuscript

NEAR: Final = 85.0
"""Per cent from which two texts are near-duplicates: an article with three edits is 98.7 % like itself, and
13.4 % like another (domain.md section 7)."""
SHORTEST: Final = 60
"""Characters from which the likeness of a text means something: captions and notes on events are shorter, and alike
whatever they report."""

_SEQUENCE: Final = 6
"""Characters of a sequence: longer than set phrases (四个字的成语), so that what is shared is text and not usage."""
_SEQUENCE_BEGINNING: Final = re.compile(b"[" + b"".join(re.escape(bytes([low])) for low in range(0, 256, 8)) + b"]")
"""Only sequences that begin with one UTF-16 unit in eight, chosen by its low byte, are hashed."""
_EVERY_SEQUENCE: Final = 480
"""Characters below which all sequences are hashed: an eighth of so few would leave too few to share."""
_SKETCH: Final = 48
"""Hashes of a sketch: 5,000 texts that share nothing take 18 MB of index; see `_SHARED` for what it finds."""
_BUCKETS: Final = 1 << 14
"""Of the hashes in an index: with 5,000 texts one holds 15 hashes, which takes a microsecond to look through."""
_ID_BITS: Final = 32
_LARGEST_ID: Final = (1 << _ID_BITS) - 1
_SHARED: Final = 3
"""Hashes that two sketches of `_SKETCH` must share for the texts to be compared in full. Measured on 1,200 characters
of the printed issue: with sentences replaced, every text still 48 % alike is found; with single characters replaced
everywhere, every text 80 % alike, 90 % of those 70 % alike, and few below 60 %."""
_MOST_COMPARED: Final = 20
"""The texts with the most shared hashes that are compared in full: 1.4 ms in all."""
_LONGEST: Final = 20_000
"""Characters of a text that are compared: ten times a long article; bounds the time, which grows with the square."""
_MOST_DIFFERENCES: Final = 3
"""Places that a finding quotes; where there are more, the two texts are to be read side by side."""
_LONGEST_SHOWN: Final = 40
"""Characters around a difference: a line in the margin of the draft."""
_SENTENCE: Final = re.compile(r"[^。！？；\n]+[。！？；]?")


@dataclass(frozen=True, slots=True)
class IndexedText:
    """An article as far as it is compared."""

    id: int
    words: str
    """Its text without white space, as `words_of` returns it."""
    label: str = ""
    """Chinese: names the article in a finding."""


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A text of the index, and how like it the given one is."""

    text: IndexedText
    percent: float


class TextIndex:
    """Texts to search for those like a given one."""

    def __init__(self) -> None:
        self._texts: dict[int, IndexedText] = {}
        self._postings: defaultdict[int, array[int]] = defaultdict(lambda: array("Q"))
        """By bucket: the hashes in it, each with the id of its text in the low bits. Arrays of numbers take a third of
        the memory of a dictionary."""

    def add(self, text: IndexedText) -> None:
        """Adds a text; a text of the same id is replaced."""
        self.remove(text.id)
        self._texts[text.id] = text
        for number in _sketch(text.words):
            self._postings[number % _BUCKETS].append(number << _ID_BITS | text.id)

    def remove(self, id: int) -> None:
        """Removes the text of this id, if there is one."""
        text = self._texts.pop(id, None)
        for number in _sketch(text.words) if text else ():
            self._postings[number % _BUCKETS].remove(number << _ID_BITS | id)

    def search(self, words: str, *, least: float, most: int) -> tuple[TextMatch, ...]:
        """The texts that are at least that like `words`, in per cent; at most that many, the most alike first."""
        shared = Counter(id for number in _sketch(words) for id in self._ids_with(number))
        candidates = [self._texts[id] for id, count in shared.most_common(_MOST_COMPARED) if count >= _SHARED]
        matches = [TextMatch(text, likeness(words, text.words)) for text in candidates]
        matches = [match for match in matches if match.percent >= least]
        return tuple(sorted(matches, key=lambda match: (-match.percent, match.text.id))[:most])

    def _ids_with(self, number: int) -> Iterator[int]:
        """The ids of the texts whose sketches have this hash."""
        for posting in self._postings.get(number % _BUCKETS, ()):
            if posting >> _ID_BITS == number:
                yield posting & _LARGEST_ID


def sketch_of(words: str) -> array[int]:
    """The sketch of a text, for `likely_alike`: 48 numbers at most, some 200 octets."""
    return array("I", sorted(_sketch(words)))


def likely_alike(words: str, sketches: Iterable[tuple[int, array[int]]]) -> tuple[int, ...]:
    """The ids of the texts whose sketches share enough with `words` for a comparison in full, the most similar first.

    sketches: the id of each text, and what `sketch_of` returned for it.
    """
    own = _sketch(words)
    shared = Counter({id: len(own.intersection(sketch)) for id, sketch in sketches})
    return tuple(id for id, count in shared.most_common(_MOST_COMPARED) if count >= _SHARED)


def words_of(manuscript: Manuscript) -> str:
    """The text of an article without white space, as it is compared."""
    return "".join(manuscript.text.split())[:_LONGEST]


def likeness(words: str, other: str) -> float:
    """How like two texts are, in per cent: of the characters, those that need no insertion or deletion."""
    return float(fuzz.ratio(words[:_LONGEST], other[:_LONGEST]))


def rounded_percent(percent: float, *, same: bool) -> int:
    """As it is shown: 100 for the very same words alone. same: whether the two texts are equal."""
    return 100 if same else min(99, round(percent))


def near_duplicate(match: TextMatch, words: str) -> LedgerNote:
    """The note on an article with these words that is nearly another: which one, and where the two texts differ."""
    percent = rounded_percent(match.percent, same=match.text.words == words)
    clause = f"与{match.text.label}相似 {percent}%，可能是重复报送、续报或一稿多投"
    return LedgerNote(rules.NEAR_DUPLICATE, clause, "；".join(differences(match.text.words, words)) or None)


def differences(before: str, after: str) -> tuple[str, ...]:
    """The first sentences in which two texts differ, as 原“…”，现“…”."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    shown: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        shown.append("，".join(filter(None, (_shown("原", old[i:j], new[k:m]), _shown("现", new[k:m], old[i:j])))))
        if len(shown) == _MOST_DIFFERENCES:
            break
    return tuple(shown)


def _shown(which: str, sentences: Sequence[str], counterpart: Sequence[str]) -> str:
    """The place of the first difference, with some words around it."""
    text, other = "".join(sentences), "".join(counterpart)
    if not text:
        return ""
    at = next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    start = max(0, min(at - _LONGEST_SHOWN // 2, len(text) - _LONGEST_SHOWN))
    part = text[start : start + _LONGEST_SHOWN]
    return f"{which}“{'…' if start else ''}{part}{'…' if start + len(part) < len(text) else ''}”"


@lru_cache(maxsize=8)  # an article is searched for, then added
def _sketch(words: str) -> frozenset[int]:
    units = words.encode("utf-16-le", "surrogatepass")
    last = len(units) // 2 - _SEQUENCE
    if last < 0:
        return frozenset()
    if len(words) < _EVERY_SEQUENCE:
        starts = list(range(last + 1))
    else:
        starts = [match.start() for match in _SEQUENCE_BEGINNING.finditer(units[::2], 0, last + 1)]
    sequences = {units[2 * start : 2 * (start + _SEQUENCE)] for start in starts}
    return frozenset(sorted(map(zlib.crc32, sequences))[:_SKETCH])
