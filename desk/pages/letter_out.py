"""A letter out as it is sent, and the decision about one that is held."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, office_of, page, person_of
from desk.routes import get, post
from service.letters.held_letters import drop_letter, release_letter
from service.letters.letter_out_view import letter_out_view
from values.account import Role
from values.outgoing import OutboxState

_OUTBOX: Final = "/state#outbox"


def letter_out(request: Request) -> Response:
    """Its text and the names of what is attached."""
    view = letter_out_view(office_of(request), _id(request))
    return page(request, "letter_out.html", view=view, held=view.record.delivery.state is OutboxState.HELD)


def release_post(request: Request, form: Form) -> Response:
    """Lets a held letter be sent."""
    record = release_letter(office_of(request), _id(request), who=person_of(request).who)
    return back_to(request, _OUTBOX, f"发给 {record.to} 的《{record.subject}》已放行，一分钟内寄出。")


def drop_post(request: Request, form: Form) -> Response:
    """Keeps a held letter from being sent."""
    record = drop_letter(office_of(request), _id(request), who=person_of(request).who)
    return back_to(request, _OUTBOX, f"发给 {record.to} 的《{record.subject}》不发了。")


def _id(request: Request) -> int:
    id: int = request.path_params["letter_out"]
    return id


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/state/outbox/{letter_out:int}", letter_out, role=Role.EDITOR),
    post("/state/outbox/{letter_out:int}/release", release_post, role=Role.EDITOR),
    post("/state/outbox/{letter_out:int}/drop", drop_post, role=Role.EDITOR),
)
