"""What an office's own past issues write and the shipped counts lack: names of its villages, companies and people.

Sequences of three symbols, as `symbols_of` gives them, that the shipped counts have never seen. A guess about a
character is dropped where one of the sequences around it is among them (docs/decisions/0104).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import marisa_trie

from intake.check.language.model import LanguageModel
from intake.check.language.symbols import BOUNDARY, is_chinese, symbols_of

_LENGTH: Final = 3
MOST_SEQUENCES: Final = 300_000
"""Of an office, a megabyte: issues of ten years have fewer; beyond, those that stand in one place only are dropped."""


def new_sequences(lines: Iterable[str], model: LanguageModel) -> Counter[str]:
    """Sequences with a Chinese character that the model lacks, with the times that they occur."""
    counts = Counter[str]()
    for line in lines:
        text = symbols_of(line).text
        counts.update(text[start : start + _LENGTH] for start in range(len(text) - _LENGTH + 1))
    return Counter(
        {sequence: count for sequence, count in counts.items() if _is_new(sequence, model)}  # most are counted
    )


def _is_new(sequence: str, model: LanguageModel) -> bool:
    has_chinese = any(map(is_chinese, sequence.replace(BOUNDARY, "")))
    return has_chinese and BOUNDARY not in sequence[1:-1] and not model.is_counted(sequence)


def packed(counts: Counter[str], before: bytes) -> tuple[bytes, int]:
    """The sequences, with those that were packed before, as octets; and how many they are.

    before: as this function returned it; b"" for none. Of too many, the most frequent new ones are kept.
    """
    kept = set(_trie(before)) if before else set[str]()
    wanted = (sequence for sequence, _ in counts.most_common() if sequence not in kept)
    kept.update(sequence for _, sequence in zip(range(MOST_SEQUENCES - len(kept)), wanted, strict=False))
    return marisa_trie.Trie(sorted(kept)).tobytes(), len(kept)


@lru_cache(maxsize=2)  # of one office, and of what it was before
def _trie(octets: bytes) -> marisa_trie.Trie:
    return marisa_trie.Trie().frombytes(octets)


def stands_in_own_texts(line: str, start: int, end: int, octets: bytes) -> bool:
    """Whether the office has written these characters before in the same surroundings.

    start, end: of the characters in the line. octets: of `packed`; b"" for an office without past issues.
    """
    if not octets:
        return False
    trie = _trie(octets)
    return any(sequence in trie for sequence in _around(line, start, end))


def _around(line: str, start: int, end: int) -> Iterator[str]:
    """Every sequence that the characters are part of; of several characters, each that holds two of them."""
    symbols = symbols_of(line)
    places = [at for at, place in enumerate(symbols.places) if start <= place < end]
    if not places:
        return
    within = min(2, len(places))
    for first in range(max(0, places[0] - _LENGTH + within), places[-1] - within + 2):
        sequence = symbols.text[first : first + _LENGTH]
        if len(sequence) == _LENGTH:
            yield sequence
