"""Where a request comes from, and what a proxy that we trust says about it. Nobody else's word counts."""

from __future__ import annotations

import ipaddress

from starlette.requests import Request

from settings.model import DeskSettings


def address_of(desk: DeskSettings, request: Request) -> str:
    """Of the browser, as far as trusted proxies tell: the last address in X-Forwarded-For that is none of theirs."""
    address = request.client.host if request.client else ""
    told = [one.strip() for line in request.headers.getlist("x-forwarded-for") for one in line.split(",")]
    while told and _is_trusted(desk, address):
        address = told.pop()
    return address


def user_of_proxy(desk: DeskSettings, request: Request) -> str:
    """The name of the user whom a trusted proxy has let in, "" for none. Two such headers are none: one of them is not
    the proxy's."""
    peer = request.client.host if request.client else ""
    if not desk.user_header or not _is_trusted(desk, peer):
        return ""
    told = request.headers.getlist(desk.user_header)
    return told[0].strip() if len(told) == 1 else ""


def _is_trusted(desk: DeskSettings, address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in desk.trusted_proxies)
