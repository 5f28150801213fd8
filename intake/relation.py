"""How a draft just read stands to what is there already: a later text, an erratum, or an article of its own.

Decided from what the letter says it wants, what it answers, and how like the texts are; never from a Message-ID alone:
people answer any old letter to send something new.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intake.check.likeness import likeness
from intake.classify.intent import Intent

_SAME_TITLE: Final = 85.0
_ALIKE_WHEN_ANSWERING: Final = 50.0
_ALIKE_WHEN_CORRECTING: Final = 40.0


@dataclass(frozen=True, slots=True)
class Earlier:
    """An article of which a letter may bring a later text. sender: of its first letter. words: without white space."""

    id: int
    department: str | None
    sender: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Arriving:
    """A draft about to be written. answered: articles of the letters that its letter answers (RFC 5322 3.6.4)."""

    department: str | None
    sender: str
    title: str
    words: str
    intent: Intent
    answered: frozenset[int] = frozenset()


def corrected(arriving: Arriving, earlier: Iterable[Earlier]) -> Earlier | None:
    """The article of which this is a later text; None for an article of its own.

    Only of the same department (the same address, where the department is unknown). An answer must be like the
    article that it answers, or say that it corrects; any other letter must say so and be like the article.
    """
    own = [one for one in earlier if _same_writer(arriving, one)]
    answered = [one for one in own if one.id in arriving.answered]
    if arriving.intent is Intent.CORRECTION and len(answered) == 1:
        return answered[0]
    found = _most_alike(arriving, answered, _ALIKE_WHEN_ANSWERING)
    if found is None and arriving.intent in (Intent.CORRECTION, Intent.FINAL):
        found = _most_alike(arriving, own, _ALIKE_WHEN_CORRECTING)
    return found


def withdrawn(
    department: str | None, sender: str, titles: Sequence[str], answered: frozenset[int], earlier: Iterable[Earlier]
) -> tuple[Earlier, ...]:
    """The articles that a letter of withdrawal means: those it names in 《》, else the one that it answers."""
    own = [one for one in earlier if _same_writer_as(department, sender, one)]
    named = tuple(one for one in own if any(likeness(one.title, title) >= _SAME_TITLE for title in titles))
    return named or tuple(one for one in own if one.id in answered)


def _same_writer(arriving: Arriving, other: Earlier) -> bool:
    return _same_writer_as(arriving.department, arriving.sender, other)


def _same_writer_as(department: str | None, sender: str, other: Earlier) -> bool:
    if department is not None and other.department is not None:
        return department == other.department
    return bool(sender) and sender == other.sender


def _most_alike(arriving: Arriving, others: Iterable[Earlier], least: float) -> Earlier | None:
    """The article most like it; one of the same title counts, whatever became of the text."""
    scored = [(max(_title(arriving, one), likeness(arriving.words, one.words)), one.id, one) for one in others]
    alike = [(score, id, one) for score, id, one in scored if score >= least]
    return max(alike)[2] if alike else None


def _title(arriving: Arriving, other: Earlier) -> float:
    score = likeness(arriving.title, other.title)
    return score if score >= _SAME_TITLE else 0.0
