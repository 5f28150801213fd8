"""忽略 and 已核实 at the rows of 本期: findings are settled without opening their article."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import office_of, person_of
from desk.pages.article_findings import settlement_state
from desk.pages.article_path import article_id_in_path
from desk.pages.issue_board import answering_refusals, issue_paths, row_answer
from desk.routes import post
from service.article.settle_finding import SettlementRequest, settle_finding, settle_rule


def settle_in_row(request: Request, form: Form) -> Response:
    """Decides about one finding or, with the field "all", about every open one of its rule; state: a `FindingState`."""
    state, rule, index = settlement_state(form.text("state")), form.text("rule"), form.number("index")
    asked = SettlementRequest(article_id_in_path(request), state, person_of(request).who, form.seen())
    if form.flag("all"):
        article = settle_rule(office_of(request), asked, rule)
    else:
        article = settle_finding(office_of(request), asked, -1 if index is None else index, rule)
    message = f"《{article.manuscript.title}》的意见已标为{state.chinese}；在稿件页可以改回"
    return row_answer(request, article, message, was_in_issue=True)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(post(path, answering_refusals(settle_in_row)) for path in issue_paths("/articles/{article:int}/settle")),
)
