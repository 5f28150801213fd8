"""Decisions about articles of 本期: adopt, hold, reject, return to the department; and take back."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.articles import ArticleRecord
from desk.forms import Form
from desk.page import back_to, office_of, page
from desk.pages.article_path import article_in_path
from desk.pages.decision_form import decision_in, undo_of
from desk.pages.issue_board import answering_refusals, issue_path, issue_paths, row_answer
from desk.routes import get, post
from service.article.decide import DecisionRequest, decide
from service.article.returning import ReturnNotice, notice_for, remarks_for
from values.account import Role
from values.errors import BadUsage, Changed
from values.issue import IN_ISSUE, ArticleStatus

_DONE: Final = {
    ArticleStatus.DRAFT: "《{}》改回待审，编入本期",
    ArticleStatus.ADOPTED: "《{}》已采用",
    ArticleStatus.HELD: "《{}》留用，不在本期；在“不在本期的稿件”里可以取回",
    ArticleStatus.REJECTED: "《{}》退稿；在“不在本期的稿件”里可以取回",
}


def decide_about(request: Request, form: Form) -> Response:
    """By a button of the row, or by the page that asks for the reason of a return."""
    wanted = decision_in(request, form)
    if wanted.status is ArticleStatus.RETURNED:
        return _returned(request, wanted)
    result = decide(office_of(request), wanted)
    message = _DONE[wanted.status].format(result.article.manuscript.title)
    was_in_issue = result.before in IN_ISSUE
    return row_answer(request, result.article, message, was_in_issue=was_in_issue, undo=undo_of([result]))


def ask_reason(request: Request) -> Response:
    """Before an article is returned: why, and whether its department is sent a letter."""
    return _reason_page(request, article_in_path(request))


def _returned(request: Request, wanted: DecisionRequest) -> Response:
    """A reason that was typed is kept on the page when the decision is refused."""
    try:
        result = decide(office_of(request), wanted)
    except BadUsage as error:
        status = 409 if isinstance(error, Changed) else 400
        return _reason_page(request, article_in_path(request), reason=wanted.note, problem=str(error), status=status)
    assert result.notice is not None, "a returned article has one"
    sentence = _return_sentence(request, result.article, result.notice)
    return back_to(request, issue_path(request), sentence, undo=undo_of([result]))


def _reason_page(
    request: Request, article: ArticleRecord, *, reason: str = "", problem: str = "", status: int = 200
) -> Response:
    office = office_of(request)
    at = office.now()
    with office.ledger.reading() as ledger:
        notice = notice_for(office, ledger, article, at=at)
        remarks = remarks_for(ledger, article)
    return page(
        request,
        "issue_return.html",
        status=status,
        article=article,
        notice=notice,
        remarks=remarks,
        later=notice.at > at,
        reason=reason,
        problem=problem,
        base=issue_path(request),
    )


def _return_sentence(request: Request, article: ArticleRecord, notice: ReturnNotice) -> str:
    title = article.manuscript.title
    if notice.why_not:
        return f"《{title}》已退改，没有给单位寄信：{notice.why_not}。请另行告知单位。"
    office = office_of(request)
    when = f"，{office.local(notice.at):%H:%M} 后寄出" if notice.at > office.now() else ""
    return f"《{title}》已退改，退改信已写给 {notice.to}{when}。"


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(post(path, answering_refusals(decide_about)) for path in issue_paths("/articles/{article:int}/decide")),
    *(get(path, ask_reason, role=Role.EDITOR) for path in issue_paths("/articles/{article:int}/return")),
)
