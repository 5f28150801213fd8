"""The order of the articles in an issue.

Sections follow the office's order. Within a section the articles that the editor has placed come first, in his order;
all others follow in the office's order: departments as the register lists them, unregistered ones last, and within a
department by arrival. So an article that arrives later never moves between those that the editor has placed. Moving an
article to the top therefore records one position, and moving one to the end records the positions of all before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from values.issue import Imprint, Issue, IssueArticle, Masthead, Section


class Placeable(Protocol):
    """What an order of articles depends on; the text is no part of it."""

    @property
    def id(self) -> int:
        """Of the article; ids grow with arrival."""

    @property
    def section(self) -> str:
        """The name of its 栏目, "" for an ordinary article."""

    @property
    def department(self) -> str:
        """Canonical name, "" where none is known."""

    @property
    def position(self) -> int | None:
        """The editor's own place in the section, None where the office's order decides."""


PlaceableT = TypeVar("PlaceableT", bound=Placeable)


def plan_issue(
    articles: Iterable[IssueArticle],
    masthead: Masthead,
    imprint: Imprint,
    *,
    sections: Sequence[str],
    departments: Sequence[str],
    editors_note: tuple[str, ...] = (),
) -> Issue:
    """An issue of all the articles; it does not depend on the order in which they are given.

    sections, departments: as in `plan_sections`. editors_note: its paragraphs, () for none.
    """
    return Issue(masthead, plan_sections(articles, sections=sections, departments=departments), imprint, editors_note)


def plan_sections(
    articles: Iterable[IssueArticle], *, sections: Sequence[str], departments: Sequence[str]
) -> tuple[Section, ...]:
    """The articles in their sections; sections without articles are left out.

    sections: the names in printing order. The ordinary articles ("") always come first; an article whose section is
    not among the names is an ordinary one. departments: canonical names in the order of the contents page.
    """
    ordered = ordered_by_section(articles, sections=sections, departments=departments)
    return tuple(
        Section(name, tuple(replace(article, section=name) for article in in_section))
        for name, in_section in ordered.items()
    )


def ordered_by_section(
    articles: Iterable[PlaceableT], *, sections: Sequence[str], departments: Sequence[str]
) -> Mapping[str, tuple[PlaceableT, ...]]:
    """The articles in printing order by the name of their section; sections without articles are left out.

    sections, departments: as in `plan_sections`.
    """
    by_section: dict[str, list[PlaceableT]] = {name: [] for name in ("", *sections)}
    for article in articles:
        by_section[article.section if article.section in by_section else ""].append(article)
    return {name: in_order(in_section, departments) for name, in_section in by_section.items() if in_section}


def in_order(articles: Iterable[PlaceableT], departments: Sequence[str]) -> tuple[PlaceableT, ...]:
    """The articles of one section in printing order. departments: canonical names in the order of the register."""
    rank = _ranks(departments)

    def place(article: PlaceableT) -> tuple[bool, int, int, int]:
        return (article.position is None, article.position or 0, *_office_place(article, rank))

    return tuple(sorted(articles, key=place))


def places_for(wanted: Sequence[Placeable], departments: Sequence[str]) -> tuple[int | None, ...]:
    """The position to record for each article of a section, so that `in_order` gives the wanted order.

    Positions that give it already are returned as they are. Otherwise as few as possible are set: from the first
    article on after which all follow the office's order, each gets None. So going back to the office's order clears
    them all.
    """
    if in_order(wanted, departments) == tuple(wanted):
        return tuple(article.position for article in wanted)
    rank = _ranks(departments)
    free = len(wanted) - 1
    while free and _office_place(wanted[free - 1], rank) < _office_place(wanted[free], rank):
        free -= 1
    return tuple(number + 1 if number < free else None for number in range(len(wanted)))


def _ranks(departments: Sequence[str]) -> dict[str, int]:
    """The place of each department; one that is named twice has its first place."""
    return {name: place for place, name in enumerate(dict.fromkeys(departments))}


def _office_place(article: Placeable, rank: dict[str, int]) -> tuple[int, int]:
    return rank.get(article.department, len(rank)), article.id
