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
from service.backup.hold import PrintedNumber, held_message, moment_in, release
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
        shown=[*now.held, *now.stuck, *now.queued],
        report=_background_check(request).report,
        held=held_message(office_of(request)),
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


def release_restored(request: Request, form: Form) -> Response:
    """Lets letters out and sign-offs go on after a restore. Fields: printed-ID and supplement-ID of each bulletin, the
    last number that was printed after the backup, empty for none; since, when the service stopped, empty: unknown."""
    office = office_of(request)
    printed: list[PrintedNumber] = []
    for bulletin in office.settings.bulletins:
        for name, supplement in ((f"printed-{bulletin.id}", False), (f"supplement-{bulletin.id}", True)):
            if form.text(name) and not form.number(name):
                raise BadUsage(f"看不懂期号 {form.text(name)}，没有放行；请写数字，没有签发过的留空。")
            if number := form.number(name):
                printed.append(PrintedNumber(bulletin.id, number, supplement))
    since = moment_in(office, form.text("since")) if form.text("since") else None
    done = release(office, printed, since, who=person_of(request).who)
    used = f"已用过的期号：{'、'.join(done.numbers)}。" if done.numbers else ""
    message = f"已放行，发信和签发照常。{used}以前可能已发的 {done.given_up} 封不再自动发，见下面“发出的信”。"
    return back_to(request, "/state", message)


def _background_check(request: Request) -> BackgroundCheck:
    check = request.app.state.background_check
    assert isinstance(check, BackgroundCheck)
    return check


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/state", state),
    get("/state/check", check_lines, by_itself=True),
    post("/state/check", begin_check, role=Role.ADMIN),
    post("/state/release", release_restored, role=Role.ADMIN),
    post("/state/resend", resend_letter, role=Role.EDITOR),
)
