"""催稿: letters to the departments that have sent nothing for the next issue, looked at before they go."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.routes import get, post
from service.commission.urge import is_urging_letter, silent_departments, urge
from service.dispatch.dispatch import take_back
from values.account import Role
from values.errors import BadUsage, NotThere

_PAGE: Final = "/b/{bulletin}/issue/urging"


def urging(request: Request) -> Response:
    """The departments of 本期未报送, each with its letter."""
    office, bulletin = office_of(request), bulletin_of(request)
    with office.ledger.reading() as ledger:
        silent = silent_departments(office, ledger, bulletin)
    mails = bool(office.settings.smtp.host)
    home = f"/b/{bulletin.id}/issue"
    return page(request, "urging.html", silent=silent, mails=mails, home=home, path=_path(request))


def send(request: Request, form: Form) -> Response:
    """Queues letters to the departments that are ticked. One that was urged already is ticked as "TIMES NAME", so that
    a form that is sent twice urges once."""
    office, bulletin = office_of(request), bulletin_of(request)
    units, ticked = form.texts("unit"), form.texts("again")
    if not (units or ticked):
        raise BadUsage("请选择催哪些单位。")
    with office.ledger.reading() as ledger:
        shown = {f"{entry.times} {entry.letter.department}" for entry in silent_departments(office, ledger, bulletin)}
    again = [text.partition(" ")[2] for text in ticked if text in shown]
    count = urge(office, bulletin, units, who=person_of(request).who, again=again)
    message = f"{count} 封信十分钟后寄出，在此之前可以收回。" if count else "这些单位已经催过，或者已经报来，没有再寄。"
    return back_to(request, _path(request), message)


def take_letter_back(request: Request, form: Form) -> Response:
    """Takes one of the letters back."""
    office, letter = office_of(request), request.path_params["letter"]
    if not is_urging_letter(office, bulletin_of(request), letter):
        raise NotThere("没有这封信。")
    record = take_back(office, letter, who=person_of(request).who)
    return back_to(request, _path(request), f"给 {record.to} 的信已收回，不会寄出。")


def _path(request: Request) -> str:
    return f"/b/{bulletin_of(request).id}/issue/urging"


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(_PAGE, urging, role=Role.EDITOR),
    post(_PAGE, send),
    post(f"{_PAGE}/take-back/{{letter:int}}", take_letter_back),
)
