"""本期: the 按语 and the date, on a page of their own; and which articles wait for a supplement instead."""

from __future__ import annotations

from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.issue_board import done, path_of, refusing_kindly
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.routes import get, post
from service.arrange import choose_for_supplement
from service.prepare import preparation_for, set_date, write_editors_note
from values.account import Role
from values.errors import BadUsage, Changed


def ask(request: Request) -> Response:
    """What is laid down now."""
    found = preparation_for(office_of(request), bulletin_of(request))
    return _asked(request, found.editors_note, found.dated.isoformat() if found.dated else "")


def lay_down(request: Request, form: Form) -> Response:
    """What was typed is not lost when somebody else was faster, or when it cannot be taken."""
    office, bulletin, who = office_of(request), bulletin_of(request), person_of(request).who
    note, dated = form.text("note"), form.text("dated")
    try:
        day = _day(dated)
        now = write_editors_note(office, bulletin, note, who, seen=form.number("version"))
        set_date(office, bulletin, day, who, seen=now.version)
    except BadUsage as error:
        status = 409 if isinstance(error, Changed) else 400
        return _asked(request, note, dated, problem=str(error), status=status)
    return back_to(request, path_of(request), "按语和印发日期已记下。")


def choose(request: Request, form: Form) -> Response:
    """Into the next supplement, or back."""
    chosen = form.flag("chosen")
    article = choose_for_supplement(
        office_of(request),
        request.path_params["article"],
        person_of(request).who,
        chosen=chosen,
        seen=form.number("version"),
    )
    told = "编入下一期增刊，不在本期" if chosen else "改回本期"
    return done(request, f"《{article.manuscript.title}》{told}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadUsage("印发日期要写成 2022-11-08 的样子。") from None


def _asked(request: Request, note: str, dated: str, *, problem: str = "", status: int = 200) -> Response:
    now = preparation_for(office_of(request), bulletin_of(request))
    return page(
        request,
        "issue_note.html",
        status=status,
        note=note,
        dated=dated,
        now=now,
        problem=problem,
        base=path_of(request),
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/b/{bulletin}/issue/note", ask, role=Role.EDITOR),
    post("/b/{bulletin}/issue/note", lay_down),
    post("/b/{bulletin}/issue/articles/{article:int}/supplement", refusing_kindly(choose)),
)
