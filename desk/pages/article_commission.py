"""算作约稿 on the page of an article, and of the letter that brought it."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, bulletin_of, is_path_of_ours, office_of, person_of
from desk.pages.article_path import ARTICLE, article_id_in_path
from desk.routes import post
from service.commission.commissioning import link, unlink
from values.errors import BadUsage
from values.whole_number import whole_number


def judge(request: Request, form: Form) -> Response:
    """Says that the article answers a commission, or does not. Fields: commission, as "number:version"; do, link or
    unlink; back, the path of the page that showed the form."""
    office, bulletin, who = office_of(request), bulletin_of(request), person_of(request).who
    article, do = article_id_in_path(request), form.text("do")
    id, seen = _commission_in(form)
    if do not in ("link", "unlink"):
        raise BadUsage("没有说明这篇算不算约稿，没有执行。请刷新页面再选。")
    judged = (link if do == "link" else unlink)(office, bulletin, id, article, who=who, seen=seen)
    back = form.text("back", f"/b/{bulletin.id}/articles/{article}")
    answers = "算作" if do == "link" else "不算"
    return back_to(
        request,
        back if is_path_of_ours(back) else f"/b/{bulletin.id}",
        f"稿件 {article} {answers}{judged.label}“{judged.topic}”。",
    )


def _commission_in(form: Form) -> tuple[int, int]:
    """Number and version. Raises BadUsage for a form without both."""
    number, _, version = form.text("commission").partition(":")
    id, seen = whole_number(number), whole_number(version)
    if id is None:
        raise BadUsage("请选一次约稿。")
    if seen is None:
        raise BadUsage("没有说明您看到的是哪一稿，没有执行。请刷新页面，看过现在的样子再改。")
    return id, seen


ROUTES: Final[tuple[BaseRoute, ...]] = (post(f"{ARTICLE}/commission", judge),)
