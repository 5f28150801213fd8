"""Characters that are typed or read in place of others: those of the same or a like sound, and of a like shape."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parent / "data" / "characters.json"
_LIKE_SOUNDS: Final = ((r"^([zcs])h", r"\1"), (r"ng$", "n"), (r"^l", "n"))
"""Sounds that many speakers, and the fuzzy settings of input methods, do not distinguish: zh z, in ing, n l."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """How a character that may have been meant is like the one that was written."""

    same_sound: bool
    """In the usual reading of both: 找 is read huà in old texts alone."""
    like_sound: bool
    """In any reading, when the sounds of `_LIKE_SOUNDS` are not distinguished; so also where `same_sound` holds."""
    shape: int | None
    """Its rank among the characters of like shape, from 0; None when it is not among the first twenty."""


class Confusion:
    """Which characters are mistaken for which."""

    def __init__(self, sounds: dict[str, list[str]], shapes: dict[str, str]) -> None:
        """sounds: the syllables of each character, without tones, the usual one first. shapes: the characters most like
        it, in order."""
        self._usual = {character: syllables[0] for character, syllables in sounds.items() if syllables}
        self._like = {character: frozenset(map(_blurred, syllables)) for character, syllables in sounds.items()}
        self._shapes = shapes
        self._by_like = defaultdict[str, list[str]](list)
        for character, syllables in self._like.items():
            for syllable in syllables:
                self._by_like[syllable].append(character)
        self._computed: dict[str, Mapping[str, Alternative]] = {}

    def alternatives(self, character: str) -> Mapping[str, Alternative]:
        """By character; {} for one that is not in the tables."""
        alternatives = self._computed.get(character)
        if alternatives is None:
            alternatives = self._computed[character] = self._alternatives(character)
        return alternatives

    def misspelt_place(self, written: str, meant: str) -> int | None:
        """Where two texts of one length differ, if in one character that is mistaken for the other: 三位一体 is not
        五位一体 misspelt. None for all others."""
        places = [place for place, (first, second) in enumerate(zip(written, meant, strict=True)) if first != second]
        if len(places) != 1 or meant[places[0]] not in self.alternatives(written[places[0]]):
            return None
        return places[0]

    def _alternatives(self, character: str) -> Mapping[str, Alternative]:
        usual, shapes = self._usual.get(character), self._shapes.get(character, "")
        like = {other for syllable in self._like.get(character, ()) for other in self._by_like[syllable]}
        ranks = {other: rank for rank, other in enumerate(shapes)}
        return {
            other: Alternative(usual == self._usual.get(other), other in like, ranks.get(other))
            for other in (like | ranks.keys()) - {character}
        }


def _blurred(syllable: str) -> str:
    for pattern, like in _LIKE_SOUNDS:
        syllable = re.sub(pattern, like, syllable)
    return syllable


@cache
def confusion() -> Confusion:
    """The tables that are shipped with the program. Raises OSError when they are missing."""
    tables = json.loads(_DATA.read_text(encoding="utf-8"))
    return Confusion(tables["sounds"], tables["shapes"])
