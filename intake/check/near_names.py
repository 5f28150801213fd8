"""Names and set phrases that are a character off, long names also two: 区民政据, 不忘初心、劳记使命.

A phrase is looked for by its halves: one of them is whole where a single character is wrong.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Final

from intake.check.language.confusion import confusion
from intake.check.language.model import language_model
from intake.check.language.symbols import is_chinese
from intake.check.proof import CHINESE, Proof, correction_at
from intake.check.set_phrases import SET_PHRASES
from values import rules
from values.finding import Finding, Rule

_SHORTEST: Final = 4
"""Characters of a phrase: of shorter ones, too many others are one character off."""
_SHORT_NAME: Final = 3
"""Characters of a registered name of which only one of the same sound is a mistaken one (水冬镇)."""
_SHORTEST_ODD: Final = 5
"""Characters of a phrase that is recognised although the wrong one is not mistaken for the right one."""
_TWO_WRONG: Final = 6
"""Characters of a registered name from which on two of them may be wrong."""
_OPENING: Final = 2
"""Characters by which halves are looked up: the shortest half has no more."""
_USUAL: Final = 2.5
"""ln(1 + times) from which another sequence than the phrase is one of its own, counted ten times and more."""
_WITHIN: Final = 2
"""Characters of the phrase in a sequence that counts as one of its own: in 街到组织, 到组织 says nothing about 街到."""
_THREE_CHINESE: Final = re.compile(f"{CHINESE}{{3}}")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their halves."""

    openings: frozenset[str]
    """The first two characters of the halves."""
    by_opening: Mapping[str, tuple[str, ...]]
    """The halves that begin with two characters, the longest first."""
    by_half: Mapping[str, tuple[tuple[str, int], ...]]
    """The phrases that a half belongs to, and where it begins in them."""
    whole: frozenset[str]
    """The phrases themselves."""
    two_wrong: int
    """Characters from which on two of a phrase may be wrong."""


@lru_cache(maxsize=16)
def phrases_of(phrases: tuple[str, ...], two_wrong: int = sys.maxsize) -> Phrases:
    """Those of four characters and more. two_wrong: as in `Phrases`."""
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
        frozenset(by_opening),
        {opening: tuple(halves) for opening, halves in by_opening.items()},
        {half: tuple(places) for half, places in by_half.items()},
        frozenset(phrase for places in by_half.values() for phrase, _ in places),
        two_wrong,
    )


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Characters of a text that differ from a phrase in one, or two, that are mistaken for the right ones."""

    start: int
    phrase: str
    places: tuple[int, ...]
    """Of the wrong characters, from `start`."""


def near_misses(text: str, phrases: Phrases) -> Iterator[NearMiss]:
    """In the order of the halves that are right; one may come twice, by both of its phrases."""
    for at, half in _halves_in(text, phrases):
        for phrase, offset in phrases.by_half[half]:
            start = at - offset
            written = text[start : start + len(phrase)] if start >= 0 else ""
            if len(written) != len(phrase):
                continue
            most = 2 if len(phrase) >= phrases.two_wrong else 1
            places = confusion().misspelt_places(written, phrase, most) or _odd_place(written, phrase)
            if places:
                yield NearMiss(start, phrase, places)


def _halves_in(text: str, phrases: Phrases) -> Iterator[tuple[int, str]]:
    """The halves at each place, the longest first, with the place."""
    openings = phrases.openings.intersection(map(add, text, text[1:]))
    for at in sorted(at for opening in openings for at in _places_of(opening, text)):
        for half in phrases.by_opening[text[at : at + _OPENING]]:
            if text.startswith(half, at):
                yield at, half


def _odd_place(written: str, phrase: str) -> tuple[int, ...]:
    """The only place where a longer phrase differs, if within it and by a character that was never counted next to its
    neighbours: 绿水青山就是金山艮山. () for all others."""
    places = [place for place, (first, second) in enumerate(zip(written, phrase, strict=True)) if first != second]
    if len(places) != 1 or len(phrase) < _SHORTEST_ODD or not 0 < places[0] < len(phrase) - 1:
        return ()
    around = written[places[0] - 1 : places[0] + 2]
    if not _THREE_CHINESE.fullmatch(around):
        return ()
    model = language_model()
    return () if model.is_counted(around[:2]) or model.is_counted(around[1:]) else (places[0],)


def _places_of(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def set_phrases(proof: Proof) -> Iterator[Finding]:
    """Set phrases of official prose with one character wrong."""
    yield from _misspelt(proof, phrases_of(SET_PHRASES), rules.SET_PHRASE, "这句话通常写作“{}”。")


_MESSAGE_OF_NAME: Final = "名录里写作“{}”。"


def registered_names(proof: Proof) -> Iterator[Finding]:
    """Names of the register's units and the word list's leaders with a character wrong; two in long ones."""
    names = tuple(name for department in proof.departments for name in department.names)
    titles = tuple(f"{title}{leader.name}" for leader in proof.word_list.leaders for title in leader.titles)
    named = tuple(
        f"{leader.name}{title[-length:]}"
        for leader in proof.word_list.leaders
        for title in leader.titles
        for length in (2, 3)  # 区长, 副区长
    )
    phrases = phrases_of((*names, *titles, *named), _TWO_WRONG)
    yield from _misspelt(proof, phrases, rules.NEAR_NAME, _MESSAGE_OF_NAME)
    yield from _short_names(proof, names)


def _misspelt(proof: Proof, phrases: Phrases, rule: Rule, message: str) -> Iterator[Finding]:
    for line in proof.prose if phrases.whole else ():
        reported: set[int] = set()
        for miss in near_misses(line.text, phrases):
            written = line.text[miss.start : miss.start + len(miss.phrase)]
            first, last = miss.places[0], miss.places[-1] + 1
            span = (miss.start + first, miss.start + last)
            if written in phrases.whole or not reported.isdisjoint(range(*span)) or _is_usual(line.text, miss):
                continue
            reported |= {*range(*span)}
            finding_message = f"“{written}”{message.format(miss.phrase)}"
            yield correction_at(line, span, rule, finding_message, miss.phrase[first:last])


def _short_names(proof: Proof, names: tuple[str, ...]) -> Iterator[Finding]:
    """Names of three characters whose middle one, or first one, is another of the same sound."""
    pattern = _short_names_pattern(names)
    if pattern is None:
        return
    for line in proof.prose:
        for match in pattern.finditer(line.text):
            written = match[1]
            name = _short_name_meant(written, names)
            if name is not None:
                [place] = confusion().misspelt_places(written, name, 1)
                at = match.start() + place
                message = f"“{written}”{_MESSAGE_OF_NAME.format(name)}"
                yield correction_at(line, (at, at + 1), rules.NEAR_NAME, message, name[place])


@lru_cache(maxsize=16)
def _short_names_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Three characters of which only the first or the middle one may be another than in a name; None without names."""
    short = sorted({name for name in names if len(name) == _SHORT_NAME})
    forms = (form for name in short for form in (f"{name[0]}{CHINESE}{name[2]}", f"{CHINESE}{name[1:]}"))
    return re.compile(f"(?=({'|'.join(forms)}))") if short else None


def _short_name_meant(written: str, names: tuple[str, ...]) -> str | None:
    """The name that sounds the same; None where what is written is a name, or a word, or was counted."""
    model = language_model()
    if written in names or model.is_counted(written) or model.is_word(written[:2]) or model.is_word(written):
        return None
    for name in names:
        places = confusion().misspelt_places(written, name, 1) if len(name) == _SHORT_NAME else ()
        if places and confusion().likeness(written[places[0]], name[places[0]]).same_sound:
            return name
    return None


def _is_usual(text: str, miss: NearMiss) -> bool:
    """Whether a wrong character was counted often together with its neighbours: then it is another word."""
    model, end = language_model(), miss.start + len(miss.phrase)
    windows = (window for place in miss.places for window in _windows(text, miss.start + place, miss.start, end))
    return any(model.log_count(window) >= _USUAL for window in windows)


def _windows(text: str, place: int, first: int, last: int) -> Iterator[str]:
    """Each three and four Chinese characters that the one there is part of, with two at least of [first, last)."""
    for length in (3, 4):
        for start in range(max(0, place - length + 1), place + 1):
            window = text[start : start + length]
            within = min(last, start + length) - max(first, start)
            if len(window) == length and within >= _WITHIN and all(map(is_chinese, window)):
                yield window
