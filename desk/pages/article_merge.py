"""综合采用: several articles are chosen, put in order and become one; and back. Works without scripts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.articles import is_of_bulletin
from desk.error_pages import status_of
from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.pages.article_path import ARTICLE, article_id_in_path, article_path, note_own_change
from desk.refusals import NotFound
from desk.routes import get, post
from service.article.joint_adoption import MergeRequest, merge_articles, undo_merger
from service.issue.mergeable import mergeable_articles
from values.account import Role
from values.errors import BadUsage
from values.whole_number import whole_number

_MERGE: Final = "/b/{bulletin}/articles/merge"


def choose(request: Request) -> Response:
    """?article=3&article=5: the articles that are ticked, in this order."""
    return _page(request, _numbers(request.query_params.getlist("article")))


def choose_picked(request: Request, form: Form) -> Response:
    """From 本期: the articles that are ticked there, each as id:version."""
    ids = _numbers([text.partition(":")[0] for text in form.texts("article")])
    query = "&".join(f"article={id}" for id in ids)
    return back_to(request, f"/b/{bulletin_of(request).id}/articles/merge?{query}")


def merge(request: Request, form: Form) -> Response:
    """Fields: article, the ids that are ticked; place-ID and version-ID of each; into; title; headings; why.

    What was typed is shown again with the reason where it is refused.
    """
    places = {id: form.number(f"place-{id}") or 0 for id in _numbers(form.texts("article"))}
    ids = sorted(places, key=lambda id: places[id])
    into = form.number("into")
    wanted = MergeRequest(
        articles=ids,
        into=into if into in places else next(iter(ids), 0),
        who=person_of(request).who,
        title=form.text("title"),
        headings=form.flag("headings"),
        seen_versions={id: form.seen(f"version-{id}") for id in ids},
        why=form.text("why"),
    )
    _refuse_foreign(request, ids)
    try:
        after = merge_articles(office_of(request), wanted)
    except BadUsage as error:
        typed = {"into": wanted.into, "title": wanted.title, "headings": wanted.headings, "why": wanted.why}
        return _page(request, ids, typed, problem=str(error), status=status_of(error))
    note_own_change(request, after)
    return back_to(request, article_path(after), f"已合并成一篇，单位：{'、'.join(after.departments)}。")


def undo(request: Request, form: Form) -> Response:
    """Undoes the last merger into the article."""
    article_id, seen = article_id_in_path(request), form.seen()
    record, *freed = undo_merger(office_of(request), article_id, person_of(request).who, seen=seen)
    note_own_change(request, record)
    numbers = "、".join(str(each.id) for each in freed)
    return back_to(request, article_path(record), f"已撤销合并，稿件 {numbers} 恢复原来的状态。")


def _refuse_foreign(request: Request, ids: Collection[int]) -> None:
    """Raises NotFound for an article of another bulletin."""
    with office_of(request).ledger.reading() as ledger:
        if not all(is_of_bulletin(ledger, id, bulletin_of(request).id) for id in ids):
            raise NotFound("没有这篇稿件。")


def _numbers(texts: Collection[str]) -> list[int]:
    return list(dict.fromkeys(number for text in texts if (number := whole_number(text)) is not None))


def _page(
    request: Request,
    ticked: Collection[int],
    typed: Mapping[str, Any] | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> Response:
    """typed: into, title, headings and why, as they were sent."""
    office, bulletin, order = office_of(request), bulletin_of(request), list(ticked)
    with office.ledger.reading() as ledger:
        offered = mergeable_articles(ledger, bulletin, order)
    by_id = {record.id: record for record in offered}
    chosen = [by_id[id] for id in order if id in by_id]
    return page(
        request,
        "article/merge.html",
        status=status,
        chosen=chosen,
        further=[record for record in offered if record.id not in order],
        typed=typed or {"into": chosen[0].id if chosen else 0, "title": "", "headings": False, "why": ""},
        problem=problem,
        base=f"/b/{bulletin.id}/articles",
        home=f"/b/{bulletin.id}/issue",
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(_MERGE, choose, role=Role.EDITOR),
    post(_MERGE, merge),
    post(f"{_MERGE}/choose", choose_picked),
    post(f"{ARTICLE}/merge/undo", undo),
)
