"""答复: an editor answers a letter."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.routes import get, post
from service.letters.answer_letter import answer_form, answer_letter
from values.account import Role
from values.outgoing import OutboxState

_WHEN: Final = {
    OutboxState.HELD: "已写好，放行后寄出（见“运行”）",
    OutboxState.QUEUED: "已写好，一分钟内寄出",
}


def answer_page(request: Request) -> Response:
    """The form; ?template= puts a prepared text into it."""
    template = request.query_params.get("template", "")
    form = answer_form(office_of(request), bulletin_of(request), request.path_params["letter"], template)
    return page(request, "letters/answer.html", form=form, chosen=template, path=_path(request))


def answer_post(request: Request, form: Form) -> Response:
    """Fields: text; quote, ticked to quote the letter."""
    letter_id = request.path_params["letter"]
    record = answer_letter(
        office_of(request),
        bulletin_of(request),
        letter_id,
        form.text("text"),
        quotes=form.flag("quote"),
        who=person_of(request).who,
    )
    state = record.delivery.state
    when = _WHEN.get(state, f"同样的话已经写过，那封信是“{state.chinese}”（见“运行”）")
    return back_to(request, _path(request), f"给 {record.to} 的答复：{when}。")


def _path(request: Request) -> str:
    return f"/b/{bulletin_of(request).id}/letters/{request.path_params['letter']}"


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/b/{bulletin}/letters/{letter:int}/answer", answer_page, role=Role.EDITOR),
    post("/b/{bulletin}/letters/{letter:int}/answer", answer_post, adds=True),
)
