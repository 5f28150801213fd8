"""新增稿件: an editor adds a text or files that did not come by mail."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.routes import get, post
from service.letters.add_by_hand import LARGEST_TOGETHER, AddedFile, AddedMaterial, add_by_hand
from service.register.register import department_names
from values.account import Role

_LARGEST_FORM: Final = LARGEST_TOGETHER + 4_000_000
"""Octets: the files, the text, and the text as HTML."""


def letter_new(request: Request) -> Response:
    """The form."""
    office, bulletin = office_of(request), bulletin_of(request)
    with office.ledger.reading() as ledger:
        names = department_names(ledger, bulletin)
    return page(request, "letters/new.html", names=names, most=LARGEST_TOGETHER // 1_000_000)


def letter_add(request: Request, form: Form) -> Response:
    """Adds what the form brings; the letter's page then shows what was read."""
    material = AddedMaterial(
        department=form.text("department"),
        text=form.raw("text").replace("\r\n", "\n"),
        html=form.raw("html"),
        files=tuple(AddedFile(file.name, file.data) for file in form.all_files("file")),
        registers=form.flag("registers"),
    )
    bulletin = bulletin_of(request)
    id = add_by_hand(office_of(request), bulletin, material, who=person_of(request).who)
    return back_to(request, f"/b/{bulletin.id}/letters/{id}", "已收下，几秒后读出稿件。")


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/b/{bulletin}/letters/new", letter_new, role=Role.EDITOR),
    post("/b/{bulletin}/letters", letter_add, most=_LARGEST_FORM, adds=True),
)
