"""The checks before every view: who sends the request, whether the role allows it, and whether a form comes from one of
our pages.

Every route has one of the two guards, since `desk.routes` makes no others.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from desk.csrf_mask import unmasked
from desk.forms import Form, read_form
from desk.hosts import allowed_origins
from desk.password_queue import PasswordQueue
from desk.refusals import AccountFirst, LogInFirst, NotAllowed, NotFound, RequestRefused, TooBusy, TooLarge, TooSlow
from desk.session import DeskSession, cookie_names, is_known_client, session_of_request
from service.office import Office
from values.account import Role
from values.errors import BadUsage
from values.whole_number import LARGEST_ID, whole_number

View = Callable[[Request], Response]
PostView = Callable[[Request, Form], Response]

BODY_SECONDS: Final = 300.0
"""Time for a body: 20 MB over a line of 0.5 Mbit/s."""
BODY_SECONDS_OF_A_STRANGER: Final = 20.0
"""Time for the 64 kB that somebody may send who is not logged in."""
REFUSED_AFTER_SECONDS: Final = 1.0
"""Whoever may not try a password now learns it after this time: programs that try again at once would otherwise keep
the desk busy with refusals."""
CSRF_FIELD: Final = "csrf"
CSRF_HEADER: Final = "x-csrf-token"
SECRET_FIELDS: Final = frozenset({"password", "again", "old", "code"})
"""Fields of a form that is never shown again."""
_LARGEST_RETURNED: Final = 2_000_000
"""Bytes of a form that is offered again after a log-in: the longest article fits in."""
_NOT_OURS: Final = "这个请求不是从审稿台的页面发出的，或者页面已经放得太久，没有执行。请回到页面刷新后重试。"


class GuardedGet:
    """A page as an ASGI application. role: the one that it needs, None for everybody. is_use: as in `admit`."""

    def __init__(self, view: View, role: Role | None, *, is_use: bool = True) -> None:
        self.view = view
        self.role = role
        self._is_use = is_use

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        response = await run_in_threadpool(self._answer, request)
        await response(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        admit(request, self.role, is_use=self._is_use)
        return self.view(request)


class GuardedPost:
    """The action of a form as an ASGI application. The body is read only after the role was checked.

    most: bytes of the body that are accepted. hashes: whether the view computes hashes of passwords; the request then
    waits for its turn in the desk's `PasswordQueue`. adds: whether the view is followed once for each form.
    """

    def __init__(
        self, view: PostView, role: Role | None, most: int, *, hashes: bool = False, adds: bool = False
    ) -> None:
        self.view = view
        self.role = role
        self.hashes = hashes
        self.adds = adds
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        request.state.unread = True
        refuse_large(request, self._most)
        try:
            await run_in_threadpool(admit, request, self.role)
        except (LogInFirst, AccountFirst) as error:
            await _return_fields(request, error)
            raise
        refuse_other_origins(request)
        response = await (self._answer_in_turn(request) if self.hashes else self._answer(request, nullcontext()))
        await response(scope, receive, send)

    async def _answer(self, request: Request, turn: AbstractAsyncContextManager[None]) -> Response:
        form = await _read_in_time(request, BODY_SECONDS if self.role else BODY_SECONDS_OF_A_STRANGER)
        request.state.unread = False
        refuse_without_token(request, form)
        async with turn:
            return await run_in_threadpool(self.view, request, form)

    async def _answer_in_turn(self, request: Request) -> Response:
        """As `_answer`, in turn. A refusal for too many attempts is answered late."""
        queue: PasswordQueue = request.app.state.password_queue
        is_known = await run_in_threadpool(is_known_client, request)
        try:
            queue.refuse_when_full(is_known=is_known)
            response = await self._answer(request, queue.turn(is_known=is_known))
        except TooBusy:
            await asyncio.sleep(REFUSED_AFTER_SECONDS)
            raise
        if response.status_code == TooBusy.status:
            await asyncio.sleep(REFUSED_AFTER_SECONDS)
        return response


async def _return_fields(request: Request, error: RequestRefused) -> None:
    """Keeps the fields of a form whose sender's session has ended, or whose password has expired, to be sent again
    afterwards."""
    office: Office = request.app.state.office
    if cookie_names(office).session not in request.cookies or not _is_within(request, _LARGEST_RETURNED):
        return
    with suppress(NotAllowed, BadUsage):
        refuse_other_origins(request)
        form = await _read_in_time(request, BODY_SECONDS_OF_A_STRANGER)
        request.state.unread = False
        error.fields = _returnable_fields(form)


def _returnable_fields(form: Form) -> tuple[tuple[str, str], ...]:
    """() for a form with a password in it."""
    if not SECRET_FIELDS.isdisjoint(form.fields):
        return ()
    return tuple((name, value) for name, values in form.fields.items() if name != CSRF_FIELD for value in values)


async def _read_in_time(request: Request, seconds: float) -> Form:
    try:
        async with asyncio.timeout(seconds):
            return await read_form(request)
    except (TimeoutError, ClientDisconnect):
        raise TooSlow("等得太久，内容没有收完，没有保存。请检查网络后重试。") from None


def admit(request: Request, role: Role | None, *, is_use: bool = True) -> None:
    """Stores the session of the request with it, and checks the role. is_use: whether a person's act sends it. Raises
    LogInFirst, AccountFirst, NotAllowed; NotFound for an id that no row can have; StorageFailed."""
    office: Office = request.app.state.office
    session = session_of_request(office, request, is_use=is_use)
    request.state.session = session
    if role is not None:
        if session.person is None:
            raise LogInFirst("请先登录。")
        if session.due is not None and not _is_of_oneself(request.url.path):
            raise AccountFirst(f"{session.due.chinese}，才能继续。请到“我的账号”。")
        if not session.person.role.includes(role):
            raise NotAllowed(
                f"这要有“{role.chinese}”以上的权限，您的是“{session.person.role.chinese}”。需要时请找管理员。"
            )
    if any(isinstance(value, int) and value > LARGEST_ID for value in request.path_params.values()):
        raise NotFound("没有这个编号。")


def _is_of_oneself(path: str) -> bool:
    """Whether it is a page or form of the own account, by which what is due is done, or the log-out."""
    return path in ("/account", "/logout") or path.startswith("/account/")


def refuse_other_origins(request: Request) -> None:
    """Raises NotAllowed for a form of another site: a browser sends the origin of the page with every form
    (fetch.spec.whatwg.org, "append a request Origin header")."""
    origin = request.headers.get("origin", "").lower()
    host = request.headers.get("host", "").lower()
    if origin not in allowed_origins(request.app.state.office.settings.desk) or origin.partition("://")[2] != host:
        raise NotAllowed(_NOT_OURS)


def refuse_without_token(request: Request, form: Form) -> None:
    """Raises NotAllowed unless the token is sent twice: in the form (or htmx's header), and in the cookie, which other
    sites cannot send."""
    session: DeskSession = request.state.session
    sent = request.headers.get(CSRF_HEADER) or form.raw(CSRF_FIELD)
    for token in (unmasked(sent) or sent, session.cookie_csrf):
        if not hmac.compare_digest(token.encode(), session.csrf.encode()):
            error = NotAllowed(_NOT_OURS)
            # The origin is ours, so the page is an old one, most likely of an earlier session: its fields are not lost.
            error.fields = _returnable_fields(form) if session.person else ()
            raise error


def refuse_large(request: Request, most: int) -> None:
    """Raises TooLarge for a body that is announced with more bytes."""
    if not _is_within(request, most):
        raise TooLarge(
            f"内容太大，没有接收：最多 {most // 1_000_000} MB。" if most >= 1_000_000 else "内容太大，没有接收。"
        )


def _is_within(request: Request, most: int) -> bool:
    """By its header; `routes.post` stops a body that is longer than its header says, or has none."""
    return whole_number(request.headers.get("content-length", "0"), most) is not None
