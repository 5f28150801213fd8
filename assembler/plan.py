"""Which article stands where: sections in the office's order, in each the editor's own order and then the office's.

The office's order is that of the contents page: departments as the register lists them, those of other departments
last, and within a department by arrival. What the editor has placed himself stands first, in the order he gave it; all
else follows in the office's order. So an article that comes in later never pushes in between what he has placed: it
stands below that, where the office would put it. Whoever moves one article to the top lays down that one place, and
whoever moves one to the end lays down all places before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from values.issue import Imprint, Issue, IssueArticle, Masthead, Section


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
    names = tuple(dict.fromkeys(("", *sections)))
    filed: dict[str, list[IssueArticle]] = {name: [] for name in names}
    for article in articles:
        if article.section in filed:
            filed[article.section].append(article)
        else:
            filed[""].append(replace(article, section=""))
    return tuple(Section(name, in_order(found, departments)) for name, found in filed.items() if found)


def in_order(articles: Iterable[IssueArticle], departments: Sequence[str]) -> tuple[IssueArticle, ...]:
    """The articles of one section: those that the editor placed, then the others as the office would have them."""
    rank = _ranks(departments)

    def place(article: IssueArticle) -> tuple[bool, int, int, int]:
        return (article.position is None, article.position or 0, *_office_place(article, rank))

    return tuple(sorted(articles, key=place))


def places_for(wanted: Sequence[IssueArticle], departments: Sequence[str]) -> tuple[int | None, ...]:
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


def _office_place(article: IssueArticle, rank: dict[str, int]) -> tuple[int, int]:
    return rank.get(article.department, len(rank)), article.id
