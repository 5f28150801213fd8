"""Names and set phrases that are one character off: 区民政据, 不忘初心、劳记使命.

A phrase is looked for by its halves: one of them is whole where a single character is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Final

from intake.check.language.confusion import confusion
from intake.check.language.model import language_model
from intake.check.language.symbols import is_chinese
from intake.check.proof import Proof, correction_at
from intake.check.set_phrases import SET_PHRASES
from values import rules
from values.finding import Finding, Rule

_SHORTEST: Final = 4
"""Characters of a phrase: of shorter ones, too many others are one character off."""
_OPENING: Final = 2
"""Characters by which halves are looked up: the shortest half has no more."""
_USUAL: Final = 2.5
"""ln(1 + times) from which another sequence than the phrase is one of its own, counted ten times and more."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their halves."""

    by_opening: Mapping[str, tuple[str, ...]]
    """The halves that begin with two characters, the longest first."""
    by_half: Mapping[str, tuple[tuple[str, int], ...]]
    """The phrases that a half belongs to, and where it begins in them."""
    whole: frozenset[str]


@lru_cache(maxsize=16)
def phrases_of(phrases: tuple[str, ...]) -> Phrases:
    """Those of four characters and more."""
    by_half = defaultdict[str, list[tuple[str, int]]](list)
    for phrase in dict.fromkeys(phrases):
        if len(phrase) >= _SHORTEST:
            middle = (len(phrase) + 1) // 2
            by_half[phrase[:middle]].append((phrase, 0))
            by_half[phrase[middle:]].append((phrase, middle))
    by_opening = defaultdict[str, list[str]](list)
    for half in sorted(by_half, key=len, reverse=True):
        by_opening[half[:_OPENING]].append(half)
    return Phrases(
        {opening: tuple(halves) for opening, halves in by_opening.items()},
        {half: tuple(places) for half, places in by_half.items()},
        frozenset(phrase for places in by_half.values() for phrase, _ in places),
    )


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Characters of a text that differ from a phrase in one that is mistaken for the right one."""

    start: int
    phrase: str
    place: int
    """Of the wrong character, from `start`."""


def near_misses(text: str, phrases: Phrases) -> Iterator[NearMiss]:
    """In the order of the halves that are right; one may come twice, by both of its phrases."""
    for at, half in _halves_in(text, phrases):
        for phrase, offset in phrases.by_half[half]:
            start = at - offset
            written = text[start : start + len(phrase)] if start >= 0 else ""
            place = confusion().misspelt_place(written, phrase) if len(written) == len(phrase) else None
            if place is not None:
                yield NearMiss(start, phrase, place)


def _halves_in(text: str, phrases: Phrases) -> Iterator[tuple[int, str]]:
    """The longest half at each place, with the place."""
    by_opening = phrases.by_opening
    places = [at for at, opening in enumerate(map(add, text, text[1:])) if opening in by_opening]
    for at in places:
        for half in by_opening[text[at : at + _OPENING]]:
            if text.startswith(half, at):
                yield at, half
                break


def set_phrases(proof: Proof) -> Iterator[Finding]:
    """Set phrases of official prose with one character wrong."""
    yield from _misspelt(proof, phrases_of(SET_PHRASES), rules.SET_PHRASE, "这句话通常写作“{}”。")


def registered_names(proof: Proof) -> Iterator[Finding]:
    """Names of the register's units and the word list's leaders with one character wrong."""
    names = tuple(name for department in proof.departments for name in department.names)
    titles = tuple(f"{title}{leader.name}" for leader in proof.word_list.leaders for title in leader.titles)
    named = tuple(f"{leader.name}{title[-2:]}" for leader in proof.word_list.leaders for title in leader.titles)
    yield from _misspelt(proof, phrases_of((*names, *titles, *named)), rules.NEAR_NAME, "名录里写作“{}”。")


def _misspelt(proof: Proof, phrases: Phrases, rule: Rule, message: str) -> Iterator[Finding]:
    for line in proof.prose if phrases.whole else ():
        reported: set[int] = set()
        for miss in near_misses(line.text, phrases):
            written = line.text[miss.start : miss.start + len(miss.phrase)]
            at = miss.start + miss.place
            if written in phrases.whole or at in reported or _is_usual(line.text, at):
                continue
            reported.add(at)
            finding_message = f"“{written}”{message.format(miss.phrase)}"
            yield correction_at(line, (at, at + 1), rule, finding_message, miss.phrase[miss.place])


def _is_usual(text: str, place: int) -> bool:
    """Whether the character was counted often together with its neighbours: then it is another word."""
    model = language_model()
    return any(model.log_count(window) >= _USUAL for window in _windows(text, place))


def _windows(text: str, place: int) -> Iterator[str]:
    """Each three and four Chinese characters that the one there is part of."""
    for length in (3, 4):
        for start in range(max(0, place - length + 1), place + 1):
            window = text[start : start + length]
            if len(window) == length and all(map(is_chinese, window)):
                yield window
