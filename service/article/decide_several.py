"""One decision about several articles, in one transaction; those that have changed meanwhile are left as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from archive import articles
from service.article.article_left import ArticleLeft, refuse_nothing_done
from service.article.decide import DecisionRequest, DecisionResult, decide_within, reason_in
from service.office import Office
from values.errors import BadUsage

MOST_AT_ONCE: Final = 200
"""Articles of one decision: more than the longest issue has, so that a transaction stays short."""


@dataclass(frozen=True, slots=True)
class SeveralDecided:
    """What one decision about several articles has done, in the order in which they were named."""

    decided: tuple[DecisionResult, ...]
    left: tuple[ArticleLeft, ...]
    """Those about which it could not be made, such as one that somebody has changed meanwhile."""


def decide_several(office: Office, request: DecisionRequest, seen: Mapping[int, int | None]) -> SeveralDecided:
    """Makes the same decision about each article. seen: the version of each that the person saw, None for any; article
    and version of the request itself are not used.

    Raises BadUsage where a reason is wanting, for more than 200 articles, for a request that names a department, and
    where none could be decided about.
    """
    reason_in(request)
    if len(seen) > MOST_AT_ONCE:
        raise BadUsage(f"一次最多决定 {MOST_AT_ONCE} 篇，选了 {len(seen)} 篇。")
    if request.department is not None:
        raise BadUsage("单位要一篇一篇地定，不能几篇一起。")
    at = office.now()
    decided: list[DecisionResult] = []
    left: list[ArticleLeft] = []
    with office.ledger.writing() as ledger:
        for article_id, version in seen.items():
            wanted = replace(request, article=article_id, seen_version=version)
            try:
                before = articles.article_named(ledger, article_id)
                decided.append(decide_within(office, ledger, before, wanted, at=at))
            except BadUsage as error:  # raised before anything of the article is written
                left.append(ArticleLeft(article_id, error))
        if not decided:
            refuse_nothing_done(left)
    return SeveralDecided(tuple(decided), tuple(left))
