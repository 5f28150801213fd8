"""统一登录: to the office's provider, and back with what it says; and the page after a log-out."""

from __future__ import annotations

import threading
from typing import Final
from urllib.parse import urlencode

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from archive import accounts
from desk.page import back_to, is_path_of_ours, office_of, page
from desk.pages.login import with_session
from desk.refusals import NotFound, TooBusy
from desk.routes import get
from desk.session import client_of, cookie_names
from service.people.access_record import record_refused
from service.people.log_in import log_out
from service.sign_on.complete import Callback, complete_log_in, redirect_uri
from service.sign_on.failures import SignOnFailed, SignOnFailure
from service.sign_on.provider import Provider, ProviderDescription
from service.sign_on.started import LIFETIME, authorization_url, cookie_part, cookie_text, start_log_in, started_from

_log = structlog.get_logger(__name__)

_AT_ONCE: Final = 4
"""Log-ins that wait for the provider: a provider that hangs must not hold the threads of the desk."""
_waiting: Final = threading.BoundedSemaphore(_AT_ONCE)


def start(request: Request) -> Response:
    """Sends the browser to the provider. ?next= the path to go on to."""
    provider, office = _provider(request), office_of(request)
    path = request.query_params.get("next", "")
    started = start_log_in(path if path and is_path_of_ours(path) else "/", office.now())
    try:
        described = _in_turn(provider)
    except SignOnFailed as error:
        return _refused(request, error)
    url = authorization_url(provider.settings, described, started, redirect_uri(office))
    response = RedirectResponse(url, 303)
    names = cookie_names(office)
    response.set_cookie(
        names.started(started.cookie),
        cookie_text(office.key(), started),
        max_age=int(LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",  # the provider's redirection comes from another site
        secure=names.secure,
    )
    return response


def callback(request: Request) -> Response:
    """Logs in whom the provider has sent back, and goes on to the page that was asked for."""
    provider, office, query = _provider(request), office_of(request), request.query_params
    names = cookie_names(office)
    cookie = names.started(cookie_part(query.get("state", "")))
    started = started_from(office.key(), request.cookies.get(cookie, ""))
    try:
        if started is None or started.state != query.get("state"):
            raise SignOnFailed(SignOnFailure.STATE, "no such log-in in this browser")
        brought = Callback(query.get("code", ""), query.get("iss", ""), query.get("error", ""))
        if not _waiting.acquire(blocking=False):
            raise TooBusy("正在登录的人太多，请过几秒再试。")
        try:
            login = complete_log_in(office, provider, started, brought, client_of(office, request))
        finally:
            _waiting.release()
    except SignOnFailed as error:
        response = _refused(request, error)
    else:
        if token := request.state.session.token:
            log_out(office, token)
        response = with_session(request, back_to(request, started.next_path), login)
    # A code is good for one attempt: what was used, or refused, is not kept.
    response.delete_cookie(cookie, httponly=True, secure=names.secure)
    return response


def logged_out(request: Request) -> Response:
    """After a log-out: the person is still logged in at the provider, and may end that too."""
    provider = _provider(request)
    try:
        ends_at = _in_turn(provider).end_session_endpoint
    except (SignOnFailed, TooBusy):
        ends_at = ""
    url = ""
    if ends_at:
        back = {"client_id": provider.settings.client_id, "post_logout_redirect_uri": f"{_base(request)}/login"}
        url = f"{ends_at}{'&' if '?' in ends_at else '?'}{urlencode(back)}"
    return page(request, "logged_out.html", provider=provider.settings.name, url=url)


def _in_turn(provider: Provider) -> ProviderDescription:
    """Raises SignOnFailed, TooBusy."""
    if not _waiting.acquire(blocking=False):
        raise TooBusy("正在登录的人太多，请过几秒再试。")
    try:
        return provider.description()
    finally:
        _waiting.release()


def _base(request: Request) -> str:
    return office_of(request).settings.desk.public_url


def _provider(request: Request) -> Provider:
    provider = request.app.state.provider
    if provider is None:
        raise NotFound("没有配置统一登录。")
    assert isinstance(provider, Provider)
    return provider


def _refused(request: Request, error: SignOnFailed) -> Response:
    office = office_of(request)
    client = client_of(office, request)
    _log.warning("sign-on refused", cause=error.failure.name, detail=error.detail, address=client.address)
    with office.ledger.reading() as ledger:
        record = accounts.account_with_id(ledger, error.account) if error.account else None
    record_refused(office, client.address, record)
    status = 503 if error.failure is SignOnFailure.UNAVAILABLE else 403
    return page(request, "sign_on_refused.html", status=status, problem=str(error))


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/login/oidc", start, role=None),
    get("/login/oidc/callback", callback, role=None),
    get("/login/oidc/ended", logged_out, role=None),
)
