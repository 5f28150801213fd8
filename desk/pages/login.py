"""登录, 退出, and the invitation with which a person sets a password."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, is_path_of_ours, office_of, page
from desk.routes import get, post
from desk.session import client_of, cookie_names
from service.office import Office
from service.people import accounts
from service.people import log_in as sessions
from service.people.attempts import LogInFailed, TooManyAttempts
from service.people.first_link import remove_first_link
from service.people.log_in import PROOF_LIFETIME, CodeNeeded, LoggedIn, PasswordFirst
from service.people.weak_passwords import SHORTEST
from values.account import Role
from values.errors import BadUsage

_log = structlog.get_logger(__name__)

_BROWSER_SECONDS: Final = 400 * 24 * 3600
"""A browser stays known for as long as browsers keep a cookie at most (RFC 6265bis 5.5)."""


def login_page(request: Request) -> Response:
    """The form to log in. ?next= the path to go on to."""
    return _login_form(request, _next_path(request.query_params.get("next", "")))


def log_in(request: Request, form: Form) -> Response:
    """Logs in. The password is taken exactly as it was typed, the name without surrounding blanks."""
    next_path = _next_path(form.raw("next"))
    name = form.text("name")
    client = client_of(office_of(request), request)
    try:
        login = sessions.log_in(office_of(request), name, form.raw("password"), client)
    except LogInFailed as error:
        _log.warning("log-in refused", address=client.address)  # without the name: people type their password there
        return _login_form(request, next_path, name, error)
    return _after_password(request, login, next_path)


def code_page(request: Request) -> Response:
    """The form for a code of the second factor, the second step of a log-in."""
    next_path = _next_path(request.query_params.get("next", ""))
    if not _proof(request):
        return back_to(request, "/login")
    return _code_form(request, next_path)


def log_in_by_code(request: Request, form: Form) -> Response:
    """Logs in whoever has given the password before."""
    next_path, office = _next_path(form.raw("next")), office_of(request)
    client = client_of(office, request)
    try:
        login = sessions.log_in_by_code(office, _proof(request), form.raw("code"), client)
    except PasswordFirst as error:
        return back_to(request, f"/login?next={quote(next_path, safe='/')}", str(error))
    except LogInFailed as error:
        _log.warning("log-in refused", address=client.address)
        return _code_form(request, next_path, error)
    _end_earlier_session(request)
    response = with_session(request, back_to(request, next_path), login)
    _delete_cookie(response, office, cookie_names(office).proof)
    return response


def log_out(request: Request, _form: Form) -> Response:
    """Ends the session."""
    office = office_of(request)
    by_provider = sessions.log_out(office, request.state.session.token)
    if by_provider and office.settings.desk.oidc:
        response = back_to(request, "/login/oidc/ended")
    else:
        response = back_to(request, "/login", "已退出登录。")
    _delete_cookie(response, office, cookie_names(office).session)
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
    person = accounts.invited(office, token)
    try:
        login = accounts.accept_invitation(office, token, form.raw("password"), client_of(office, request))
    except BadUsage as error:
        return _password_form(request, token, str(error))
    if person.role is Role.ADMIN:  # somebody else's link is not the one in the file
        remove_first_link(office)
    return _after_password(request, login, "/", "密码已设置，您已登录。")


def with_session(request: Request, response: Response, login: LoggedIn) -> Response:
    """The response with the cookies of the log-in. That of the session is SameSite=Lax, not Strict, so that a person
    who follows a link in a letter is logged in; changes need the CSRF token as well."""
    names = cookie_names(office_of(request))
    response.set_cookie(names.session, login.session, httponly=True, samesite="lax", secure=names.secure)
    response.set_cookie(
        names.browser,
        login.browser,
        max_age=_BROWSER_SECONDS,
        path="/",
        httponly=True,
        samesite="strict",
        secure=names.secure,
    )
    return response


def _after_password(request: Request, login: LoggedIn | CodeNeeded, next_path: str, message: str = "") -> Response:
    """The second step of a log-in, or where it leads to. message: for somebody who is logged in now."""
    if isinstance(login, LoggedIn):
        _end_earlier_session(request)
        return with_session(request, back_to(request, next_path, message), login)
    names = cookie_names(office_of(request))
    response = back_to(request, f"/login/code?next={quote(next_path, safe='/')}")
    lifetime = int(PROOF_LIFETIME.total_seconds())
    response.set_cookie(
        names.proof, login.proof, max_age=lifetime, httponly=True, samesite="strict", secure=names.secure
    )
    return response


def _delete_cookie(response: Response, office: Office, name: str) -> None:
    """With Secure where the cookie has it: a browser ignores the deletion of a __Host- cookie without."""
    response.delete_cookie(name, httponly=True, secure=cookie_names(office).secure)


def _proof(request: Request) -> str:
    return request.cookies.get(cookie_names(office_of(request)).proof, "")


def _end_earlier_session(request: Request) -> None:
    if token := request.state.session.token:
        sessions.log_out(office_of(request), token)


def _next_path(path: str) -> str:
    return path if path and is_path_of_ours(path) else "/"


def _login_form(request: Request, next_path: str, name: str = "", refused: LogInFailed | None = None) -> Response:
    oidc = office_of(request).settings.desk.oidc
    provider = oidc.name if oidc else ""
    return _form(request, "login.html", refused, next_path=next_path, name=name, provider=provider)


def _code_form(request: Request, next_path: str, refused: LogInFailed | None = None) -> Response:
    return _form(request, "login_code.html", refused, next_path=next_path)


def _form(request: Request, template: str, refused: LogInFailed | None, **values: str) -> Response:
    status = 200 if refused is None else 429 if isinstance(refused, TooManyAttempts) else 403
    response = page(request, template, status=status, problem=str(refused or ""), **values)
    if isinstance(refused, TooManyAttempts):
        response.headers["retry-after"] = str(refused.retry_after)
    return response


def _password_form(request: Request, token: str, problem: str = "") -> Response:
    person = accounts.invited(office_of(request), token)
    status = 400 if problem else 200
    return page(
        request, "invitation.html", status=status, token=token, holder=person, problem=problem, shortest=SHORTEST
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/login", login_page, role=None),
    post("/login", log_in, role=None, hashes=True),
    get("/login/code", code_page, role=None),
    post("/login/code", log_in_by_code, role=None),
    post("/logout", log_out, role=Role.APPROVER),
    get("/invitation/{token}", invitation, role=None),
    post("/invitation/{token}", accept, role=None, hashes=True),
)
