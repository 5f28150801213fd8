"""变更记录: who changed what, when and why; the latest first."""

from __future__ import annotations

from typing import Any, Final, get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive import changes
from archive.changes import Change, ChangeFilter, Subject
from desk.page import bulletin_of, office_of, page, person_of
from desk.routes import get
from values.account import Role
from values.whole_number import whole_number

_PAGE: Final = 50
"""Changes on a page: about two screens."""
_NAMES: Final[dict[str, str]] = {
    "article": "稿件",
    "issue": "期刊",
    "letter": "来信",
    "department": "单位",
    "account": "用户",
    "outbox": "发出的信",
}


def list_changes(request: Request) -> Response:
    """?who=, ?subject= and ?id= filter; ?before= the id with which the page of later changes ended."""
    bulletin, asked = bulletin_of(request), request.query_params
    bulletins = _bulletins_shown(request, bulletin.id)
    chosen = {name: asked.get(name, "").strip() for name in ("who", "subject", "id")}
    which = ChangeFilter(
        bulletins=bulletins,
        who=chosen["who"],
        subject=next((subject for subject in get_args(Subject) if subject == chosen["subject"]), None),
        subject_id=chosen["id"],
        before=whole_number(asked.get("before", "")),
    )
    with office_of(request).ledger.reading() as ledger:
        listed = changes.changes(ledger, which, most=_PAGE + 1)
        people = changes.people_of_changes(ledger, bulletins)
    shown, more = listed[:_PAGE], len(listed) > _PAGE
    base = f"/b/{bulletin.id}/changes"
    filters = {name: value for name, value in chosen.items() if value}
    values: dict[str, Any] = {
        "changes": [
            (change, _NAMES.get(change.subject, change.subject), _path(change, bulletin.id)) for change in shown
        ],
        "people": people,
        "subjects": [(name, _NAMES[name]) for name in get_args(Subject) if name in _NAMES],
        "chosen": chosen,
        "filtered": bool(filters),
        "base": base,
        "older": f"{base}?{urlencode(filters | {'before': shown[-1].id})}" if more else "",
        "newest": "" if which.before is None else f"{base}?{urlencode(filters)}",
    }
    return page(request, "changes.html", **values)


def _bulletins_shown(request: Request, bulletin: str) -> tuple[str, ...]:
    """The bulletin in the path; for admins also "", which stands for changes of accounts."""
    return (bulletin, "") if person_of(request).role.includes(Role.ADMIN) else (bulletin,)


def _path(change: Change, bulletin: str) -> str:
    """The path of the page about what was changed, "" for none."""
    match change.subject:
        case "article" if whole_number(change.subject_id) is not None:
            return f"/b/{bulletin}/articles/{change.subject_id}"
        case "department":
            return f"/b/{bulletin}/departments"
    return ""


ROUTES: Final[tuple[BaseRoute, ...]] = (get("/b/{bulletin}/changes", list_changes),)
