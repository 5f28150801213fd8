"""Characters that are typed or read in place of others: those of the same or a like sound, and of a like shape."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parent / "data" / "characters.json"
_LIKE_SOUNDS: Final = ((r"^([zcs])h", r"\1"), (r"ng$", "n"), (r"^l", "n"))
"""Sounds that many speakers, and the fuzzy settings of input methods, do not distinguish: zh z, in ing, n l."""

_SILENT: Final = frozenset[str]()
"""The sounds of a character that is not in the tables."""


@dataclass(frozen=True, slots=True)
class Likeness:
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
        by_like = defaultdict[str, set[str]](set)
        for character, syllables in self._like.items():
            for syllable in syllables:
                by_like[syllable].add(character)
        self._by_like = {syllable: frozenset(characters) for syllable, characters in by_like.items()}
        self._alternatives: dict[str, frozenset[str]] = {}
        """Those that were asked for."""

    def alternatives(self, character: str) -> frozenset[str]:
        """Those that may have been meant; empty for a character that is not in the tables."""
        alternatives = self._alternatives.get(character)
        if alternatives is None:
            like = (self._by_like[syllable] for syllable in self._like.get(character, ()))
            alternatives = frozenset().union(self._shapes.get(character, ""), *like) - {character}
            self._alternatives[character] = alternatives
        return alternatives

    def likeness(self, written: str, meant: str) -> Likeness:
        """Of a character and one of its alternatives."""
        shape = self._shapes.get(written, "").find(meant)
        return Likeness(
            same_sound=self._usual.get(written) == self._usual.get(meant),
            like_sound=not self._like.get(written, _SILENT).isdisjoint(self._like.get(meant, ())),
            shape=None if shape < 0 else shape,
        )

    def misspelt_places(self, written: str, meant: str, most: int = 2) -> tuple[int, ...]:
        """Where two texts of one length differ, if in at most so many characters, each of which is mistaken for the
        other: 三位一体 is not 五位一体 misspelt. () for all others."""
        places = [place for place, (first, second) in enumerate(zip(written, meant, strict=True)) if first != second]
        if len(places) > most or any(meant[place] not in self.alternatives(written[place]) for place in places):
            return ()
        return tuple(places)


def _blurred(syllable: str) -> str:
    for pattern, like in _LIKE_SOUNDS:
        syllable = re.sub(pattern, like, syllable)
    return syllable


@cache
def confusion() -> Confusion:
    """The tables that are shipped with the program. Raises OSError when they are missing."""
    tables = json.loads(_DATA.read_text(encoding="utf-8"))
    return Confusion(tables["sounds"], tables["shapes"])
