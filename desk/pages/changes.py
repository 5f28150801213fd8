"""变更记录: who changed what, when and why; the latest first."""

from __future__ import annotations

from typing import Any, Final, get_args
from urllib.parse import urlencode

from sqlalchemy import ColumnElement
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive import changes
from archive.changes import Change, Subject
from archive.schema import change
from desk.page import bulletin_of, office_of, page, person_of
from desk.routes import get
from values.account import Role

_PAGE: Final = 50
_LARGEST_ID: Final = 2**63 - 1
_NAMES: Final[dict[str, str]] = {
    "article": "稿件",
    "issue": "期刊",
    "letter": "来信",
    "department": "单位",
    "account": "用户",
    "outbox": "发出的信",
}


def list_changes(request: Request) -> Response:
    bulletin, asked = bulletin_of(request), request.query_params
    ours = _of_the_bulletin(request, bulletin.id)
    chosen = {name: asked.get(name, "").strip() for name in ("who", "subject", "id")}
    conditions = [ours]
    if chosen["who"]:
        conditions.append(change.c.who == chosen["who"])
    if chosen["subject"] in get_args(Subject):
        conditions.append(change.c.subject == chosen["subject"])
    if chosen["id"]:
        conditions.append(change.c.subject_id == chosen["id"])
    before = asked.get("before", "")
    older = [change.c.id < min(int(before), _LARGEST_ID)] if before.isascii() and before.isdigit() else []
    with office_of(request).ledger.reading() as ledger:
        found = changes.changes(ledger, *conditions, *older, most=_PAGE + 1)
        people = changes.people_of_changes(ledger, ours)
    shown, more = found[:_PAGE], len(found) > _PAGE
    base = f"/b/{bulletin.id}/changes"
    kept = {name: value for name, value in chosen.items() if value}
    values: dict[str, Any] = {
        "changes": [(one, _NAMES.get(one.subject, one.subject), _path(one, bulletin.id)) for one in shown],
        "people": people,
        "subjects": [(name, _NAMES[name]) for name in get_args(Subject) if name in _NAMES],
        "chosen": chosen,
        "filtered": bool(kept),
        "base": base,
        "older": f"{base}?{urlencode(kept | {'before': shown[-1].id})}" if more else "",
        "newest": f"{base}?{urlencode(kept)}" if older else "",
    }
    return page(request, "changes.html", **values)


def _of_the_bulletin(request: Request, bulletin: str) -> ColumnElement[bool]:
    """What belongs to no bulletin, such as accounts, is shown to those who may change it."""
    shown = [bulletin, ""] if person_of(request).role.includes(Role.ADMIN) else [bulletin]
    return change.c.bulletin.in_(shown)


def _path(one: Change, bulletin: str) -> str:
    """Where the thing itself is shown, "" for nowhere."""
    match one.subject:
        case "article" if one.subject_id.isdigit():
            return f"/b/{bulletin}/articles/{one.subject_id}"
        case "department":
            return f"/b/{bulletin}/departments"
    return ""


ROUTES: Final[tuple[BaseRoute, ...]] = (get("/b/{bulletin}/changes", list_changes),)
