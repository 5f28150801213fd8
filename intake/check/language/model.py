"""Counts of sequences of one to four symbols in official Chinese, and the words of a dictionary, read from files.

The files are made by `tools/make_language_data.py` (decision 0090). They are mapped into memory, so that all processes
share them.
"""

from __future__ import annotations

import json
import math
import mmap
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from operator import add
from pathlib import Path
from typing import Final

import marisa_trie

from intake.check.language.symbols import BOUNDARY

_DATA: Final = Path(__file__).parent / "data"
LONGEST: Final = 4
"""Symbols of the longest sequence that is counted."""
_STEPS: Final = 16
"""Steps of a stored count for each unit of its natural logarithm: an octet holds counts up to eight million, to 6 %."""
_LOG_COUNTS: Final = tuple(octet / _STEPS for octet in range(256))
_BACK_OFF: Final = math.log(0.4)
"""For each symbol by which a context that was never seen is shortened (Brants et al. 2007, stupid backoff)."""
_UNSEEN: Final = 0.1
"""Times that a symbol which was never counted is taken to have occurred."""


class LanguageModel:
    """Counts and words."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError when a file cannot be read."""
        self._sequences = marisa_trie.Trie().mmap(str(folder / "sequences.marisa"))
        self._words = marisa_trie.Trie().mmap(str(folder / "words.marisa"))
        with (folder / "counts.bin").open("rb") as file:
            self._counts = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        pairs = json.loads((folder / "pairs.json").read_text(encoding="utf-8"))
        self._followers = _Partners(pairs)
        self._predecessors = _Partners(_reversed(pairs))
        self._seen: dict[str, float] = {}
        """Logarithms of what was looked up for this text; emptied by `forget`."""
        self._triples: dict[str, tuple[bool, ...]] = {}
        """As `counted_triples`, by line; emptied by `forget`."""
        self._symbols = math.log(json.loads((folder / "characters.json").read_text(encoding="utf-8"))["symbols"])

    def log_count(self, sequence: str) -> float:
        """ln(1 + times) that these one to four symbols occurred; 0.0 for never, or too rarely to be stored."""
        seen = self._seen.get(sequence)
        if seen is None:
            key = self._sequences.get(sequence)
            seen = self._seen[sequence] = 0.0 if key is None else _LOG_COUNTS[self._counts[key]]
        return seen

    def is_counted(self, sequence: str) -> bool:
        """Whether these one to four symbols occurred, often enough to be stored."""
        return sequence in self._sequences

    def counted_triples(self, text: str) -> tuple[bool, ...]:
        """Whether each three symbols in sequence occurred, from the first on. Several checks ask, and it takes 1 µs a
        symbol: it is remembered until `forget`."""
        counted = self._triples.get(text)
        if counted is None:
            triples = map(add, map(add, text, text[1:]), text[2:])
            counted = self._triples[text] = tuple(map(self._sequences.__contains__, triples))
        return counted

    def followers(self, symbol: str) -> frozenset[str]:
        """The symbols that were counted after it."""
        return self._followers.of(symbol)

    def predecessors(self, symbol: str) -> frozenset[str]:
        """The symbols that were counted before it."""
        return self._predecessors.of(symbol)

    def is_word(self, text: str) -> bool:
        """Whether it is a word of two to four characters in the dictionary."""
        return text in self._words

    def log_probability(self, context: str, symbol: str) -> float:
        """Of the symbol after up to three others: of the longest context that was seen before it.

        A context reaches no further than the last boundary.
        """
        context = context[max(0, len(context) - LONGEST + 1, context.rfind(BOUNDARY)) :]
        shortened = 0.0
        while context:
            together = self.log_count(context + symbol)
            if together:
                return shortened + together - self.log_count(context)
            context = context[1:]
            shortened += _BACK_OFF
        return shortened + max(self.log_count(symbol), math.log(_UNSEEN)) - self._symbols

    def forget(self) -> None:
        """Frees what was remembered of one text."""
        self._seen.clear()
        self._triples.clear()


class _Partners:
    """The symbols that form a pair with each symbol; sets are made when they are asked for."""

    def __init__(self, partners: Mapping[str, str]) -> None:
        self._partners = partners
        self._sets: dict[str, frozenset[str]] = {}

    def of(self, symbol: str) -> frozenset[str]:
        partners = self._sets.get(symbol)
        if partners is None:
            partners = self._sets[symbol] = frozenset(self._partners.get(symbol, ""))
        return partners


def _reversed(pairs: Mapping[str, str]) -> Mapping[str, str]:
    predecessors = defaultdict[str, list[str]](list)
    for symbol, followers in pairs.items():
        for follower in followers:
            predecessors[follower].append(symbol)
    return {symbol: "".join(before) for symbol, before in predecessors.items()}


@cache
def language_model() -> LanguageModel:
    """The one that is shipped with the program. Raises OSError when its files are missing."""
    return LanguageModel(_DATA)
