"""The host names under which the desk is reached. A request for another one is refused: a name that somebody else
points at this machine would let that person's pages read ours (DNS rebinding), and would get into links."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from settings.model import DeskSettings
from values.network import is_loopback

_PORTS: Final = {"http": 80, "https": 443}
_THIS_MACHINE: Final = ("127.0.0.1", "localhost", "[::1]")


@lru_cache
def allowed_origins(desk: DeskSettings) -> frozenset[str]:
    """The origins of the desk as a browser writes them: scheme, host in lower case, port unless it is the scheme's own.

    These are public_url and the address of `listen`; for a loopback address, and for all addresses, the three names of
    this machine, which health checks use.
    """
    return frozenset(_origins(desk))


@lru_cache
def allowed_hosts(desk: DeskSettings) -> frozenset[str]:
    """The values that a Host header may have."""
    names = {origin.partition("://")[2] for origin in allowed_origins(desk)}
    public = urlsplit(desk.public_url)
    names.add(f"{_in_brackets(public.hostname or '')}:{public.port or _PORTS[public.scheme]}")
    return frozenset(names)


def _origins(desk: DeskSettings) -> Iterator[str]:
    public = urlsplit(desk.public_url)
    yield _origin(public.scheme, _in_brackets(public.hostname or ""), public.port)
    listen = desk.listen
    if listen is None:
        return
    if is_loopback(listen.host) or listen.host in ("0.0.0.0", "::"):  # noqa: S104 — compared, not bound
        for name in _THIS_MACHINE:
            yield _origin("http", name, listen.port)
    else:
        yield _origin("http", _in_brackets(listen.host), listen.port)


def _origin(scheme: str, host: str, port: int | None) -> str:
    suffix = "" if port in (None, _PORTS[scheme]) else f":{port}"
    return f"{scheme}://{host.lower()}{suffix}"


def _in_brackets(host: str) -> str:
    return f"[{host}]" if ":" in host else host
