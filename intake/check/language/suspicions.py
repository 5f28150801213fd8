"""Characters that look out of place among their neighbours, each with the one that fits best in its stead.

A character is looked at where sequences that it is part of were never counted. Of the characters that are mistaken for
it, the one that makes the line most probable is compared with it; what is compared are the `FEATURES`, which a linear
classifier weighs (`typing_errors`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from intake.check.language.confusion import Confusion, Likeness
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
        for symbol, is_counted in zip(line.text[1:], model.counted_triples(line.text), strict=False):
            if is_chinese(symbol):
                looked_at += 1
                counted += is_counted
                if looked_at == _SAMPLE or counted >= _PROSE * _SAMPLE:  # with so many, the rest changes nothing
                    return counted >= _PROSE * looked_at
    return counted >= _PROSE * looked_at


def suspicions_in(
    line: Symbols, model: LanguageModel, confusion: Confusion, is_meant: Callable[[int], bool]
) -> Iterator[Suspicion]:
    """In the order of the line. is_meant: whether the character at an index of the line needs no look."""
    text, places = line.text, line.places
    for at, is_counted in enumerate(model.counted_triples(text), 1):
        if is_counted or not is_chinese(text[at]) or is_meant(places[at]):
            continue
        if _is_out_of_place(text, at, model):
            suspicion = _best(line, at, model, confusion)
            if suspicion is not None:
                yield suspicion


def _is_out_of_place(text: str, at: int, model: LanguageModel) -> bool:
    """Whether what was counted speaks so little for a character, which was never counted between its neighbours, that
    others are worth trying: one in fifteen of a correct text, nine in ten of the typing errors."""
    before, after = text[at - 1], text[at + 1]
    pairs = model.is_counted(text[at - 1 : at + 1]) + model.is_counted(text[at : at + 2])
    if not pairs:
        return True
    earlier = at >= 2 and before != BOUNDARY and model.is_counted(text[at - 2 : at + 1])
    later = after != BOUNDARY and model.is_counted(text[at : at + 3])
    triples = earlier + later
    return triples == 0 or pairs == triples == 1


def _best(line: Symbols, at: int, model: LanguageModel, confusion: Confusion) -> Suspicion | None:
    text, wrong = line.text, line.text[at]
    window, middle = text[max(0, at - _WINDOW) : at + LONGEST], min(at, _WINDOW)
    scored = []
    for character in _fitting(confusion.alternatives(wrong), text, at, model):
        changed = window[:middle] + character + window[middle + 1 :]
        scored.append((_log_probability(changed, middle, model), character, changed))
    if not scored:
        return None
    scored.sort(reverse=True)
    probability, right, changed = scored[0]
    lead = probability - scored[1][0] if len(scored) > 1 else _FAR
    gain = probability - _log_probability(window, middle, model)
    around = _Around(window, middle, model), _Around(changed, middle, model)
    features = _features(*around, confusion.likeness(wrong, right), gain, min(lead, _FAR))
    return Suspicion(line.places[at], wrong, right, features)


def _fitting(alternatives: frozenset[str], text: str, at: int, model: LanguageModel) -> set[str]:
    """Those of the alternatives that were counted in this place as one of three symbols: no other is worth comparing.

    Every pair within three symbols that were counted was counted, and pairs are sets, which are compared at once.
    """
    before, after, is_counted = text[at - 1], text[at + 1], model.is_counted
    following = alternatives & model.followers(before)
    preceding = alternatives & model.predecessors(after)
    fitting = {character for character in following & preceding if is_counted(before + character + after)}
    if at >= 2 and before != BOUNDARY:
        earlier = text[at - 2 : at]
        fitting.update(character for character in following - fitting if is_counted(earlier + character))
    if at + 2 < len(text) and after != BOUNDARY:
        later = text[at + 1 : at + 3]
        fitting.update(character for character in preceding - fitting if is_counted(character + later))
    return fitting


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


def _features(wrong: _Around, right: _Around, likeness: Likeness, gain: float, lead: float) -> tuple[float, ...]:
    closeness = 0.0 if likeness.shape is None else 1 / (1 + likeness.shape)
    return (
        gain,
        min(gain, 6.0),
        gain * likeness.same_sound,
        gain * (wrong.longest == 1),
        float(likeness.same_sound),
        float(likeness.like_sound and not likeness.same_sound),
        float(likeness.shape is not None),
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
        sum(right.by_length[4]) * likeness.same_sound,
    )
