"""印发, 采用通知: the letters of a signed issue, looked at before they go, queued, and taken back."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.issue_letters import letters_about
from archive.issues import IssueRecord
from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.pages.issue_board import issue_path, issue_paths
from desk.routes import get, post
from service.dispatch.dispatch import dispatch, take_back
from service.dispatch.planned_letters import DispatchKind, planned_letters
from service.issue.issue_files import issue_of
from values.account import Role
from values.errors import BadUsage, NotThere

_KINDS: Final[dict[str, DispatchKind]] = {"issue": "issue", "notices": "notices"}
_PAGE: Final = "/circulate/{issue:int}"


def letters(request: Request) -> Response:
    """What would go to whom, and how far it is."""
    office, bulletin, issue = office_of(request), bulletin_of(request), _issue(request)
    mails = bool(office.settings.smtp.host)
    with office.ledger.reading() as ledger:
        planned = planned_letters(office, ledger, bulletin, issue) if mails else ()
    return page(
        request,
        "issue_letters.html",
        issue=issue,
        copies=[letter for letter in planned if letter.kind == "issue"],
        notices=[letter for letter in planned if letter.kind == "notices"],
        mails=mails,
        path=_path(request, issue),
        signed=f"{issue_path(request)}/signed/{issue.id}",
    )


def send(request: Request, form: Form) -> Response:
    """Queues the letters of one kind."""
    issue, kind = _issue(request), _KINDS.get(form.text("kind"))
    if kind is None:
        raise BadUsage("没有说明要寄什么，请回到页面再试。")
    count = dispatch(office_of(request), bulletin_of(request), issue.id, (kind,), person_of(request).who)
    message = f"{count} 封信十分钟后寄出，在此之前可以收回。" if count else "这些信都已寄出或在待发，没有再寄。"
    return back_to(request, _path(request, issue), message)


def take_letter_back(request: Request, form: Form) -> Response:
    """Takes one letter of the issue back."""
    issue, letter = _issue(request), form.number("letter")
    with office_of(request).ledger.reading() as ledger:
        own = {entry.record.id for entry in letters_about(ledger, issue.id)}
    if letter is None or letter not in own:
        raise NotThere("没有这封信。")
    record = take_back(office_of(request), letter, who=person_of(request).who)
    return back_to(request, _path(request, issue), f"给 {record.to} 的信已收回，不会寄出。")


def _issue(request: Request) -> IssueRecord:
    with office_of(request).ledger.reading() as ledger:
        return issue_of(ledger, bulletin_of(request), request.path_params["issue"])


def _path(request: Request, issue: IssueRecord) -> str:
    return f"{issue_path(request)}/circulate/{issue.id}"


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(get(path, letters, role=Role.EDITOR) for path in issue_paths(_PAGE)),
    *(post(path, send) for path in issue_paths(_PAGE)),
    *(post(path, take_letter_back) for path in issue_paths(f"{_PAGE}/take-back")),
)
