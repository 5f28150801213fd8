"""签发: what becomes final, asked once; the final files; and discarding the draft."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.issues import IssueRecord
from desk.forms import Form
from desk.page import back_to, bulletin_of, download, office_of, page, person_of
from desk.pages.issue_board import is_supplement, issue_path, issue_paths, page_renderer_of, view_of
from desk.refusals import NotFound
from desk.routes import get, post
from service.approval.draft_state import state_of_open_draft
from service.approval.reviewed_draft import draft_way
from service.health.fonts import replaced_fonts
from service.issue.assemble import discard
from service.issue.drafted import drafted_issue, refuse_printed_otherwise
from service.issue.issue_files import final_file, issue_of, make_draft
from service.issue.preview import is_written
from service.issue.sign_off import FilesIncomplete, sign_off
from service.issue.unseen import unseen_texts_of
from service.people.access_record import HandedOut
from values.account import Role
from values.approval import ApprovalStage
from values.errors import BadUsage
from values.issue import IssueStatus


def prepare(request: Request, form: Form) -> Response:
    """Makes the draft again where it is not what the page shows, so that this can be signed off.

    One that is put forward, or approved, is made again only when that is asked for: it has to be put forward anew then.
    """
    waits = state_of_open_draft(office_of(request), bulletin_of(request), supplement=is_supplement(request))
    if waits in (ApprovalStage.WAITING, ApprovalStage.READY) and not form.flag("again"):
        return back_to(request, f"{issue_path(request)}/sign-off")
    make_draft(office_of(request), page_renderer_of(request), bulletin_of(request), supplement=is_supplement(request))
    return back_to(request, f"{issue_path(request)}/sign-off")


def ask(request: Request) -> Response:
    """Shows what becomes final, and asks for the confirmation."""
    view = view_of(request)
    if view.now.draft is None:
        last = f"{view.last.number.label}已签发。" if view.last else ""
        return back_to(request, issue_path(request), f"{last}现在没有送审稿可签发。")
    office = office_of(request)
    prints = office.soffice is not None and bool(view.now.template)
    return page(
        request,
        "issue_sign_off.html",
        view=view,
        written=is_written(office, page_renderer_of(request), view.now),
        mails=bool(office.settings.smtp.host) and office.settings.desk.listen is not None,
        **_approval(request, view.now.draft),
        unseen=unseen_texts_of(office, view.now.draft.id),
        replaced=replaced_fonts(view.now.template, office.environ) if prints else (),
        home=bulletin_of(request).id,
        base=issue_path(request),
    )


def _approval(request: Request, draft: IssueRecord) -> dict[str, Any]:
    """way: how far the draft has come, None where the bulletin has no steps. contents: what it contains. kept: whether
    it still prints what it shows, so that it can be approved and signed although more has come in."""
    office, bulletin = office_of(request), bulletin_of(request)
    if not bulletin.approval_steps:
        return {"way": None, "contents": (), "kept": False}
    with office.ledger.reading() as ledger:
        drafted = drafted_issue(ledger, bulletin, draft)
        way = draft_way(ledger, bulletin, drafted)
    try:
        refuse_printed_otherwise(office, bulletin, drafted)
    except BadUsage:
        return {"way": way, "contents": drafted.snapshot.articles, "kept": False}
    return {"way": way, "contents": drafted.snapshot.articles, "kept": True}


def sign(request: Request, form: Form) -> Response:
    """Signs off. Of two who do so at once, the second is shown by whom and when it was done."""
    office, bulletin = office_of(request), bulletin_of(request)
    issue = _issue(request, form.number("issue") or 0)
    if issue.status is not IssueStatus.DRAFT:
        return _was_signed(request, issue)
    try:
        sign_off(
            office,
            bulletin,
            issue.number.number,
            person_of(request).who,
            seen=form.seen("revision"),
            supplement=issue.number.supplement,
        )
    except FilesIncomplete as error:
        return back_to(request, _path(request, issue), str(error))
    except BadUsage:
        now = _issue(request, issue.id)
        if now.status is IssueStatus.DRAFT:
            raise
        return _was_signed(request, now)
    return back_to(request, _path(request, issue), f"{issue.number.label}已签发，期号和文件从此不变。")


def signed(request: Request) -> Response:
    """A signed-off issue with its files."""
    issue = _issue(request, request.path_params["issue"])
    if issue.status is not IssueStatus.SIGNED_OFF:
        raise NotFound("这一期还没有签发。")
    files = {file.kind: file for file in issue.final}
    return page(
        request,
        "issue_signed.html",
        issue=issue,
        files=files,
        has_office=office_of(request).soffice is not None,
        path=_path(request, issue),
        base=issue_path(request),
    )


def complete(request: Request, form: Form) -> Response:
    """Makes the files that are missing after a kill or without LibreOffice."""
    issue = _issue(request, request.path_params["issue"])
    try:
        number, who = issue.number, person_of(request).who
        sign_off(office_of(request), bulletin_of(request), number.number, who, supplement=number.supplement)
    except FilesIncomplete as error:
        return back_to(request, _path(request, issue), str(error))
    return back_to(request, _path(request, issue), "文件已补齐。")


def signed_file(request: Request) -> Response:
    """A final file of a signed-off issue, by its kind."""
    kind, issue = request.path_params["kind"], _issue(request, request.path_params["issue"])
    file = final_file(office_of(request), bulletin_of(request), issue.id, kind)
    handed_out = HandedOut(issue.bulletin, f"{issue.number.label}的 {kind} 文件", issue.id)
    return download(request, file.data, file.name, file.content_type, handed_out)


def withdraw(request: Request, form: Form) -> Response:
    """Discards the draft; its articles and its number are free again."""
    issue = _issue(request, form.number("issue") or 0)
    number, who, seen = issue.number, person_of(request).who, form.seen("revision")
    bulletin, supplement = bulletin_of(request), number.supplement
    discarded = discard(office_of(request), bulletin, number.number, who, seen=seen, supplement=supplement)
    message = f"{discarded.number.label}的送审稿已作废，期号收回；稿件都还在，可以重新编排。"
    return back_to(request, issue_path(request), message)


def _issue(request: Request, issue_id: int) -> IssueRecord:
    with office_of(request).ledger.reading() as ledger:
        return issue_of(ledger, bulletin_of(request), issue_id)


def _path(request: Request, issue: IssueRecord) -> str:
    return f"{issue_path(request)}/signed/{issue.id}"


def _was_signed(request: Request, issue: IssueRecord) -> Response:
    assert issue.decided_at is not None
    when = office_of(request).local(issue.decided_at)
    message = (
        f"{issue.number.label}已由{issue.decided_by}于 {when:%m月%d日 %H:%M} {issue.status.chinese}，您这次没有再做。"
    )
    is_signed = issue.status is IssueStatus.SIGNED_OFF
    return back_to(request, _path(request, issue) if is_signed else issue_path(request), message)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(post(path, prepare) for path in issue_paths("/sign-off/prepare")),
    *(get(path, ask, role=Role.EDITOR) for path in issue_paths("/sign-off")),
    *(post(path, sign) for path in issue_paths("/sign-off")),
    *(get(path, signed) for path in issue_paths("/signed/{issue:int}")),
    *(get(path, signed_file) for path in issue_paths("/signed/{issue:int}/{kind}")),
    *(post(path, complete) for path in issue_paths("/signed/{issue:int}/complete")),
    *(post(path, withdraw) for path in issue_paths("/discard")),
)
