"""Names and set phrases that are one character off: 区民政据, 不忘初心、劳记使命.

A phrase is looked for by its halves: one of them is whole where a single character is wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from intake.check.language.confusion import confusion
from intake.check.language.model import LanguageModel, language_model
from intake.check.language.symbols import is_chinese
from intake.check.proof import Proof, ProofLine, correction_at
from intake.check.set_phrases import SET_PHRASES
from values import rules
from values.finding import Finding, Rule

_SHORTEST: Final = 4
"""Characters of a phrase: of shorter ones, too many others are one character off."""
_USUAL: Final = 2.5
"""ln(1 + times) from which another sequence than the phrase is one of its own, counted ten times and more."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their halves."""

    pattern: re.Pattern[str] | None
    """Any half; None without phrases."""
    by_half: Mapping[str, tuple[tuple[str, int], ...]]
    """The phrases that a half belongs to, and where it begins in them."""


@lru_cache(maxsize=16)
def phrases_of(phrases: tuple[str, ...]) -> Phrases:
    """Those of four characters and more."""
    by_half = defaultdict[str, list[tuple[str, int]]](list)
    for phrase in dict.fromkeys(phrases):
        if len(phrase) >= _SHORTEST:
            middle = (len(phrase) + 1) // 2
            by_half[phrase[:middle]].append((phrase, 0))
            by_half[phrase[middle:]].append((phrase, middle))
    halves = sorted(by_half, key=lambda half: (-len(half), half))
    pattern = re.compile(f"(?=({'|'.join(map(re.escape, halves))}))") if halves else None
    return Phrases(pattern, {half: tuple(places) for half, places in by_half.items()})


def one_off(text: str, phrases: Phrases) -> Iterator[tuple[int, str]]:
    """Where in the text something stands that differs from a phrase in one character, and the phrase."""
    if phrases.pattern is None:
        return
    for match in phrases.pattern.finditer(text):
        for phrase, offset in phrases.by_half[match[1]]:
            start = match.start() - offset
            written = text[start : start + len(phrase)] if start >= 0 else ""
            if len(written) == len(phrase) and _wrong_place(written, phrase) is not None:
                yield start, phrase


def _wrong_place(written: str, phrase: str) -> int | None:
    """Where the two differ, if in one character that is mistaken for the other: 三位一体 is not 五位一体 misspelt."""
    wrong = [place for place, (first, second) in enumerate(zip(written, phrase, strict=True)) if first != second]
    if len(wrong) != 1 or phrase[wrong[0]] not in confusion().alternatives(written[wrong[0]]):
        return None
    return wrong[0]


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
    right = frozenset(phrase for places in phrases.by_half.values() for phrase, _ in places)
    model = language_model()
    for line in proof.prose:
        reported: set[int] = set()
        for start, phrase in one_off(line.text, phrases):
            written = line.text[start : start + len(phrase)]
            place = _wrong_place(written, phrase)
            if place is None or written in right or start + place in reported:
                continue
            if not _is_usual(line, start + place, model):
                reported.add(start + place)
                span = (start + place, start + place + 1)
                yield correction_at(line, span, rule, f"“{written}”{message.format(phrase)}", phrase[place])


def _is_usual(line: ProofLine, place: int, model: LanguageModel) -> bool:
    """Whether the character was counted often with its neighbours, or is a word with them."""
    windows = _windows(line.text, place)
    return any(model.log_count(window) >= _USUAL for window in windows if len(window) >= 3)


def _windows(text: str, place: int) -> Iterable[str]:
    for length in (3, 4):
        for start in range(max(0, place - length + 1), place + 1):
            window = text[start : start + length]
            if len(window) == length and all(map(is_chinese, window)):
                yield window
