"""提请审核: the editor's acts on the way of a draft to its sign-off."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.issues import IssueRecord
from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, person_of
from desk.pages.issue_board import issue_path, issue_paths
from desk.routes import post
from service.approval.put_forward import ask_again, put_forward
from service.issue.issue_files import issue_of


def forward(request: Request, form: Form) -> Response:
    """Puts the draft that the page shows forward to the first step that has not approved it."""
    issue = _issue(request, form)
    done = put_forward(
        office_of(request),
        bulletin_of(request),
        issue.number.number,
        person_of(request).who,
        seen=form.seen("revision"),
        note=form.text("note"),
        supplement=issue.number.supplement,
    )
    mailed = f"，已写信给{'、'.join(done.mailed)}" if done.mailed else "；没有寄信，请审核人登录审稿台"
    message = f"{issue.number.label}第 {done.draft.revision} 稿已提请审核，现在是{done.state.chinese}{mailed}。"
    return back_to(request, f"{issue_path(request)}/sign-off", message)


def mail_again(request: Request, form: Form) -> Response:
    """Mails another one-time link to somebody who is asked."""
    issue, address = _issue(request, form), form.text("person")
    who, number = person_of(request).who, issue.number
    ask_again(office_of(request), bulletin_of(request), number.number, address, who, supplement=number.supplement)
    return back_to(request, f"{issue_path(request)}/sign-off", f"已再写信给 {address}，原来的链接作废。")


def _issue(request: Request, form: Form) -> IssueRecord:
    with office_of(request).ledger.reading() as ledger:
        return issue_of(ledger, bulletin_of(request), form.number("issue") or 0)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(post(path, forward) for path in issue_paths("/put-forward")),
    *(post(path, mail_again, adds=True) for path in issue_paths("/ask-again")),
)
