"""Decisions about articles of 本期: adopted, held, rejected, returned to the department; and back."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive import articles
from archive.articles import ArticleRecord
from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.pages.issue_board import both, done, path_of, refusing_kindly
from desk.refusals import NotFound
from desk.routes import get, post
from service.article.decide import decide
from service.article.returning import Notice, notice_for, remarks_for, return_article
from values.account import Role
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus

_BY_BUTTON: Final = {
    status.value: status
    for status in (ArticleStatus.DRAFT, ArticleStatus.ADOPTED, ArticleStatus.HELD, ArticleStatus.REJECTED)
}
_TOLD: Final = {
    ArticleStatus.DRAFT: "《{}》改回待审，编入本期",
    ArticleStatus.ADOPTED: "《{}》已采用",
    ArticleStatus.HELD: "《{}》留用，不在本期；在“不在本期的稿件”里可以取回",
    ArticleStatus.REJECTED: "《{}》退稿；在“不在本期的稿件”里可以取回",
}


def set_status(request: Request, form: Form) -> Response:
    to = _BY_BUTTON.get(form.text("to"))
    if to is None:
        raise BadUsage("没有说要怎样处理这篇稿件。")
    before = _article(request)
    made = decide(
        office_of(request),
        before.id,
        to,
        who=person_of(request).who,
        note=form.text("note"),
        seen=form.number("version"),
    )
    return done(request, _TOLD[to].format(made.article.manuscript.title))


def ask_why(request: Request) -> Response:
    """Before an article is returned: why, and whether its department will hear of it."""
    return _asked(request, _article(request))


def send_back(request: Request, form: Form) -> Response:
    """What was typed is not lost when somebody else was faster."""
    article, reason = _article(request), form.text("reason")
    try:
        made = return_article(
            office_of(request),
            article.id,
            reason,
            who=person_of(request).who,
            seen=form.number("version"),
            tell=not form.flag("quiet"),
        )
    except BadUsage as error:
        status = 409 if isinstance(error, Changed) else 400
        return _asked(request, _article(request), reason=reason, problem=str(error), status=status)
    return back_to(request, path_of(request), _told(request, made.article, made.notice))


def _asked(
    request: Request, article: ArticleRecord, *, reason: str = "", problem: str = "", status: int = 200
) -> Response:
    office = office_of(request)
    with office.ledger.reading() as ledger:
        notice = notice_for(office, ledger, article)
    return page(
        request,
        "issue_return.html",
        status=status,
        article=article,
        notice=notice,
        remarks=remarks_for(article),
        later=notice.at > office.now(),
        reason=reason,
        problem=problem,
        base=path_of(request),
    )


def _told(request: Request, article: ArticleRecord, notice: Notice) -> str:
    title = article.manuscript.title
    if notice.why_not:
        return f"《{title}》已退改，没有给单位寄信：{notice.why_not}。请另行告知单位。"
    office = office_of(request)
    when = f"，{office.local(notice.at):%H:%M} 后寄出" if notice.at > office.now() else ""
    return f"《{title}》已退改，退修信已写给 {notice.to}{when}。"


def _article(request: Request) -> ArticleRecord:
    """The article in the path, one of this bulletin's."""
    with office_of(request).ledger.reading() as ledger:
        found = articles.article_named(ledger, request.path_params["article"])
    if found.bulletin != bulletin_of(request).id:
        raise NotFound("没有这篇稿件。")
    return found


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(post(path, refusing_kindly(set_status)) for path in both("/articles/{article:int}/status")),
    *(get(path, ask_why, role=Role.EDITOR) for path in both("/articles/{article:int}/return")),
    *(post(path, send_back) for path in both("/articles/{article:int}/return")),
)
