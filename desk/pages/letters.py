"""来信: everything that came in, with its verdict and reason; first what waits for a person."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.files import read_file
from archive.letter_pages import LettersPage, count_verdicts, letters_page
from archive.letters import letter_with_id
from desk.forms import Form
from desk.page import back_to, bulletin_of, download, fragment, office_of, page, person_of
from desk.refusals import NotFound
from desk.routes import get, post
from service.letters.bring_in import bring_in
from service.letters.handle_letters import confirm_sender, read_again, set_aside
from service.letters.letter_view import LetterView, letter_view
from service.register.register import register_of
from values.errors import BadUsage
from values.letter import Verdict
from values.whole_number import whole_number

_FOR_A_PERSON: Final = (Verdict.UNCONFIRMED, Verdict.QUARANTINED)
_IN_ORDER: Final = (
    *_FOR_A_PERSON,
    Verdict.FLAGGED,
    Verdict.PENDING,
    Verdict.ARTICLE,
    Verdict.DUPLICATE,
    Verdict.IGNORED,
)
_SHOWN: Final = 50
_SHOWN_FIRST: Final = 20
"""Of those that wait for a person, above the list of all others."""


def letters_list(request: Request) -> Response:
    """`?verdict=` one kind of letter, `?before=` the letter that the page before ended with."""
    office, bulletin = office_of(request), bulletin_of(request)
    chosen = next((one for one in Verdict if one.value == request.query_params.get("verdict")), None)
    before = whole_number(request.query_params.get("before", ""))
    with office.ledger.reading() as ledger:
        counts = count_verdicts(ledger, bulletin.id)
        first = LettersPage((), None)
        if chosen is None and before is None:
            first = letters_page(ledger, bulletin.id, _FOR_A_PERSON, most=_SHOWN_FIRST)
        wanted = _IN_ORDER[len(_FOR_A_PERSON) :] if chosen is None else (chosen,)
        rest = letters_page(ledger, bulletin.id, wanted, before=before, most=_SHOWN)
        names = [one.name for one in register_of(office, ledger, bulletin).departments]
    return page(
        request,
        "letters/list.html",
        counts=counts,
        chosen=chosen,
        begun=before is None,
        first=first,
        rest=rest,
        options=[("", "请选择…"), *((name, name) for name in names)] if names else [],
        in_order=_IN_ORDER,
        verdicts=Verdict,
    )


def letter_page(request: Request) -> Response:
    return page(request, "letters/letter.html", view=_view(request), state_path=_path(request, "/state"))


def letter_state(request: Request) -> Response:
    """What of the page changes when the letter has been read; asked for again while it waits."""
    return fragment(request, "letters/_state.html", view=_view(request), state_path=_path(request, "/state"))


def letter_original(request: Request) -> Response:
    """The letter itself, byte for byte: to be kept, never to be shown."""
    office, bulletin = office_of(request), bulletin_of(request)
    with office.ledger.reading() as ledger:
        letter = letter_with_id(ledger, bulletin.id, request.path_params["letter"])
    if letter is None:
        raise NotFound("没有这封来信。")
    return download(read_file(office.raws.path(letter.sha256)), f"来信{letter.id}.eml", "message/rfc822")


def letter_retry(request: Request, form: Form) -> Response:
    read_again(office_of(request), bulletin_of(request), _id(request), who=person_of(request).who)
    return back_to(request, _path(request), "已请服务重读这封来信，几秒后就有结果。")


def letter_confirm(request: Request, form: Form) -> Response:
    """Each article's department is in a field of its own."""
    view = _view(request)
    departments = {one.id: form.text(f"department_{one.id}") for one in view.unconfirmed}
    done = confirm_sender(
        office_of(request), bulletin_of(request), view.letter.id, departments, who=person_of(request).who
    )
    also = f"已记住 {done.learned}，以后来信直接成稿。" if done.learned else "发件地址没有记住，下次来信仍会等您认领。"
    return back_to(request, _path(request), f"已认领，稿件等待审核。{also}")


def letter_set_aside(request: Request, form: Form) -> Response:
    set_aside(office_of(request), bulletin_of(request), _id(request), form.text("why"), who=person_of(request).who)
    return back_to(request, _path(request), "这封来信不再处理；要恢复时点“重新读”。")


def letter_upload(request: Request, form: Form) -> Response:
    """A manuscript that came on a stick."""
    bulletin, file = bulletin_of(request), form.file("file")
    if file is None:
        raise BadUsage("请先选择要上传的文件。")
    department = form.text("department")
    if not department:
        raise BadUsage("请选择是哪个单位的来稿。")
    id = bring_in(office_of(request), bulletin, file.name, file.data, department, who=person_of(request).who)
    return back_to(request, f"/b/{bulletin.id}/letters/{id}", "已收下，几秒后读出稿件。")


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
    post("/b/{bulletin}/letters", letter_upload),
    get("/b/{bulletin}/letters/{letter:int}", letter_page),
    get("/b/{bulletin}/letters/{letter:int}/state", letter_state),
    get("/b/{bulletin}/letters/{letter:int}/original", letter_original),
    post("/b/{bulletin}/letters/{letter:int}/retry", letter_retry),
    post("/b/{bulletin}/letters/{letter:int}/confirm", letter_confirm),
    post("/b/{bulletin}/letters/{letter:int}/set-aside", letter_set_aside),
)
