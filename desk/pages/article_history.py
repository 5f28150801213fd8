"""What has happened to an article, two of its texts compared, and the articles that are similar to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive import articles
from archive.changes import Change
from archive.decisions import Decision
from archive.revisions import revisions_of
from desk.page import fragment, is_htmx, office_of, page
from desk.pages.article_path import ARTICLE, article_in_path, article_path, may_edit
from desk.refusals import NotFound
from desk.routes import get
from service.article.compare import compared, differs
from service.article.similar import TextSketches, similar_to
from values.whole_number import whole_number

_BY_THE_SERVICE: Final = "系统生成"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that a person or the service did to the article."""

    at: datetime
    who: str
    """Name of the person; 系统生成 for the service's own doing."""
    what: str
    why: str
    """The reason, "" for none."""


def history_lines(changes: Sequence[Change], decisions: Sequence[Decision]) -> list[HistoryLine]:
    """Changes, and the decisions that have no line among them, the latest first.

    The record of changes begins later than the decisions in data folders of early versions, and the service's own
    decisions are not in it.
    """
    lines = [HistoryLine(change.changed_at, change.who, change.summary, change.why) for change in changes]
    recorded = {(line.at, line.who) for line in lines}
    lines += [
        HistoryLine(
            decision.decided_at,
            _BY_THE_SERVICE if decision.who == "jianbao" else decision.who,
            f"由{decision.before.chinese}改为{decision.after.chinese}",
            decision.note,
        )
        for decision in decisions
        if (decision.decided_at, decision.who) not in recorded
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def compare(request: Request) -> Response:
    """?from=1&to=2: two revisions, by default the current one and the one before; ?with=7: another article's text."""
    record = article_in_path(request)
    other = _number(request, "with", 0)
    before = _number(request, "from", max(1, record.revision - 1))
    after = _number(request, "to", record.revision)
    with office_of(request).ledger.reading() as ledger:
        old = articles.article_named(ledger, other) if other else articles.revision_numbered(ledger, record.id, before)
        new = articles.revision_numbered(ledger, record.id, after)
        revisions = revisions_of(ledger, record.id)
    if old.bulletin != record.bulletin:
        raise NotFound("没有这篇稿件。")
    rows = compared(old.manuscript, new.manuscript)
    return page(
        request,
        "article/compare.html",
        article=record,
        path=article_path(record),
        editable=may_edit(request, record),
        revisions=revisions,
        other=old if other else None,
        before=before,
        after=after,
        rows=rows,
        same=not differs(rows),
    )


def similar(request: Request) -> Response:
    """Fetched by the script of the article's page; without scripts a page of its own."""
    record, sketches = article_in_path(request), request.app.state.text_sketches
    assert isinstance(sketches, TextSketches)
    values: dict[str, Any] = {
        "article": record,
        "path": article_path(record),
        "similar": similar_to(office_of(request), record, sketches),
    }
    if is_htmx(request):
        return fragment(request, "article/_similar.html", **values)
    return page(request, "article/similar.html", **values)


def _number(request: Request, name: str, default: int) -> int:
    number = whole_number(request.query_params.get(name, ""))
    return default if number is None else number


ROUTES: Final[tuple[BaseRoute, ...]] = (get(ARTICLE + "/compare", compare), get(ARTICLE + "/similar", similar))
