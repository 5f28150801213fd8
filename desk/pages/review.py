"""What the two ways to approve a draft have in common: its page, the decision, its pictures and its PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from desk.error_pages import status_of
from desk.forms import Form
from desk.page import download, office_of, page
from desk.pages.issue_board import page_renderer_of
from desk.refusals import NotFound
from service.approval.decide_review import LONGEST_REMARK, ReviewDecision, ReviewOutcome, decide_review
from service.approval.reviewed_draft import ReviewedDraft, reviewed_draft
from service.approval.reviewed_pages import pages_of_draft
from service.approval.reviewers import NO_DRAFT, Reviewer
from service.people.access_record import HandedOut
from settings.model import BulletinSettings
from values.approval import ArticleRemark
from values.errors import BadUsage
from values.manuscript import Picture
from values.whole_number import whole_number

LONGEST_REVIEW: Final = 1_000_000
"""Bytes of the form: remarks of full length at fifty articles, each character as nine bytes."""
_REMARK: Final = "remark-"
_IMAGE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class ReviewPlace:
    """The draft of a request, and who looks at it."""

    bulletin: BulletinSettings
    issue: int
    """Id of the issue."""
    reviewer: Reviewer
    path: str
    """Of the page."""
    token: str = ""
    """Of the one-time link; "": the person is logged in."""


def review_page(request: Request, place: ReviewPlace, *, problem: str = "", typed: Form | None = None) -> Response:
    """The draft with the form to approve it or send it back. problem, typed: a decision that was refused."""
    review = _review(request, place)
    office = office_of(request)
    return page(
        request,
        "approvals/review.html",
        status=400 if problem else 200,
        review=review,
        bulletin=place.bulletin,
        asked=review.way.state.asks(place.reviewer.address) is not None and not review.problem,
        path=place.path,
        base=place.path,
        by_link=bool(place.token),
        reviewer=place.reviewer,
        problem=problem,
        typed=_typed(review, typed),
        longest=LONGEST_REMARK,
        has_office=office.soffice is not None,
    )


def decided(request: Request, place: ReviewPlace, form: Form) -> ReviewOutcome | Response:
    """Records the decision of the form; the page with the reason and what was typed where it is refused."""
    try:
        verdict = form.text("verdict")
        if verdict not in ("approve", "return"):
            raise BadUsage("请按“同意”或“退回”。")
        decision = ReviewDecision(
            place.issue, form.seen("revision"), verdict == "approve", form.text("remark"), _remarks(form)
        )
        return decide_review(office_of(request), place.bulletin, place.reviewer, decision, token=place.token)
    except BadUsage as error:
        if status_of(error) == 404:
            raise
        return review_page(request, place, problem=str(error), typed=form)


def review_picture(request: Request, place: ReviewPlace) -> Response:
    """A picture of an article of the draft."""
    review = _review(request, place)
    blocks = (block for article in review.drafted.issue.articles for block in article.manuscript.blocks)
    wanted = request.path_params["sha256"]
    picture = next((block for block in blocks if isinstance(block, Picture) and block.sha256 == wanted), None)
    if picture is None or picture.content_type not in _IMAGE_TYPES:
        raise NotFound("没有这张图片。")
    # Without caching, and so with no-store: the letter of the picture may be sealed later.
    return Response(office_of(request).media.read(picture.sha256), media_type=picture.content_type)


def review_pdf(request: Request, place: ReviewPlace) -> Response:
    """The draft as it would be printed."""
    review, bulletin = _review(request, place), place.bulletin
    pdf = pages_of_draft(office_of(request), page_renderer_of(request), bulletin, review.drafted)
    label, revision = review.draft.number.label, review.draft.revision
    handed_out = HandedOut(bulletin.id, f"{label}送审稿（第 {revision} 稿）的 PDF", review.draft.id)
    name = f"{bulletin.title}{label}送审稿（第{revision}稿）.pdf"
    return download(request, pdf, name, _PDF, handed_out, who=place.reviewer.who)


def _review(request: Request, place: ReviewPlace) -> ReviewedDraft:
    review = reviewed_draft(office_of(request), place.bulletin, place.issue, place.reviewer.address)
    if review is None:
        raise NotFound(NO_DRAFT)
    return review


def _remarks(form: Form) -> tuple[ArticleRemark, ...]:
    """One at each article."""
    numbers = {name: whole_number(name.removeprefix(_REMARK)) for name in form.fields if name.startswith(_REMARK)}
    remarks = {article: form.text(name) for name, article in numbers.items() if article is not None}
    return tuple(ArticleRemark(article, text) for article, text in remarks.items())


def _typed(review: ReviewedDraft, form: Form | None) -> dict[str | int, str]:
    """What the fields show: by the id of an article, and "" for the remark about the whole."""
    if form is None:
        return {}
    typed: dict[str | int, str] = {"": form.text("remark")}
    return typed | {article.id: form.text(f"{_REMARK}{article.id}") for article in review.drafted.issue.articles}
