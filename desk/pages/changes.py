"""变更记录: who changed what, when and why, and for auditors who logged in and downloaded what; the latest first."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, Final, get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive import changes
from archive.changes import ACCESS, Change, ChangeFilter, Subject
from desk.page import bulletin_of, office_of, page, person_of
from desk.routes import get
from service.office import Office
from service.people.access_record import record_ended_minutes
from service.people.roles import reads_access
from values.account import Role
from values.errors import StorageFailed
from values.whole_number import whole_number
from values.written_date import date_written

_PAGE: Final = 50
"""Changes on a page: about two screens."""
_NAMES: Final[dict[str, str]] = {
    "article": "稿件",
    "issue": "期刊",
    "letter": "来信",
    "department": "单位",
    "account": "用户",
    "outbox": "发出的信",
    "ledger": "台账",
    "login": "登录",
    "download": "下载",
    "word": "允许的词",
    "bulletin": "刊物",
    "commission": "约稿",
}


def list_changes(request: Request) -> Response:
    """?who=, ?subject=, ?id=, ?from= and ?to= (days, both included) filter; ?before= the id with which the page of
    later changes ended."""
    office, bulletin, asked = office_of(request), bulletin_of(request), request.query_params
    readable = _readable(request, bulletin.id)
    chosen = {name: asked.get(name, "").strip() for name in ("who", "subject", "id", "from", "to")}
    which = replace(
        readable,
        who=chosen["who"],
        subject=next((subject for subject in get_args(Subject) if subject == chosen["subject"]), None),
        subject_id=chosen["id"],
        since=_midnight(office, chosen["from"]),
        until=_midnight(office, chosen["to"], days=1),
        before=whole_number(asked.get("before", "")),
    )
    with suppress(StorageFailed):  # the record can be read on a full disk too
        record_ended_minutes(office)
    with office.ledger.reading() as ledger:
        listed = changes.changes(ledger, which, most=_PAGE + 1)
        people = changes.people_of_changes(ledger, readable)
    shown, more = listed[:_PAGE], len(listed) > _PAGE
    base = f"/b/{bulletin.id}/changes"
    filters = {name: value for name, value in chosen.items() if value}
    values: dict[str, Any] = {
        "changes": [
            (change, _NAMES.get(change.subject, change.subject), _path(request, change, bulletin.id))
            for change in shown
        ],
        "people": people,
        "subjects": [(name, _NAMES[name]) for name in get_args(Subject) if name not in readable.without],
        "chosen": chosen,
        "filtered": bool(filters),
        "base": base,
        "older": f"{base}?{urlencode(filters | {'before': shown[-1].id})}" if more else "",
        "newest": "" if which.before is None else f"{base}?{urlencode(filters)}",
    }
    return page(request, "changes.html", **values)


def _readable(request: Request, bulletin: str) -> ChangeFilter:
    """The lines that the person may read: those of the bulletin; for auditors and admins also those that belong to
    none, such as changes of accounts; log-ins and downloads as `reads_access` allows."""
    role = person_of(request).role
    return ChangeFilter(
        bulletins=(bulletin, "") if role in (Role.AUDITOR, Role.ADMIN) else (bulletin,),
        without=() if reads_access(office_of(request).settings.desk, role) else ACCESS,
    )


def _midnight(office: Office, day: str, *, days: int = 0) -> datetime | None:
    """The beginning of a day, or of one `days` later, in the office's time; None for what is no date."""
    written = date_written(day, office.local(office.now()).year)
    if written is None:
        return None
    try:
        return datetime.combine(written, time(), office.settings.service.timezone) + timedelta(days=days)
    except OverflowError:
        return None


def _path(request: Request, change: Change, bulletin: str) -> str:
    """The path of the page about what was changed, "" for none that the person may open."""
    if not person_of(request).role.includes(Role.VIEWER):
        return ""
    match change.subject:
        case "commission" if whole_number(change.subject_id) is not None:
            return f"/b/{bulletin}/commissions/{change.subject_id}"
        case "article" if whole_number(change.subject_id) is not None:
            return f"/b/{bulletin}/articles/{change.subject_id}"
        case "department":
            return f"/b/{bulletin}/departments"
    return ""


ROUTES: Final[tuple[BaseRoute, ...]] = (get("/b/{bulletin}/changes", list_changes, role=Role.AUDITOR),)
