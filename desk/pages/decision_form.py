"""The forms by which articles are decided about, and decisions taken back, wherever on the desk they stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from starlette.requests import Request

from archive import articles
from desk.forms import Form
from desk.page import bulletin_of, office_of, person_of
from desk.pages.article_path import article_id_in_path
from desk.refusals import NotFound
from service.article.decide import DecisionRequest, DecisionResult
from service.article.undo import UNDO_TIME
from values.errors import BadUsage
from values.issue import ArticleStatus
from values.whole_number import whole_number

_STATUS_BY_VALUE: Final = {status.value: status for status in ArticleStatus if status is not ArticleStatus.PUBLISHED}


def decision_in(request: Request, form: Form) -> DecisionRequest:
    """The decision about the article in the path. Raises BadUsage without a status or a version, NotFound.

    Fields: status; note, the reason; department, where the sender is unknown; version, of the article as it was shown;
    silent, ticked to write no letter about a returned article.
    """
    return DecisionRequest(
        status=_status_in(form),
        article=article_id_in_path(request),
        who=person_of(request).who,
        note=form.text("note"),
        department=form.text("department") or None,
        seen_version=form.seen(),
        notify=not form.flag("silent"),
        letter_waits=UNDO_TIME,
    )


def several_decision_in(request: Request, form: Form) -> DecisionRequest:
    """The decision about the articles that were ticked. Raises BadUsage without a status."""
    return DecisionRequest(
        article=0,
        status=_status_in(form),
        who=person_of(request).who,
        note=form.text("note"),
        letter_waits=UNDO_TIME,
    )


def articles_in(request: Request, form: Form) -> dict[int, int | None]:
    """The articles that a form names as "id:version", each with the version that the page showed.

    Raises BadUsage for a form that names none, or names one wrongly; NotFound for one of another bulletin.
    """
    seen: dict[int, int | None] = {}
    for entry in form.texts("article"):
        id, _, version = entry.partition(":")
        article_id, seen_version = whole_number(id), whole_number(version)
        if article_id is None or seen_version is None:
            raise BadUsage("没有说清楚是哪几篇，没有执行。请刷新页面再选。")
        seen[article_id] = seen_version
    if not seen:
        raise BadUsage("没有选稿件：先在稿件前面打勾。")
    bulletin = bulletin_of(request).id
    with office_of(request).ledger.reading() as ledger:
        if not all(articles.is_of_bulletin(ledger, article_id, bulletin) for article_id in seen):
            raise NotFound("没有这篇稿件。")
    return seen


def undo_of(results: Iterable[DecisionResult]) -> tuple[str, ...]:
    """The decisions that the next page offers to take back, as `articles_in` reads them."""
    return tuple(f"{result.article.id}:{result.article.version}" for result in results if result.may_be_undone)


def _status_in(form: Form) -> ArticleStatus:
    status = _STATUS_BY_VALUE.get(form.text("status"))
    if status is None:
        raise BadUsage("请选一个决定：采用、留用、退改或退稿。")
    return status
