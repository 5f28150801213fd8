"""By what a letter is listed: the department and the title of what it brought, instead of its subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.article_headings import ArticleHeading, article_headings, articles_by_letter
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LetterLead:
    """What a letter brought, as a list shows it."""

    department: str
    """Of the first article, "": unknown."""
    title: str
    """Of the first article that has one."""
    more: int
    """Further articles of the letter."""


def letter_leads(ledger: Transaction, letter_ids: Iterable[int]) -> Mapping[int, LetterLead]:
    """The leads by letter id. A letter that brought no article with a title is missing: it is listed by its subject."""
    brought = articles_by_letter(ledger, letter_ids)
    headings = article_headings(ledger, {id for ids in brought.values() for id in ids})
    of_letters = {letter: [headings[id] for id in ids if id in headings] for letter, ids in brought.items()}
    return {letter: lead for letter, shown in of_letters.items() if (lead := lead_of(shown)) is not None}


def lead_of(headings: Sequence[ArticleHeading]) -> LetterLead | None:
    """The lead of a letter that brought these articles; None where none has a title."""
    titled = [heading for heading in headings if heading.title]
    return LetterLead(titled[0].department, titled[0].title, len(titled) - 1) if titled else None
