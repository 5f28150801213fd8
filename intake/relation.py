"""How a manuscript just read relates to the articles in the ledger: a later text of one, or an article of its own.

Decided from what the letter says it wants, what it answers, and how alike the texts are; never from a Message-ID alone:
people answer any old letter to send something new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intake.check.likeness import likeness
from intake.outcome import Addition, Intent
from values.ordinals import number_of

# Unrelated texts are at most 21 % alike (nine articles of tests/intake/check/good_texts, eight paragraphs of the
# printed issue, every pair), a text with three edits 98.7 % (domain.md section 7). Between them the thresholds weigh
# what else is known: the surer the relation, the more of the text may be new.
_NUMBER: Final = re.compile(r"\d+")
_SAME_TITLE: Final = 85.0
"""Per cent from which two titles are the same: one word of twenty changed leaves 90 %."""
_ALIKE_WHEN_ANSWERING: Final = 50.0
"""Per cent for a letter that answers an article's letter and does not say that it corrects: half may be new."""
_ALIKE_WHEN_CORRECTING: Final = 40.0
"""Per cent for a letter that says it corrects: a text rewritten more than by half; still twice what chance gives."""

_LATER_TEXTS: Final = (Intent.CORRECTION, Intent.FINAL)
"""What a letter announces of itself that may bring a later text, whatever it answers."""


@dataclass(frozen=True, slots=True)
class EarlierArticle:
    """An article in the ledger of which a letter may bring a later text."""

    id: int
    department: str | None
    """Canonical name; None while it is not known."""
    sender: str
    """The address that its first letter came from."""
    title: str
    words: str
    """Its current text without white space, as `words_of` returns it."""
    joint: bool = False
    """Whether several departments sign it."""


@dataclass(frozen=True, slots=True)
class ArrivingText:
    """A manuscript about to be written to the ledger. The fields are those of `EarlierArticle`, and:"""

    department: str | None
    sender: str
    title: str
    words: str
    intent: Intent
    """What its letter says it is."""
    answered: frozenset[int] = frozenset()
    """The articles of the letters that its letter answers (RFC 5322 3.6.4); empty for a letter that answers none."""


def replaced_article(arriving: ArrivingText, earlier: Iterable[EarlierArticle]) -> EarlierArticle | None:
    """The article of which this is a later text; None for an article of its own.

    Only of the same department (the same address, where the department is unknown). An answer must be like the
    article that it answers, or say that it corrects; any other letter must say so and be like the article.
    """
    if not arriving.answered and arriving.intent not in _LATER_TEXTS:
        return None  # most letters: it need not be compared with a year's articles
    own = [article for article in earlier if _is_of(arriving.department, arriving.sender, article)]
    answered = [article for article in own if article.id in arriving.answered]
    if arriving.intent is Intent.CORRECTION and len(answered) == 1:
        return answered[0]
    replaced = _most_alike(arriving, answered, _ALIKE_WHEN_ANSWERING)
    if replaced is None and arriving.intent in _LATER_TEXTS:
        replaced = _most_alike(arriving, own, _ALIKE_WHEN_CORRECTING)
    return replaced


def withdrawn_articles(
    department: str | None,
    sender: str,
    titles: Sequence[str],
    answered: frozenset[int],
    earlier: Iterable[EarlierArticle],
) -> tuple[EarlierArticle, ...]:
    """The articles that a letter of withdrawal means: those it names, else those of the letter it answers or recalls.

    titles: as the letter names them. answered: as in `ArrivingText`, and those of a recalled letter.
    """
    own = [article for article in earlier if _is_of(department, sender, article)]
    named = tuple(article for article in own if any(_is_same_title(article.title, title) for title in titles))
    return named or tuple(article for article in own if article.id in answered)


def added_to(
    addition: Addition, sender: str, answered: frozenset[int], earlier: Iterable[EarlierArticle]
) -> tuple[EarlierArticle, ...]:
    """The articles of the sender's own that an addition may mean: those it names, else those of the letter it answers,
    of which it may name one by its place. Several where it does not say which."""
    own = [article for article in earlier if _is_of(addition.department, sender, article)]
    by_title = [article for article in own if any(_is_same_title(article.title, title) for title in addition.titles)]
    by_number = [article for article in own if article.id in addition.numbers]
    of_letter = sorted((article for article in own if article.id in answered), key=lambda article: article.id)
    place = (number_of(addition.place) if addition.place else None) or 0
    at_place = of_letter[place - 1 : place] if place else []
    return tuple(by_title or by_number or at_place or of_letter)


def _is_of(department: str | None, sender: str, article: EarlierArticle) -> bool:
    """Whether this department, or this address, sent the article.

    The address decides where a department is unknown, and for joint work, which has its first department.
    """
    same_address = bool(sender) and sender == article.sender
    if department is not None and article.department is not None:
        return department == article.department or (same_address and article.joint)
    return same_address


def _is_same_title(title: str, named: str) -> bool:
    """Whether they are nearly the same and have the same numbers: 第101号 and 第102号 are two articles."""
    return _NUMBER.findall(title) == _NUMBER.findall(named) and likeness(title, named) >= _SAME_TITLE


def _most_alike(arriving: ArrivingText, articles: Iterable[EarlierArticle], least: float) -> EarlierArticle | None:
    """The article most like it, at least by that many per cent; of equal ones the latest. The same title counts,
    however much of the text is new."""
    scored = [
        (max(_title_score(arriving, article), likeness(arriving.words, article.words)), article.id, article)
        for article in articles
    ]
    alike = [entry for entry in scored if entry[0] >= least]
    return max(alike, key=lambda entry: entry[:2])[2] if alike else None


def _title_score(arriving: ArrivingText, article: EarlierArticle) -> float:
    score = likeness(arriving.title, article.title)
    return score if score >= _SAME_TITLE else 0.0
