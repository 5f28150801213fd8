"""How texts are compared when somebody searches: neither width nor letter case counts, nor how an accent is written.

Each character is folded by itself, so that what stands in a text also stands, folded, in the folded text. Folding whole
texts would not promise that: it may join the last character of a word with the first of the next one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

_MOST_REMEMBERED: Final = 65_536
_MOST_WORDS: Final = 10
_LONGEST_QUERY: Final = 200


class _Folds(dict[int, str]):
    """What becomes of each character, by its number, for `str.translate`; NFKD also takes ﬁ and ① apart."""

    def __missing__(self, number: int) -> str:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(number)).casefold())
        if len(self) < _MOST_REMEMBERED:  # a letter may hold every character there is
            self[number] = folded
        return folded


_FOLDS: Final = _Folds({0: ""})  # no database likes NUL in a text


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt. marked: it is what was searched for."""

    text: str
    marked: bool = False


def fold(text: str) -> str:
    """The text as it is compared."""
    return text.translate(_FOLDS)


def words_of_query(query: str) -> tuple[str, ...]:
    """The words somebody searches for, folded, each once; () for a query of white space. Too many are cut off."""
    return tuple(dict.fromkeys(filter(None, map(fold, query[:_LONGEST_QUERY].split()))))[:_MOST_WORDS]


def excerpt(text: str, words: Sequence[str], *, around: int = 30) -> tuple[Piece, ...]:
    """The place where the first of the folded words stands, with so many characters on both sides, on one line.

    Every word that stands there is marked. Without any of them: the beginning of the text.
    """
    folded = fold(text)
    starts: Sequence[int] = range(len(text) + 1)
    if len(folded) != len(text):
        starts = [0, *accumulate(len(_FOLDS[ord(character)]) for character in text)]
    first = min((at for word in words if (at := folded.find(word)) >= 0), default=0)
    longest = max((len(word) for word in words if folded.startswith(word, first)), default=0)
    begin = max(_place(starts, first) - around, 0)
    end = min(_place(starts, max(first + longest - 1, first)) + 1 + around, len(text))
    marked = [False] * (end - begin)
    for word in words:
        for at in _all_places(folded, word, starts[begin], starts[end]):
            for place in range(_place(starts, at), _place(starts, at + len(word) - 1) + 1):
                if begin <= place < end:
                    marked[place - begin] = True
    return tuple(_pieces(text[begin:end], marked, before=begin > 0, after=end < len(text)))


def _place(starts: Sequence[int], at: int) -> int:
    """The character of the text that a position of the folded text belongs to."""
    low, high = 0, len(starts) - 1
    while low < high - 1:
        middle = (low + high) // 2
        low, high = (middle, high) if starts[middle] <= at else (low, middle)
    return low


def _all_places(folded: str, word: str, begin: int, end: int) -> Iterator[int]:
    at = folded.find(word, max(begin - len(word) + 1, 0))
    while 0 <= at < end:
        yield at
        at = folded.find(word, at + 1)


def _pieces(text: str, marked: Sequence[bool], *, before: bool, after: bool) -> Iterator[Piece]:
    if before:
        yield Piece("…")
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[begin]:
            yield Piece(text[begin:place].replace("\n", " ").replace("\t", " "), marked[begin])
            begin = place
    if after:
        yield Piece("…")
