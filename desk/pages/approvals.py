"""审核: the drafts that wait for the person who is logged in, and the page on which each is approved or sent back."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.pages.review import LONGEST_REVIEW, ReviewPlace, decided, review_page, review_pdf, review_picture
from desk.routes import get, post
from service.approval.reviewed_draft import drafts_asking
from service.approval.reviewers import reviewer_at_desk
from values.account import Role

_DRAFT: Final = "/b/{bulletin}/approvals/{issue:int}"


def waiting(request: Request) -> Response:
    """The drafts of all bulletins that wait for this person."""
    person = person_of(request)
    return page(request, "approvals/list.html", drafts=drafts_asking(office_of(request), person.address))


def review(request: Request) -> Response:
    """A draft, for a person whom a step names."""
    return review_page(request, _place(request))


def decide(request: Request, form: Form) -> Response:
    """Approves it or sends it back."""
    outcome = decided(request, _place(request), form)
    if isinstance(outcome, Response):
        return outcome
    label, state = outcome.draft.number.label, outcome.state
    done = "已退回" if state.sent_back else "已同意"
    return back_to(request, "/approvals", f"{label}{done}，现在是{state.chinese}。")


def picture(request: Request) -> Response:
    """A picture of the draft."""
    return review_picture(request, _place(request))


def pdf(request: Request) -> Response:
    """The draft as PDF."""
    return review_pdf(request, _place(request))


def _place(request: Request) -> ReviewPlace:
    """Raises NotThere for a person who approves nothing."""
    bulletin, issue = bulletin_of(request), request.path_params["issue"]
    reviewer = reviewer_at_desk(office_of(request), person_of(request))
    return ReviewPlace(bulletin, issue, reviewer, f"/b/{bulletin.id}/approvals/{issue}")


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/approvals", waiting, role=Role.APPROVER),
    get(_DRAFT, review, role=Role.APPROVER),
    post(_DRAFT, decide, role=Role.APPROVER, most=LONGEST_REVIEW),
    get(f"{_DRAFT}/pictures/{{sha256}}", picture, role=Role.APPROVER),
    get(f"{_DRAFT}/pdf", pdf, role=Role.APPROVER),
)
