"""The one-time link of a letter: its holder sees that one draft, and approves it or sends it back, without a log-in.

Looking does not use the link up: mail systems open links before people do.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import office_of, page
from desk.pages.review import LONGEST_REVIEW, ReviewPlace, decided, review_page, review_pdf, review_picture
from desk.routes import get, post
from service.approval.reviewers import open_link

_LINK: Final = "/approve/{token}"


def linked_review(request: Request) -> Response:
    """The draft of the link."""
    return review_page(request, _place(request))


def decide_by_link(request: Request, form: Form) -> Response:
    """Approves it or sends it back; the link is used up."""
    place = _place(request)
    outcome = decided(request, place, form)
    if isinstance(outcome, Response):
        return outcome
    return page(request, "approvals/done.html", outcome=outcome, bulletin=place.bulletin)


def linked_picture(request: Request) -> Response:
    """A picture of the draft."""
    return review_picture(request, _place(request))


def linked_pdf(request: Request) -> Response:
    """The draft as PDF."""
    return review_pdf(request, _place(request))


def _place(request: Request) -> ReviewPlace:
    """Raises NotThere for a link that is not valid (any more)."""
    office, token = office_of(request), request.path_params["token"]
    with office.ledger.reading() as ledger:
        opened = open_link(office, ledger, token)
    return ReviewPlace(opened.bulletin, opened.link.issue, opened.reviewer, f"/approve/{token}", token)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(_LINK, linked_review, role=None),
    post(_LINK, decide_by_link, role=None, most=LONGEST_REVIEW),
    get(f"{_LINK}/pictures/{{sha256}}", linked_picture, role=None),
    get(f"{_LINK}/pdf", linked_pdf, role=None),
)
