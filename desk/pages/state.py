"""运行: mailboxes, letters and pages that wait, letters out, the disk, and what is wrong with its remedy."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.ledger_format import FORMAT
from desk.forms import Form
from desk.page import activity_of, back_to, fragment, is_htmx, office_of, page, person_of
from desk.routes import get, post
from service.health.background_check import BackgroundCheck
from service.health.state import state_of
from service.letters.resend import resend
from values.account import Role
from values.errors import BadUsage


def state(request: Request) -> Response:
    """The state of mailboxes, letters, pages, disk and ledger."""
    now = state_of(office_of(request), activity_of(request))
    return page(
        request,
        "state.html",
        state=now,
        shown=[*now.stuck, *now.queued],
        report=_background_check(request).report,
        revision=FORMAT,
        titles={bulletin.id: bulletin.title for bulletin in office_of(request).settings.bulletins},
    )


def check_lines(request: Request) -> Response:
    """The lines of the check so far; a page that waits for it asks repeatedly."""
    return fragment(request, "state/_check.html", report=_background_check(request).report)


def begin_check(request: Request, form: Form) -> Response:
    """Starts the check in the background, unless it is running."""
    _background_check(request).start(office_of(request))
    if is_htmx(request):
        return check_lines(request)
    return back_to(request, "/state#check")


def resend_letter(request: Request, form: Form) -> Response:
    """Queues a letter out again."""
    letter = form.number("letter")
    if letter is None:
        raise BadUsage("没有说明要重发哪一封信，请回到“运行”页再试。")
    record = resend(office_of(request), letter, who=person_of(request).who)
    return back_to(request, "/state#outbox", f"发给 {record.to} 的《{record.subject}》已重新排队，一分钟内就发。")


def _background_check(request: Request) -> BackgroundCheck:
    check = request.app.state.background_check
    assert isinstance(check, BackgroundCheck)
    return check


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/state", state),
    get("/state/check", check_lines, by_itself=True),
    post("/state/check", begin_check, role=Role.ADMIN),
    post("/state/resend", resend_letter, role=Role.EDITOR),
)
