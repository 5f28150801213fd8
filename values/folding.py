"""How texts are compared in a search: neither width nor letter case matters, nor how an accent is written.

Each character is folded by itself, so that a piece of a text, folded, is a piece of the folded text. Folding whole
texts does not guarantee that: it may join the last character of a word with the first of the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

_MOST_REMEMBERED: Final = 65_536
"""Characters whose folding is remembered: all that texts use, without letting a letter fill the memory with others."""
_MOST_WORDS: Final = 10
"""Words of a query, each of which is looked for in every text."""
_LONGEST_QUERY: Final = 200
"""Characters of a query that are read: longer than any sentence somebody searches for."""


class _Folds(dict[int, str]):
    """The folding of each character, by its code point, for `str.translate`; NFKD also decomposes ﬁ and ①."""

    def __missing__(self, number: int) -> str:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(number)).casefold())
        if len(self) < _MOST_REMEMBERED:  # a letter may hold every character of Unicode
            self[number] = folded
        return folded


_FOLDS: Final = _Folds({0: ""})  # PostgreSQL refuses NUL in a text
_FOLDABLE: Final = re.compile("[^一-\u9fff a-z0-9。、“”‘’《》〈〉【】「」—·.,:;?!()\n\t-]+")
"""What may be changed by folding. Most characters of a Chinese text are not: they need not be looked up."""


@dataclass(frozen=True, slots=True)
class ExcerptPiece:
    """A piece of an excerpt."""

    text: str
    marked: bool = False
    """Whether it is what was searched for."""


def fold(text: str) -> str:
    """The text as it is compared."""
    return _FOLDABLE.sub(_translated, text)


def _translated(match: re.Match[str]) -> str:
    return match.group().translate(_FOLDS)


def words_of_query(query: str) -> tuple[str, ...]:
    """The words of a query, folded, each once; () for one of white space. At most ten."""
    return tuple(dict.fromkeys(filter(None, map(fold, query[:_LONGEST_QUERY].split()))))[:_MOST_WORDS]


def excerpt(text: str, words: Sequence[str], *, around: int = 30) -> tuple[ExcerptPiece, ...]:
    """The text around the first of the folded words, on one line, with every word in it marked.

    around: characters on both sides. Where none of the words occurs: the beginning of the text.
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


def _pieces(text: str, marked: Sequence[bool], *, before: bool, after: bool) -> Iterator[ExcerptPiece]:
    if before:
        yield ExcerptPiece("…")
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[begin]:
            yield ExcerptPiece(text[begin:place].replace("\n", " ").replace("\t", " "), marked[begin])
            begin = place
    if after:
        yield ExcerptPiece("…")
