"""Which article stands where: sections in the office's order, in each the editor's own order and then the office's.

The office's order is that of the contents page: departments as the register lists them, those of other departments
last, and within a department by arrival. What the editor has placed himself stands first, in the order he gave it; all
else follows in the office's order. So an article that comes in later never pushes in between what he has placed: it
stands below that, where the office would put it. Whoever moves one article to the top lays down that one place, and
whoever moves one to the end lays down all places before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from values.issue import Imprint, Issue, IssueArticle, Masthead, Section


class Placeable(Protocol):
    """What an order of articles depends on; the text is no part of it."""

    @property
    def id(self) -> int: ...
    @property
    def section(self) -> str: ...
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
    """An issue of all the articles, the same for the same articles in whatever order they come."""
    return Issue(masthead, plan_sections(articles, sections=sections, departments=departments), imprint, editors_note)


def plan_sections(
    articles: Iterable[IssueArticle], *, sections: Sequence[str], departments: Sequence[str]
) -> tuple[Section, ...]:
    """The articles in their sections; sections without articles are left out.

    sections: the names in printing order. The ordinary articles ("") always come first; an article whose section is
    not among the names is an ordinary one. departments: canonical names in the order of the contents page.
    """
    by_section = ordered_by_section(articles, sections=sections, departments=departments)
    return tuple(
        Section(name, tuple(replace(article, section=name) for article in in_section))
        for name, in_section in by_section.items()
    )


def ordered_by_section(
    articles: Iterable[PlaceableT], *, sections: Sequence[str], departments: Sequence[str]
) -> Mapping[str, tuple[PlaceableT, ...]]:
    """The articles in printed order, by section, as `plan_sections` has them."""
    filed: dict[str, list[PlaceableT]] = {name: [] for name in ("", *sections)}
    for article in articles:
        filed[article.section if article.section in filed else ""].append(article)
    return {name: in_order(in_section, departments) for name, in_section in filed.items() if in_section}


def in_order(articles: Iterable[PlaceableT], departments: Sequence[str]) -> tuple[PlaceableT, ...]:
    """The articles of one section: those that the editor placed, then the others as the office would have them."""
    rank = _ranks(departments)

    def place(article: PlaceableT) -> tuple[bool, int, int, int]:
        return (article.position is None, article.position or 0, *_office_place(article, rank))

    return tuple(sorted(articles, key=place))


def places_for(wanted: Sequence[Placeable], departments: Sequence[str]) -> tuple[int | None, ...]:
    """What to lay down as each article's position so that those of a section stand as wanted.

    Positions that say so already stay as they are. Otherwise as few as possible: none from there on where the rest
    stands in the office's order anyway, so that nothing at all is laid down when the editor goes back to that.
    """
    if in_order(wanted, departments) == tuple(wanted):
        return tuple(article.position for article in wanted)
    rank = _ranks(departments)
    free = len(wanted) - 1
    while free and _office_place(wanted[free - 1], rank) < _office_place(wanted[free], rank):
        free -= 1
    return tuple(number + 1 if number < free else None for number in range(len(wanted)))


def _ranks(departments: Sequence[str]) -> dict[str, int]:
    """A department that is named twice has its first place."""
    return {name: place for place, name in enumerate(dict.fromkeys(departments))}


def _office_place(article: Placeable, rank: dict[str, int]) -> tuple[int, int]:
    return rank.get(article.department, len(rank)), article.id
