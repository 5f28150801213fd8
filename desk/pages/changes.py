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
        found = changes.changes(ledger, which, most=_PAGE + 1)
        people = changes.people_of_changes(ledger, bulletins)
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
        "newest": "" if which.before is None else f"{base}?{urlencode(kept)}",
    }
    return page(request, "changes.html", **values)


def _bulletins_shown(request: Request, bulletin: str) -> tuple[str, ...]:
    """With "" for changes that belong to no bulletin, such as those of accounts: shown to whoever may make them."""
    return (bulletin, "") if person_of(request).role.includes(Role.ADMIN) else (bulletin,)


def _path(one: Change, bulletin: str) -> str:
    """Where the thing itself is shown, "" for nowhere."""
    match one.subject:
        case "article" if whole_number(one.subject_id) is not None:
            return f"/b/{bulletin}/articles/{one.subject_id}"
        case "department":
            return f"/b/{bulletin}/departments"
    return ""


ROUTES: Final[tuple[BaseRoute, ...]] = (get("/b/{bulletin}/changes", list_changes),)
