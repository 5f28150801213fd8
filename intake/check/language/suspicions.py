"""Characters that look out of place among their neighbours, each with the one that fits best in its stead.

A character is looked at where sequences that it is part of were never counted. Of the characters that are mistaken for
it, the one that makes the line most probable is compared with it; what is compared are the `FEATURES`, which a linear
classifier weighs (`typing_errors`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from intake.check.language.confusion import Alternative, Confusion
from intake.check.language.model import LONGEST, LanguageModel
from intake.check.language.symbols import BOUNDARY, Symbols, is_chinese

FEATURES: Final = (
    "gain",
    "gain_up_to_6",
    "gain_of_same_sound",
    "gain_of_unseen",
    "same_sound",
    "like_sound",
    "like_shape",
    "shape_closeness",
    "lead",
    "wrong_longest_1",
    "wrong_longest_2",
    "wrong_longest_3",
    "right_longest_3",
    "right_longest_4",
    "wrong_pairs",
    "wrong_triples",
    "wrong_quadruples",
    "right_pairs",
    "right_triples",
    "right_quadruples",
    "right_best_triple",
    "right_best_quadruple",
    "wrong_frequency",
    "right_frequency",
    "wrong_word_2",
    "wrong_word_3",
    "wrong_word_4",
    "right_word_2",
    "right_word_3",
    "right_word_4",
    "same_sound_quadruples",
)
"""In the order of `Suspicion.features`. gain: by how much the other character raises the logarithm of the probability
of the line; lead: by how much it is ahead of the second best; longest: the longest sequence around that was counted."""
_SAMPLE: Final = 300
"""Characters by which a text is judged."""
_PROSE: Final = 0.15
"""Share of them that must have been counted: 0.42 and more in articles, 0.25 in lists of names, 0 in random text."""
_FAR: Final = 8.0
"""Lead where there is no second best."""
_WINDOW: Final = LONGEST - 1
"""Symbols on either side that a character's sequences reach."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A character, and the one that fits better."""

    place: int
    """Index into the line."""
    wrong: str
    right: str
    features: tuple[float, ...]
    """Of `FEATURES`."""


def is_official_prose(lines: Iterable[Symbols], model: LanguageModel) -> bool:
    """Whether enough of the first characters were counted between their neighbours: of news of a district two thirds
    are, of a list of names or another language few, and what is rare there says nothing about errors."""
    counted = looked_at = 0
    for line in lines:
        for at in range(1, len(line.text) - 1):
            if is_chinese(line.text[at]):
                looked_at += 1
                counted += bool(model.log_count(line.text[at - 1 : at + 2]))
                if looked_at == _SAMPLE:
                    return counted >= _PROSE * looked_at
    return counted >= _PROSE * looked_at


def suspicions_in(
    line: Symbols, model: LanguageModel, confusion: Confusion, is_meant: Callable[[int], bool]
) -> Iterator[Suspicion]:
    """In the order of the line. is_meant: whether the character at an index of the line needs no look."""
    for at, symbol in enumerate(line.text):
        if is_chinese(symbol) and not is_meant(line.places[at]) and _is_out_of_place(line.text, at, model):
            suspicion = _best(line, at, model, confusion)
            if suspicion is not None:
                yield suspicion


def _is_out_of_place(text: str, at: int, model: LanguageModel) -> bool:
    """Whether what was counted speaks so little for the character that others are worth trying: one in fifteen of a
    correct text, nine in ten of the typing errors."""
    before, after = text[at - 1], text[at + 1]
    symbol = text[at]
    if model.log_count(before + symbol + after):
        return False
    pairs = bool(model.log_count(before + symbol)) + bool(model.log_count(symbol + after))
    earlier = at >= 2 and before != BOUNDARY and bool(model.log_count(text[at - 2 : at + 1]))
    later = after != BOUNDARY and bool(model.log_count(text[at : at + 3]))
    triples = earlier + later
    return pairs == 0 or triples == 0 or pairs == triples == 1


def _best(line: Symbols, at: int, model: LanguageModel, confusion: Confusion) -> Suspicion | None:
    text, wrong = line.text, line.text[at]
    window, middle = text[max(0, at - _WINDOW) : at + LONGEST], min(at, _WINDOW)
    scored = []
    alternatives = confusion.alternatives(wrong)
    for character in model.fitting(alternatives.keys(), text[at - 1], text[at + 1]):
        changed = window[:middle] + character + window[middle + 1 :]
        if _has_triple(changed, middle, model):
            scored.append((_log_probability(changed, middle, model), character, changed))
    if not scored:
        return None
    scored.sort(reverse=True)
    probability, right, changed = scored[0]
    lead = probability - scored[1][0] if len(scored) > 1 else _FAR
    gain = probability - _log_probability(window, middle, model)
    around = _Around(window, middle, model), _Around(changed, middle, model)
    features = _features(*around, alternatives[right], gain, min(lead, _FAR))
    return Suspicion(line.places[at], wrong, right, features)


def _has_triple(window: str, middle: int, model: LanguageModel) -> bool:
    """Whether any three symbols around the middle were counted: without, no character is worth comparing."""
    before, after = window[middle - 1 : middle + 1], window[middle : middle + 2]
    if model.log_count(before):
        if model.log_count(window[middle - 1 : middle + 2]):
            return True
        if middle >= 2 and before[0] != BOUNDARY and model.log_count(window[middle - 2 : middle + 1]):
            return True
    last = middle + 3 <= len(window) and after[1] != BOUNDARY
    return bool(last and model.log_count(after) and model.log_count(window[middle : middle + 3]))


def _log_probability(window: str, middle: int, model: LanguageModel) -> float:
    """Of the middle symbol and the three after it, each after those before it."""
    places = range(middle, min(len(window), middle + LONGEST))
    return sum(model.log_probability(window[:place], window[place]) for place in places)


class _Around:
    """What was counted of the sequences around one symbol of a window."""

    def __init__(self, window: str, middle: int, model: LanguageModel) -> None:
        self.frequency = model.log_count(window[middle])
        self.by_length = {length: _counts(window, middle, length, model) for length in range(2, LONGEST + 1)}
        """The logarithms of the counts of all sequences of a length that the symbol is part of."""
        self.longest = max((length for length, counts in self.by_length.items() if any(counts)), default=1)
        self.word = max((length for length in (2, 3, 4) if _in_word(window, middle, length, model)), default=1)
        """Characters of the longest word of the dictionary that the symbol is part of."""


def _spans(window: str, middle: int, length: int) -> Iterator[str]:
    for start in range(max(0, middle - length + 1), min(middle, len(window) - length) + 1):
        yield window[start : start + length]


def _counts(window: str, middle: int, length: int, model: LanguageModel) -> tuple[float, ...]:
    spans = _spans(window, middle, length)
    return tuple(model.log_count(span) for span in spans if BOUNDARY not in span[1:-1])


def _in_word(window: str, middle: int, length: int, model: LanguageModel) -> bool:
    return any(model.is_word(span) for span in _spans(window, middle, length))


def _features(wrong: _Around, right: _Around, other: Alternative, gain: float, lead: float) -> tuple[float, ...]:
    closeness = 0.0 if other.shape is None else 1 / (1 + other.shape)
    return (
        gain,
        min(gain, 6.0),
        gain * other.same_sound,
        gain * (wrong.longest == 1),
        float(other.same_sound),
        float(other.like_sound and not other.same_sound),
        float(other.shape is not None),
        closeness,
        lead,
        *(float(wrong.longest == length) for length in (1, 2, 3)),
        *(float(right.longest == length) for length in (3, 4)),
        *(sum(wrong.by_length[length]) for length in (2, 3, 4)),
        *(sum(right.by_length[length]) for length in (2, 3, 4)),
        *(max(right.by_length[length], default=0.0) for length in (3, 4)),
        wrong.frequency,
        right.frequency,
        *(float(wrong.word == length) for length in (2, 3, 4)),
        *(float(right.word == length) for length in (2, 3, 4)),
        sum(right.by_length[4]) * other.same_sound,
    )
