"""约稿 at the desk: the list, a new commission, and the page of one with its answers and letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive import commissions
from archive.commissions import letters_about
from archive.letters import letters_with_ids
from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.routes import get, post
from service.commission.commissioning import cancel, commission, extend, link, unlink
from service.commission.deadline import END_OF_DAY
from service.commission.letters import planned_letters, send_letters
from service.commission.overview import open_first
from service.commission.seen_commission import commission_of
from service.dispatch.dispatch import take_back
from service.register.register import active_departments
from values.account import Role
from values.errors import BadUsage, NotThere

_LIST: Final = "/b/{bulletin}/commissions"
_PAGE: Final = "/b/{bulletin}/commissions/{commission:int}"


@dataclass(frozen=True, slots=True)
class _Typed:
    """A new commission as it was typed."""

    topic: str = ""
    demands: str = ""
    due: str = ""
    time: str = f"{END_OF_DAY:%H:%M}"
    units: tuple[str, ...] = ()


def list_commissions(request: Request) -> Response:
    """All commissions: those that await an answer first."""
    office, bulletin = office_of(request), bulletin_of(request)
    with office.ledger.reading() as ledger:
        made = commissions.commissions_of(ledger, bulletin.id)
    shown = open_first(made, office.now())
    return page(request, "commissions/list.html", listed=shown, base=_base(request), may_edit=_may_edit(request))


def new_commission(request: Request) -> Response:
    """The empty form."""
    return _form(request, _Typed())


def _form(request: Request, typed: _Typed, problem: str = "") -> Response:
    office, bulletin = office_of(request), bulletin_of(request)
    with office.ledger.reading() as ledger:
        departments = active_departments(ledger, bulletin)
    names = sorted(dict.fromkeys(department.group for department in departments), key=lambda name: not name)
    groups = [(group, [entry.name for entry in departments if entry.group == group]) for group in names]
    values = {"typed": typed, "problem": problem, "groups": groups, "base": _base(request)}
    return page(request, "commissions/new.html", status=400 if problem else 200, **values)


def make(request: Request, form: Form) -> Response:
    """Makes the commission; its letters are looked at on its page. What cannot be made is shown again, as typed."""
    office, bulletin = office_of(request), bulletin_of(request)
    typed = _Typed(form.text("topic"), form.text("demands"), form.text("due"), form.text("time"), form.texts("unit"))
    due = f"{typed.due} {typed.time}".strip()
    try:
        made = commission(office, bulletin, typed.topic, typed.demands, typed.units, due, who=person_of(request).who)
    except BadUsage as error:
        return _form(request, typed, str(error))
    return back_to(request, f"{_base(request)}/{made.id}", "已约稿，信还没有寄：请看过下面的信再寄。")


def commission_page(request: Request) -> Response:
    """A commission with its answers, what may be one, and its letters."""
    office, bulletin, id = office_of(request), bulletin_of(request), _id(request)
    with office.ledger.reading() as ledger:
        made = commission_of(ledger, bulletin, id)
        letters = planned_letters(office, ledger, bulletin, made) if _may_edit(request) else ()
        questions = letters_with_ids(ledger, commissions.questions_about(ledger, id))
    at = office.now()
    return page(
        request,
        "commissions/page.html",
        commission=made,
        units=[(name, made.standing_of(name, at), made.answers_of(name)) for name in made.departments],
        letters=letters,
        to_send=sum(letter.is_to_be_queued for letter in letters),
        questions=questions,
        mails=bool(office.settings.smtp.host),
        may_edit=_may_edit(request),
        base=_base(request),
        path=_path(request),
    )


def send(request: Request, form: Form) -> Response:
    """Queues the letters that are needed now."""
    office, who = office_of(request), person_of(request).who
    count = send_letters(office, bulletin_of(request), _id(request), who=who, seen=form.seen())
    message = f"{count} 封信十分钟后寄出，在此之前可以收回。" if count else "这些信都已寄出或在待发，没有再寄。"
    return back_to(request, _path(request), message)


def take_letter_back(request: Request, form: Form) -> Response:
    """Takes one letter about the commission back."""
    office, letter = office_of(request), request.path_params["letter"]
    with office.ledger.reading() as ledger:
        commission_of(ledger, bulletin_of(request), _id(request))
        own = {entry.record.id for entry in letters_about(ledger, _id(request))}
    if letter not in own:
        raise NotThere("没有这封信。")
    record = take_back(office, letter, who=person_of(request).who)
    return back_to(request, _path(request), f"给 {record.to} 的信已收回，不会寄出。")


def change_deadline(request: Request, form: Form) -> Response:
    """Gives the commission another deadline."""
    due = f"{form.text('due')} {form.text('time')}".strip()
    office, who = office_of(request), person_of(request).who
    made = extend(office, bulletin_of(request), _id(request), due, who=who, seen=form.seen())
    now = office.local(made.due_at)
    return back_to(request, _path(request), f"截稿时间现在是 {now:%Y-%m-%d %H:%M}；告知单位的信请看过再寄。")


def cancel_commission(request: Request, form: Form) -> Response:
    """Cancels the commission."""
    office, why = office_of(request), form.text("why")
    cancel(office, bulletin_of(request), _id(request), who=person_of(request).who, why=why, seen=form.seen())
    return back_to(request, _path(request), "约稿已取消；告知单位的信请看过再寄。")


def link_article(request: Request, form: Form) -> Response:
    """Says that an article answers the commission."""
    office, article = office_of(request), _article(form)
    link(office, bulletin_of(request), _id(request), article, who=person_of(request).who, seen=form.seen())
    return back_to(request, _path(request), f"稿件 {article} 算作这次约稿。")


def unlink_article(request: Request, form: Form) -> Response:
    """Says that an article does not answer it."""
    office, article = office_of(request), _article(form)
    unlink(office, bulletin_of(request), _id(request), article, who=person_of(request).who, seen=form.seen())
    return back_to(request, _path(request), f"稿件 {article} 不算这次约稿。")


def _article(form: Form) -> int:
    article = form.number("article")
    if article is None:
        raise BadUsage("请写稿件的编号，如 12。")
    return article


def _may_edit(request: Request) -> bool:
    return person_of(request).role.includes(Role.EDITOR)


def _id(request: Request) -> int:
    id: int = request.path_params["commission"]
    return id


def _base(request: Request) -> str:
    return f"/b/{bulletin_of(request).id}/commissions"


def _path(request: Request) -> str:
    return f"{_base(request)}/{_id(request)}"


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(_LIST, list_commissions),
    get(f"{_LIST}/new", new_commission, role=Role.EDITOR),
    post(f"{_LIST}/new", make, adds=True),
    get(_PAGE, commission_page),
    post(f"{_PAGE}/send", send),
    post(f"{_PAGE}/take-back/{{letter:int}}", take_letter_back),
    post(f"{_PAGE}/extend", change_deadline),
    post(f"{_PAGE}/cancel", cancel_commission),
    post(f"{_PAGE}/link", link_article),
    post(f"{_PAGE}/unlink", unlink_article),
)
