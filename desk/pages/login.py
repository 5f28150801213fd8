"""登录, 退出, and the invitation with which a person sets a password."""

from __future__ import annotations

from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, is_path_of_ours, office_of, page
from desk.peer import address_of
from desk.routes import get, post
from desk.session import cookie_names
from service.people import accounts
from service.people import log_in as sessions
from service.people.log_in import LogInFailed, TooManyAttempts
from service.people.passwords import SHORTEST
from values.account import Role
from values.errors import BadUsage

_log = structlog.get_logger(__name__)


def login_page(request: Request) -> Response:
    """The form to log in. ?next= the path to go on to."""
    return _login_form(request, _next_path(request.query_params.get("next", "")))


def log_in(request: Request, form: Form) -> Response:
    """Logs in. The password is taken exactly as it was typed, the name without surrounding blanks."""
    next_path = _next_path(form.raw("next"))
    name = form.text("name")
    address = address_of(office_of(request).settings.desk, request)
    try:
        token = sessions.log_in(office_of(request), name, form.raw("password"), address)
    except LogInFailed as error:
        _log.warning("log-in refused", address=address)  # without the name: people type their password there
        return _login_form(request, next_path, name, str(error), 429 if isinstance(error, TooManyAttempts) else 403)
    _end_earlier_session(request)
    return with_session(request, back_to(request, next_path), token)


def log_out(request: Request, _form: Form) -> Response:
    """Ends the session."""
    office = office_of(request)
    sessions.log_out(office, request.state.session.token)
    response = back_to(request, "/login", "已退出登录。")
    response.delete_cookie(cookie_names(office).session)
    return response


def invitation(request: Request) -> Response:
    """The form in which an invited person sets a password."""
    return _password_form(request, request.path_params["token"])


def accept(request: Request, form: Form) -> Response:
    """Sets the password of an invited person, who is then logged in."""
    token = request.path_params["token"]
    if form.raw("password") != form.raw("again"):
        return _password_form(request, token, "两次输入的密码不一样，请再输一遍。")
    office = office_of(request)
    accounts.invited(office, token)
    try:
        session = accounts.accept_invitation(office, token, form.raw("password"))
    except BadUsage as error:
        return _password_form(request, token, str(error))
    _end_earlier_session(request)
    return with_session(request, back_to(request, "/", "密码已设置，您已登录。"), session)


def with_session(request: Request, response: Response, token: str) -> Response:
    """The response with the session's cookie. It is SameSite=Lax, not Strict, so that a person who follows a link in a
    letter is logged in; changes need the CSRF token as well."""
    names = cookie_names(office_of(request))
    response.set_cookie(names.session, token, httponly=True, samesite="lax", secure=names.secure)
    return response


def _end_earlier_session(request: Request) -> None:
    if token := request.state.session.token:
        sessions.log_out(office_of(request), token)


def _next_path(path: str) -> str:
    return path if path and is_path_of_ours(path) else "/"


def _login_form(request: Request, next_path: str, name: str = "", problem: str = "", status: int = 200) -> Response:
    return page(request, "login.html", status=status, next_path=next_path, name=name, problem=problem)


def _password_form(request: Request, token: str, problem: str = "") -> Response:
    person = accounts.invited(office_of(request), token)
    status = 400 if problem else 200
    return page(
        request, "invitation.html", status=status, token=token, holder=person, problem=problem, shortest=SHORTEST
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/login", login_page, role=None),
    post("/login", log_in, role=None),
    post("/logout", log_out, role=Role.AUDITOR),
    get("/invitation/{token}", invitation, role=None),
    post("/invitation/{token}", accept, role=None),
)
