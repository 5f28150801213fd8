"""二次验证 on the page of the own account: the QR code, the first code, recovery codes, turning it off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, office_of, page, person_of
from desk.pages.account import account_page
from desk.qr_code import qr_code
from desk.routes import get, post
from desk.session import client_of
from service.people import second_factor
from values.account import Role
from values.errors import BadUsage

_PATH: Final = "/account/second-factor"


def start(request: Request, form: Form) -> Response:
    """Makes a key; the page at the same path shows it."""
    office = office_of(request)
    try:
        second_factor.start_enrolment(office, person_of(request), form.raw("old"), client_of(office, request))
    except BadUsage as error:
        return account_page(request, str(error))
    return back_to(request, _PATH)


def enrolment(request: Request) -> Response:
    """The key that waits for its first code, as a QR code and as text."""
    return _enrolment_page(request)


def confirm(request: Request, form: Form) -> Response:
    """Turns the second factor on, by the first code."""
    office, session = office_of(request), request.state.session
    try:
        codes = second_factor.confirm_enrolment(
            office, person_of(request), form.raw("code"), client_of(office, request), session=session.token
        )
    except BadUsage as error:
        return _enrolment_page(request, str(error))
    return _codes_page(request, codes, "二次验证已开启，别处的登录都已退出。")


def renew_codes(request: Request, form: Form) -> Response:
    """Other recovery codes."""
    office = office_of(request)
    try:
        codes = second_factor.renew_recovery_codes(
            office, person_of(request), form.raw("code"), client_of(office, request)
        )
    except BadUsage as error:
        return account_page(request, str(error))
    return _codes_page(request, codes, "恢复码已更换，以前的都作废了。")


def turn_off(request: Request, form: Form) -> Response:
    """Turns the second factor off."""
    office = office_of(request)
    try:
        second_factor.turn_off(office, person_of(request), form.raw("code"), client_of(office, request))
    except BadUsage as error:
        return account_page(request, str(error))
    return back_to(request, "/account", "二次验证已关闭。")


def _enrolment_page(request: Request, problem: str = "") -> Response:
    waiting = second_factor.enrolment_of(office_of(request), person_of(request))
    if waiting is None:
        return back_to(request, "/account", problem)
    return page(
        request,
        "second_factor.html",
        status=400 if problem else 200,
        qr=qr_code(waiting.uri),
        secret=" ".join(waiting.secret[start : start + 4] for start in range(0, len(waiting.secret), 4)),
        problem=problem,
    )


def _codes_page(request: Request, codes: Sequence[str], sentence: str) -> Response:
    return page(request, "recovery_codes.html", codes=codes, sentence=sentence)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(_PATH, enrolment, role=Role.APPROVER),
    post(_PATH, start, role=Role.APPROVER, hashes=True),
    post(f"{_PATH}/confirm", confirm, role=Role.APPROVER),
    post(f"{_PATH}/codes", renew_codes, role=Role.APPROVER),
    post(f"{_PATH}/off", turn_off, role=Role.APPROVER),
)
