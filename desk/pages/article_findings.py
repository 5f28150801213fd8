"""忽略、已核实、总是允许: what an editor decides about the findings on the page of an article."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import bulletin_of, office_of, person_of
from desk.pages.article import answer_change
from desk.pages.article_path import ARTICLE, article_id_in_path, article_in_path
from desk.routes import post
from service.article.settle_finding import SettlementRequest, settle_finding, settle_rule
from service.register.allowed_words import allow_word, disallow_word
from values.errors import BadUsage
from values.finding import FindingState


def settle(request: Request, form: Form) -> Response:
    """Decides about one finding or, with the field "all", about every open one of its rule; state: a `FindingState`."""
    article_id, state = article_id_in_path(request), settlement_state(form.text("state"))
    rule, index = form.text("rule"), form.number("index")
    office, asked = office_of(request), SettlementRequest(article_id, state, person_of(request).who, form.seen())
    if form.flag("all"):
        after = settle_rule(office, asked, rule)
    else:
        after = settle_finding(office, asked, -1 if index is None else index, rule)
    message = (
        "已改回未处理。" if state is FindingState.OPEN else f"已标为{state.chinese}，以后的稿子里这处不变就不再提示。"
    )
    return answer_change(request, after, form, message)


def allow(request: Request, form: Form) -> Response:
    """Puts a word into the office's list of allowed words."""
    article_id_in_path(request)  # before the list changes; refuses one of another bulletin
    word = allow_word(office_of(request), bulletin_of(request), form.text("word"), person_of(request).who)
    return answer_change(request, article_in_path(request), form, f"以后总是允许“{word}”；在单位页可以去掉。")


def disallow(request: Request, form: Form) -> Response:
    """Takes a word out of that list."""
    article_id_in_path(request)  # as in `allow`
    word = form.text("word")
    disallow_word(office_of(request), bulletin_of(request), word, person_of(request).who)
    return answer_change(request, article_in_path(request), form, f"不再总是允许“{word}”。")


def settlement_state(name: str) -> FindingState:
    """The state of that name. Raises BadUsage for a name that is no state."""
    try:
        return FindingState(name)
    except ValueError:
        raise BadUsage("没有说明是忽略还是已核实，没有执行。") from None


ROUTES: Final[tuple[BaseRoute, ...]] = (
    post(ARTICLE + "/settle", settle),
    post(ARTICLE + "/allow", allow),
    post(ARTICLE + "/disallow", disallow),
)
