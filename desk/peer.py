"""Where a request comes from, by its connection and by the headers of trusted proxies. Other headers are ignored."""

from __future__ import annotations

import ipaddress

from starlette.requests import Request

from settings.model import DeskSettings


def address_of(desk: DeskSettings, request: Request) -> str:
    """The browser's address: the last one in X-Forwarded-For that is not a trusted proxy's, else the connection's."""
    address = _connected(request)
    lines = request.headers.getlist("x-forwarded-for")
    forwarded = [entry.strip() for line in lines for entry in line.split(",")]
    while forwarded and _is_trusted(desk, address):
        address = forwarded.pop()
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
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in desk.trusted_proxies)
