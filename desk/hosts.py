"""Under which names the desk is reached. A request for any other is refused: a name that somebody else points at us
would let his pages read ours (DNS rebinding), and would get into links."""

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
    """As a browser writes them: scheme, host in lower case, and the port where it is not the scheme's own.

    public_url, and the address we listen on. On this machine it may be called by any of its three names, also where
    we listen on all addresses: health checks do so.
    """
    return frozenset(_origins(desk))


@lru_cache
def allowed_hosts(desk: DeskSettings) -> frozenset[str]:
    """What may stand in a Host header."""
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
    shown = "" if port in (None, _PORTS[scheme]) else f":{port}"
    return f"{scheme}://{host.lower()}{shown}"


def _in_brackets(host: str) -> str:
    return f"[{host}]" if ":" in host else host
