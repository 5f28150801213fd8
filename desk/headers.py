"""Headers of every answer, and the host names that are answered at all.

Pure ASGI: Starlette's own base class for middleware buffers bodies and breaks context (encode/starlette#1678).
"""

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
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_DEFAULTS: Final[Mapping[str, str]] = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "cache-control": "no-store",
    # "no-referrer" would make browsers send "Origin: null" with our own forms
    "referrer-policy": "same-origin",
}
"""Set where the view has not set them itself."""
_HSTS: Final = "max-age=31536000"
"""RFC 6797: browsers use https for a year, the least that the common lists of such hosts accept."""


class HeadersMiddleware:
    """Adds the headers to every answer, also to errors. A view may set its own of `_DEFAULTS`."""

    def __init__(self, app: ASGIApp, office: Office) -> None:
        self._app = app
        self._more = headers_of(office)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message), self._more)
            await send(message)

        await self._app(scope, receive, with_headers)


class HostMiddleware:
    """Answers 400 to a request for another host."""

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
    """The headers that every answer has; with https, also the promise to stay with it."""
    secure = office.settings.desk.public_url.startswith("https://")
    return {**_ALWAYS, "strict-transport-security": _HSTS} if secure else _ALWAYS


def add_headers(headers: MutableHeaders, always: Mapping[str, str]) -> None:
    """Sets the headers of `always`, and of `_DEFAULTS` those that are missing."""
    headers.update(always)
    for name, value in _DEFAULTS.items():
        headers.setdefault(name, value)
