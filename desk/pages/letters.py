"""来信: everything that came in, with its verdict and reason; first what waits for a person."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.letter_pages import LettersPage, count_removed, count_verdicts, letters_page
from archive.letters import letter_with_id
from desk.forms import Form
from desk.letter_file import letter_file
from desk.page import back_to, bulletin_of, download, fragment, office_of, page, person_of
from desk.refusals import NotFound
from desk.routes import get, post
from service.letters.first_day import first_day_of
from service.letters.handle_letters import confirm_sender, read_again, release_sealed, set_aside
from service.letters.letter_leads import letter_leads
from service.letters.letter_view import LetterView, letter_view
from service.people.access_record import HandedOut
from service.removal.remove import destroy_sealed, erase
from values.account import Role
from values.letter import Verdict
from values.whole_number import whole_number

_WAITING: Final = (Verdict.SEALED, Verdict.UNCONFIRMED, Verdict.QUARANTINED, Verdict.QUESTION)
_IN_ORDER: Final = (
    *_WAITING,
    Verdict.FLAGGED,
    Verdict.PENDING,
    Verdict.ARTICLE,
    Verdict.DUPLICATE,
    Verdict.ANSWERED,
    Verdict.DECIDED,
    Verdict.IGNORED,
)
_REMOVED: Final = "removed"
"""In the query, in place of a verdict."""
_SHOWN: Final = 50
"""Letters on a page: about three screens."""
_SHOWN_WAITING: Final = 20
"""Of the letters that wait for a person, above the list of all others."""


def letters_list(request: Request) -> Response:
    """?verdict= letters with that verdict alone, or `removed`; ?before= the id with which the page of later letters
    ended."""
    office, bulletin = office_of(request), bulletin_of(request)
    wanted_verdict = request.query_params.get("verdict")
    chosen = next((verdict for verdict in Verdict if verdict.value == wanted_verdict), None)
    only_removed = wanted_verdict == _REMOVED
    before = whole_number(request.query_params.get("before", ""))
    with office.ledger.reading() as ledger:
        counts = count_verdicts(ledger, bulletin.id)
        first = LettersPage((), None)
        if chosen is None and before is None and not only_removed:
            first = letters_page(ledger, bulletin.id, _WAITING, most=_SHOWN_WAITING)
        wanted = _IN_ORDER[len(_WAITING) :] if chosen is None else (chosen,)
        rest = letters_page(
            ledger,
            bulletin.id,
            () if only_removed else wanted,
            removed_of=() if chosen else _IN_ORDER,
            before=before,
            most=_SHOWN,
        )
        removed = count_removed(ledger, bulletin.id)
        first_day = first_day_of(office, ledger, bulletin)
        leads = letter_leads(ledger, [letter.id for letter in (*first.letters, *rest.letters) if letter.is_shown])
    return page(
        request,
        "letters/list.html",
        counts=counts,
        chosen=chosen,
        only_removed=only_removed,
        removed=removed,
        is_first_page=before is None,
        first=first,
        first_day=first_day if first_day.older and first_day.is_recent(office.now()) else None,
        rest=rest,
        leads=leads,
        in_order=_IN_ORDER,
        verdicts=Verdict,
    )


def letter_page(request: Request) -> Response:
    """A letter: what it brought, what became of it, and the actions on it."""
    return page(request, "letters/letter.html", view=_view(request), state_path=_path(request, "/state"))


def letter_state(request: Request) -> Response:
    """The part of the page that changes when the letter has been read; the page asks for it while the letter waits."""
    view = _view(request)
    return fragment(request, view.part, view=view, state_path=_path(request, "/state"))


def letter_original(request: Request) -> Response:
    """The letter byte for byte, as a download: it is never shown in the browser."""
    office, bulletin = office_of(request), bulletin_of(request)
    with office.ledger.reading() as ledger:
        letter = letter_with_id(ledger, bulletin.id, request.path_params["letter"])
    if letter is None:
        raise NotFound("没有这封来信。")
    data = letter_file(office, letter)
    handed_out = HandedOut(bulletin.id, f"来信 {letter.id} 的原文", letter.id)
    return download(request, data, f"来信{letter.id}.eml", "message/rfc822", handed_out)


def letter_retry(request: Request, form: Form) -> Response:
    """Marks the letter to be read again."""
    read_again(office_of(request), bulletin_of(request), _id(request), who=person_of(request).who)
    return back_to(request, _path(request), "已请服务重读这封来信，几秒后就有结果。")


def letter_confirm(request: Request, form: Form) -> Response:
    """Confirms the sender. Each article's department is in a field of its own."""
    view = _view(request)
    departments = {article.id: form.text(f"department_{article.id}") for article in view.unconfirmed}
    confirmed = confirm_sender(
        office_of(request), bulletin_of(request), view.letter.id, departments, who=person_of(request).who
    )
    learned = (
        f"已记住 {confirmed.learned}，以后来信直接成稿。"
        if confirmed.learned
        else "发件地址没有记住，下次来信仍会等您认领。"
    )
    return back_to(request, _path(request), f"已认领，稿件等待审核。{learned}")


def letter_set_aside(request: Request, form: Form) -> Response:
    """Closes a letter that is not for us."""
    set_aside(office_of(request), bulletin_of(request), _id(request), form.text("why"), who=person_of(request).who)
    return back_to(request, _path(request), "这封来信不再处理；要恢复时点“重新读”。")


def letter_release(request: Request, form: Form) -> Response:
    """Releases a sealed letter."""
    release_sealed(office_of(request), bulletin_of(request), _id(request), form.text("why"), who=person_of(request).who)
    return back_to(request, _path(request), "已解除封存，几秒后读出来信。")


def letter_destroy(request: Request, form: Form) -> Response:
    """Destroys a sealed letter."""
    who = person_of(request).who
    destroy_sealed(office_of(request), bulletin_of(request), _id(request), form.text("why"), who=who)
    return back_to(request, _path(request), "这封来信已销毁，只留下记录。")


def letter_erase(request: Request, form: Form) -> Response:
    """Erases a letter."""
    erase(office_of(request), bulletin_of(request), _id(request), form.text("why"), who=person_of(request).who)
    return back_to(request, _path(request), "这封来信已删除，只留下记录；刊发的稿件不动。")


def _view(request: Request) -> LetterView:
    view = letter_view(office_of(request), bulletin_of(request), _id(request))
    if view is None:
        raise NotFound("没有这封来信。")
    return view


def _id(request: Request) -> int:
    id: int = request.path_params["letter"]
    return id


def _path(request: Request, more: str = "") -> str:
    return f"/b/{bulletin_of(request).id}/letters/{_id(request)}{more}"


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/b/{bulletin}/letters", letters_list),
    get("/b/{bulletin}/letters/{letter:int}", letter_page),
    get("/b/{bulletin}/letters/{letter:int}/state", letter_state, by_itself=True),
    get("/b/{bulletin}/letters/{letter:int}/original", letter_original),
    post("/b/{bulletin}/letters/{letter:int}/retry", letter_retry),
    post("/b/{bulletin}/letters/{letter:int}/confirm", letter_confirm),
    post("/b/{bulletin}/letters/{letter:int}/set-aside", letter_set_aside),
    post("/b/{bulletin}/letters/{letter:int}/release", letter_release, role=Role.ADMIN),
    post("/b/{bulletin}/letters/{letter:int}/destroy", letter_destroy, role=Role.ADMIN),
    post("/b/{bulletin}/letters/{letter:int}/erase", letter_erase, role=Role.ADMIN),
)
