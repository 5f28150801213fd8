"""Where a request comes from, by its connection and by the headers of trusted proxies. Other headers are ignored."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request

from settings.model import DeskSettings
from values.network import is_within

_WITH_PORT: Final = re.compile(r"\[([^\]]*)\](?::\d+)?|([^:]*):\d+")
"""As some proxies write an address: 192.0.2.1:50123, [2001:db8::1]:50123. The port differs with each connection."""


def address_of(desk: DeskSettings, request: Request) -> str:
    """The browser's address: the last one in X-Forwarded-For that is not a trusted proxy's, else the connection's."""
    address = _connected(request)
    lines = request.headers.getlist("x-forwarded-for")
    forwarded = [entry.strip() for line in lines for entry in line.split(",")]
    while forwarded and _is_trusted(desk, address):
        address = _without_port(forwarded.pop())
    return address


def user_of_proxy(desk: DeskSettings, request: Request) -> str:
    """Name of the user whom a trusted proxy has authenticated, "" for none. A request with two such headers has none:
    one of them is not the proxy's."""
    if not desk.user_header or not _is_trusted(desk, _connected(request)):
        return ""
    names = request.headers.getlist(desk.user_header)
    return names[0].strip() if len(names) == 1 else ""


def _connected(request: Request) -> str:
    return request.client.host if request.client else ""


def _is_trusted(desk: DeskSettings, address: str) -> bool:
    return is_within(address, desk.trusted_proxies)


def _without_port(entry: str) -> str:
    match = _WITH_PORT.fullmatch(entry)
    return entry if match is None else match[1] or match[2] or ""
