"""What the views of 本期 share: the list that they answer with, and their answer to what cannot be done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from archive.articles import ArticleRecord
from desk.error_pages import status_of
from desk.forms import Form
from desk.page import activity_of, back_to, bulletin_of, fragment, is_htmx, office_of, person_of
from service.approval.draft_state import state_of
from service.health.alarms import Alarm
from service.health.state import urgent_alarms
from service.issue.desk_issue import IssueView, issue_view, placed_row
from service.issue.page_renderer import PageRenderer
from service.issue.period_calendar import PeriodCalendar, calendar_of
from service.issue.preview import is_written, preview
from service.people.accounts import editor_names
from service.people.roles import may_approve
from values.approval import ApprovalState
from values.errors import BadUsage

PostView = Callable[[Request, Form], Response]

_ISSUE: Final = "/b/{bulletin}/issue"


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    """How far the draft has come, for the person who looks at 本期."""

    state: ApprovalState
    asked: bool
    """Whether this person is asked to approve it."""


def issue_paths(pattern: str) -> tuple[str, str]:
    """The paths of a route below the page of the issue and below that of the supplement."""
    return f"{_ISSUE}{pattern}", f"{_ISSUE}/supplement{pattern}"


def issue_path(request: Request) -> str:
    """The path of the page that the request comes from: of the bulletin's issue, or of its supplement."""
    path = f"/b/{bulletin_of(request).id}/issue"
    return f"{path}/supplement" if is_supplement(request) else path


def is_supplement(request: Request) -> bool:
    """Whether the request is about the supplement instead of the ordinary issue."""
    path = f"/b/{bulletin_of(request).id}/issue/supplement"
    return request.url.path == path or request.url.path.startswith(f"{path}/")


def view_of(request: Request) -> IssueView:
    """The issue for the person who is logged in."""
    bulletin, person = bulletin_of(request), person_of(request)
    return issue_view(office_of(request), bulletin, person.id, supplement=is_supplement(request))


def page_renderer_of(request: Request) -> PageRenderer:
    """The one of the application, which lays out pages in the background."""
    renderer = request.app.state.page_renderer
    assert isinstance(renderer, PageRenderer)
    return renderer


def board_values(request: Request, view: IssueView | None = None) -> dict[str, Any]:
    """The values for the page and its fragments. Starts laying out the pages where they have changed.

    view: the issue as it is now, where the caller has it already.
    """
    office, bulletin, renderer = office_of(request), bulletin_of(request), page_renderer_of(request)
    view = view or view_of(request)
    alarms = urgent_alarms(office, activity_of(request), bulletin)
    return {
        "alarms": alarms,
        "mark": page_mark(view, alarms),
        "view": view,
        "preview": preview(office, renderer, bulletin, view.now),
        "written": is_written(office, renderer, view.now),
        "supplement": is_supplement(request),
        "home": f"/b/{bulletin.id}/issue",
        "bulletin": bulletin,
        "base": issue_path(request),
        "mails": bool(office.settings.smtp.host),
        "has_office": office.soffice is not None,
        "approval": _approval(request, view),
        "calendar": None if is_supplement(request) else _calendar(request),
        "editors": editor_names(office),
        "typed": None,
        "typed_note": None,
    }


def page_mark(view: IssueView, alarms: Sequence[Alarm]) -> str:
    """Changes with anything that the list shows, the alarms above it too."""
    shown = repr([(alarm.cause, alarm.message) for alarm in alarms]) if alarms else ""
    return view.mark + (hashlib.sha256(shown.encode()).hexdigest()[:8] if shown else "")


def _calendar(request: Request) -> PeriodCalendar:
    office = office_of(request)
    with office.ledger.reading() as ledger:
        return calendar_of(office, ledger, bulletin_of(request))


def _approval(request: Request, view: IssueView) -> ApprovalShown | None:
    """How far the draft has come; None where the bulletin has no steps, or there is no draft."""
    office, bulletin, draft = office_of(request), bulletin_of(request), view.now.draft
    if not bulletin.approval_steps or draft is None:
        return None
    with office.ledger.reading() as ledger:
        state = state_of(ledger, bulletin, draft)
    person = person_of(request)
    asked = may_approve(office.settings.desk, person.role) and state.asks(person.address) is not None
    return ApprovalShown(state, asked)


def board_answer(
    request: Request, message: str, view: IssueView | None = None, *, tone: str = "good", undo: Sequence[str] = ()
) -> Response:
    """The list and the pages as they are now, with a sentence about what was done. undo: the decisions that can be
    taken back (`desk.page.back_to`)."""
    if is_htmx(request):
        values = board_values(request, view)
        return fragment(request, "issue/_answer.html", message=message, tone=tone, undo=undo, oob=True, **values)
    return back_to(request, issue_path(request), message, undo=undo)


def row_answer(
    request: Request, article: ArticleRecord, message: str, *, was_in_issue: bool, undo: Sequence[str] = ()
) -> Response:
    """The article's row as it is now, or nothing in its place where it has left the list or come into it: the page then
    asks for the list."""
    if not is_htmx(request):
        return back_to(request, issue_path(request), message, undo=undo)
    office, bulletin, supplement = office_of(request), bulletin_of(request), is_supplement(request)
    placed = None
    if was_in_issue:
        placed = placed_row(office, bulletin, person_of(request).id, article, supplement=supplement)
    return fragment(
        request,
        "issue/_row_answer.html",
        message=message,
        undo=undo,
        placed=placed,
        supplement=supplement,
        bulletin=bulletin,
        base=issue_path(request),
        typed=None,
    )


def answering_refusals(view: PostView) -> PostView:
    """Answers a script's request that the view refuses with the list as it is now, and the reason.

    A title or 按语 that was typed is kept in its field.
    """

    @wraps(view)
    def answer(request: Request, form: Form) -> Response:
        try:
            return view(request, form)
        except BadUsage as error:
            if not is_htmx(request):
                raise
            values = board_values(request)
            if "title" in form.fields:
                values["typed"] = (request.path_params.get("article"), form.text("title"))
            if "editors_note" in form.fields:
                values["typed_note"] = form.text("editors_note")
            response = fragment(
                request,
                "issue/_answer.html",
                status=status_of(error),
                message=str(error),
                tone="bad",
                undo=(),
                oob=True,
                **values,
            )
            response.headers.update({"HX-Retarget": "#board", "HX-Reswap": "outerHTML"})
            return response

    return answer
