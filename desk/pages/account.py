"""我的账号: changing the own password, logging out elsewhere; desk/pages/second_factor.py has the second factor."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, office_of, page, person_of
from desk.pages.login import with_session
from desk.routes import get, post
from desk.session import DeskSession, client_of
from service.people import accounts
from service.people.api_tokens import scopes_for
from service.people.second_factor import second_factor_state
from service.people.weak_passwords import SHORTEST
from values.account import Role
from values.errors import BadUsage


def own_account(request: Request) -> Response:
    """The form for another password."""
    return account_page(request)


def change_password(request: Request, form: Form) -> Response:
    """Sets another password; the person stays logged in, all other sessions end."""
    if form.raw("password") != form.raw("again"):
        return account_page(request, "两次输入的新密码不一样，没有改动。")
    office, person = office_of(request), person_of(request)
    try:
        login = accounts.change_password(
            office, person, form.raw("old"), form.raw("password"), client_of(office, request)
        )
    except BadUsage as error:
        return account_page(request, str(error))
    return with_session(request, back_to(request, "/account", "密码已更换，别处的登录都已退出。"), login)


def log_out_elsewhere(request: Request, _form: Form) -> Response:
    """Ends the person's other sessions: of a computer that somebody forgot to log out of."""
    person, session = person_of(request), request.state.session
    accounts.log_out_everywhere(office_of(request), person.name, who=person.who, but=session.token)
    return back_to(request, "/account", "别处的登录都已退出。")


def account_page(request: Request, problem: str = "") -> Response:
    """我的账号, with what is wrong about a form that was sent from there."""
    session: DeskSession = request.state.session
    due = session.due.chinese if session.due else ""
    office = office_of(request)
    return page(
        request,
        "account.html",
        status=400 if problem else 200,
        problem=problem,
        due=due,
        shortest=SHORTEST,
        offers_second_factor=office.settings.desk.second_factor != "off" and session.token != "",
        may_have_tokens=bool(scopes_for(person_of(request).role)),
        second_factor=second_factor_state(office, person_of(request)),
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/account", own_account, role=Role.APPROVER),
    post("/account/log-out-elsewhere", log_out_elsewhere, role=Role.APPROVER),
    post("/account", change_password, role=Role.APPROVER, hashes=True),
)
