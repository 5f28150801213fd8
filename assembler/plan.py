"""Which article stands where: sections in the office's order, departments in the order of the contents page."""

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
) -> Issue:
    """An issue of all the articles, the same for the same articles in whatever order they come.

    sections: the names in printing order. The ordinary articles ("") always come first; an article whose section is
    not among the names is an ordinary one. Sections without articles are left out.
    departments: canonical names in the order of the contents page; within a section the articles follow it, those of
    other departments come last, and within a department the id (order of arrival) decides.
    """
    names = tuple(dict.fromkeys(("", *sections)))
    rank = {name: place for place, name in reversed(list(enumerate(departments)))}
    filed: dict[str, list[IssueArticle]] = {name: [] for name in names}
    for article in sorted(articles, key=lambda article: (rank.get(article.department, len(departments)), article.id)):
        if article.section in filed:
            filed[article.section].append(article)
        else:
            filed[""].append(replace(article, section=""))
    return Issue(masthead, tuple(Section(name, tuple(found)) for name, found in filed.items() if found), imprint)
