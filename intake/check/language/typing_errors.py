"""Typing errors: characters that a linear classifier takes for mistaken (机智 for 机制). A hint for the editor alone.

The classifier is trained on labelled errors of official prose (`tools/make_language_data.py`, decision 0090); what it
finds and what it gets wrong is measured by `benchmarks.recall` and `benchmarks.precision`.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from operator import add
from pathlib import Path
from typing import Final

from intake.check.language.confusion import confusion
from intake.check.language.model import language_model
from intake.check.language.suspicions import FEATURES, Suspicion, is_official_prose, suspicions_in
from intake.check.language.symbols import is_chinese, symbols_of
from intake.check.proof import Proof, ProofLine, correction_at
from values import rules
from values.finding import Finding

_WEIGHTS: Final = Path(__file__).parent / "data" / "weights.json"
_MOST: Final = 2_000
"""Suspicions of one article that are weighed: ten times those of a long one. A file made of rare characters must not
hold up the letters after it."""
_SHOWN: Final = 2
"""Characters shown on either side of a mistaken one."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """How likely a suspicion is an error."""

    weights: tuple[float, ...]
    """A factor for each of `FEATURES`."""
    bias: float
    threshold: float
    """The likelihood, 0 to 1, from which on an editor is told."""

    def likelihood(self, features: Sequence[float]) -> float:
        score = self.bias + sum(weight * value for weight, value in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-score)) if score > -500 else 0.0


@cache
def classifier() -> Classifier:
    """The one that is shipped with the program. Raises OSError when its file is missing."""
    stored = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return Classifier(tuple(stored["weights"][name] for name in FEATURES), stored["bias"], stored["threshold"])


def load_language_data() -> None:
    """Reads the files of this room, so that the children that are forked afterwards share them."""
    for load in (language_model, confusion, classifier):
        load()


def typing_errors(proof: Proof) -> Iterator[Finding]:
    """A character out of place, with the one that was probably meant.

    Silent on what the article writes twice, on names of the register and words of the office's list, and on texts that
    are no official prose.
    """
    names = _names(proof)
    for line, suspicion in islice(_suspicions(proof.lines), _MOST):
        likelihood = classifier().likelihood(suspicion.features)
        if likelihood >= classifier().threshold and not _within(line.text, suspicion.place, names):
            yield _finding(line, suspicion)


def _suspicions(lines: Sequence[ProofLine]) -> Iterator[tuple[ProofLine, Suspicion]]:
    model = language_model()
    symbols = [(line, symbols_of(line.text)) for line in lines]
    if not is_official_prose((of_line for _, of_line in symbols), model):
        return
    habits = Habits(lines)
    for line, of_line in symbols:
        for suspicion in suspicions_in(of_line, model, confusion(), partial(habits.has, line.text)):
            yield line, suspicion


def _finding(line: ProofLine, suspicion: Suspicion) -> Finding:
    start = suspicion.place
    before, after = line.text[max(0, start - _SHOWN) : start], line.text[start + 1 : start + 1 + _SHOWN]
    message = f"“{before}{suspicion.wrong}{after}”疑有错别字，是否应为“{before}{suspicion.right}{after}”？"
    return correction_at(line, (start, start + 1), rules.TYPING_ERROR, message, suspicion.right)


class Habits:
    """Pairs of characters that an article writes more than once: its writer means them."""

    def __init__(self, lines: Iterable[ProofLine]) -> None:
        pairs = Counter(chain.from_iterable(map(add, line.text, line.text[1:]) for line in lines))
        self._pairs = frozenset(pair for pair, count in pairs.items() if count > 1 and all(map(is_chinese, pair)))

    def has(self, text: str, place: int) -> bool:
        return text[place : place + 2] in self._pairs or text[max(0, place - 1) : place + 1] in self._pairs


def _names(proof: Proof) -> frozenset[str]:
    """What the office itself writes: names of its departments, leaders and words of its list."""
    words = proof.word_list
    return frozenset(
        name
        for name in (
            *(name for department in proof.departments for name in department.names),
            *(leader.name for leader in words.leaders),
            *(title for leader in words.leaders for title in leader.titles),
            *(entry.preferred for entry in words.preferred),
        )
        if name
    )


def _within(text: str, place: int, names: Iterable[str]) -> bool:
    """Whether the character is part of one of the names."""
    return any(
        text.startswith(name, start) for name in names for start in range(max(0, place - len(name) + 1), place + 1)
    )
