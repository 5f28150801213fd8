"""Where requests to the API come in: the token is looked at before anything of the body is read.

Cookies count nothing here: no page of another site can act with a browser's session.
"""

from __future__ import annotations

import asyncio
import re
from threading import Lock
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.forms import LONGEST_BODY
from desk.guard import BODY_SECONDS, refuse_large
from desk.session import client_of
from service.office import Office
from service.people.api_tokens import holder_of
from values.errors import JianbaoError

if TYPE_CHECKING:
    from starlette.applications import Starlette

_BEARER: Final = "bearer "


class ApiDoor:
    """The API as an ASGI application, below the desk's. It is made for the first request that comes: most offices have
    no other system, and its libraries take memory."""

    def __init__(self) -> None:
        self._api: Starlette | None = None
        self._making = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        api = await run_in_threadpool(self._ready)
        desk: Starlette = scope["app"]
        request = Request(scope)
        refused = await run_in_threadpool(_admit, desk.state.office, request)
        if refused is not None:
            await refused(scope, receive, send)
            return
        await api(scope, _within(receive, BODY_SECONDS), send)

    def _ready(self) -> Starlette:
        with self._making:
            if self._api is None:
                from desk.api.application import make_api  # loads FastAPI, see the class

                self._api = make_api()
            return self._api


def api_mount() -> Mount:
    """The route of the API."""
    mount = Mount("/api/v1", app=ApiDoor())
    # Starlette's "." leaves out line feeds (%0A): such a path would be answered by a page of the desk.
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def _admit(office: Office, request: Request) -> ASGIApp | None:
    """Stores the caller with the request; returns the answer to one without a valid token."""
    from desk.api.caller import ApiCaller  # loads FastAPI
    from desk.api.problems import problem_response, refusal

    sent = request.headers.get("authorization", "")
    if not sent.lower().startswith(_BEARER):
        sentence = "请在 Authorization 头里写 Bearer 和令牌；令牌由 token add 或“我的账号”给出。"
        return problem_response(401, sentence, headers={"www-authenticate": "Bearer"})
    try:
        refuse_large(request, LONGEST_BODY)
        record = holder_of(office, sent[len(_BEARER) :].strip(), client_of(office, request))
    except JianbaoError as error:
        return refusal(request, error)
    if record is None:
        headers = {"www-authenticate": 'Bearer error="invalid_token"'}  # RFC 6750 section 3.1
        return problem_response(401, "令牌不对、过期或已吊销。", headers=headers)
    request.state.caller = ApiCaller(office, record)
    return None


def _within(receive: Receive, seconds: float) -> Receive:
    """Receives the body within that time in all; a client that is slower is one that has gone away."""
    until = asyncio.get_running_loop().time() + seconds

    async def received() -> Message:
        try:
            async with asyncio.timeout_at(until):
                return await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}

    return received
