"""Headers of every answer, and the names under which we answer at all. Pure ASGI: Starlette's own base class for
middleware buffers and breaks context (encode/starlette#1678)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.hosts import allowed_hosts
from service.office import Office

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)

_ALWAYS: Final[Mapping[str, str]] = {
    "x-content-type-options": "nosniff",
    # not "no-referrer": then a browser says Origin: null with our own forms
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_UNLESS_SAID: Final[Mapping[str, str]] = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "cache-control": "no-store",
}
_HSTS: Final = "max-age=31536000"


class WithHeaders:
    """Adds them to whatever the application answers, mistakes included. A view may set its own of `_UNLESS_SAID`."""

    def __init__(self, app: ASGIApp, office: Office) -> None:
        self._app = app
        self._more = headers_of(office)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message), self._more)
            await send(message)

        await self._app(scope, receive, with_headers)


class OnlyOurNames:
    """Answers 400 to a Host that is none of ours."""

    def __init__(self, app: ASGIApp, office: Office) -> None:
        self._app = app
        self._hosts = allowed_hosts(office.settings.desk)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and Headers(scope=scope).get("host", "").lower() not in self._hosts:
            answer = PlainTextResponse("这台服务器不用这个名字。请用配置文件里 public_url 的网址。", status_code=400)
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def headers_of(office: Office) -> Mapping[str, str]:
    secure = office.settings.desk.public_url.startswith("https://")
    return {**_ALWAYS, "strict-transport-security": _HSTS} if secure else _ALWAYS


def add_headers(headers: MutableHeaders, always: Mapping[str, str]) -> None:
    headers.update(always)
    for name, value in _UNLESS_SAID.items():
        headers.setdefault(name, value)
