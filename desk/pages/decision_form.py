"""The form by which an article is decided about, wherever on the desk it stands."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from desk.forms import Form
from desk.page import person_of
from desk.pages.article_path import article_id_in_path
from service.article.decide import DecisionRequest
from values.errors import BadUsage
from values.issue import ArticleStatus

_STATUS_BY_VALUE: Final = {status.value: status for status in ArticleStatus if status is not ArticleStatus.PUBLISHED}


def decision_in(request: Request, form: Form) -> DecisionRequest:
    """The decision about the article in the path. Raises BadUsage without a status or a version, NotFound.

    Fields: status; note, the reason; department, where the sender is unknown; version, of the article as it was shown;
    silent, ticked to write no letter about a returned article.
    """
    status = _STATUS_BY_VALUE.get(form.text("status"))
    if status is None:
        raise BadUsage("请选一个决定：采用、留用、退改或退稿。")
    return DecisionRequest(
        article=article_id_in_path(request),
        status=status,
        who=person_of(request).who,
        note=form.text("note"),
        department=form.text("department") or None,
        seen_version=form.seen(),
        notify=not form.flag("silent"),
    )
