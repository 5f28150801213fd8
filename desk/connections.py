"""How many connections the desk keeps open, from one address and in all, and which one makes room for another.

A client that opens connections and sends nothing takes no room from others: above a limit the connection that has
waited longest without a request is closed. Only where every connection is in use is a new one refused.
"""

from __future__ import annotations

import resource
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import IPv4Network, IPv6Network
from typing import Final, Protocol

from settings.model import DeskSettings
from values.network import counted_address, is_within

REFUSAL: Final = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
"""The whole answer on a connection that is refused (RFC 9110 section 15.6.4)."""


class Stage(IntEnum):
    """What a connection is doing. Those with a lower number make room first."""

    SILENT = 0
    """It has never sent a complete head of a request."""
    IDLE = 1
    """It waits between two requests."""
    RECEIVING = 2
    """Its client is sending the body of a request."""
    ANSWERING = 3
    """Its request is being answered; it is never closed for another."""


class OpenConnection(Protocol):
    """A connection, as the register sees it."""

    @property
    def stage(self) -> Stage: ...

    def abandon(self) -> None:
        """Closes it at once."""


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How many connections may be open."""

    in_all: int
    per_address: int
    trusted: tuple[IPv4Network | IPv6Network, ...] = ()
    """Proxies, each of which brings the connections of many people: `per_address` does not hold for them."""


def limits_of(desk: DeskSettings) -> ConnectionLimits:
    """The limits by the settings; in all no more than half of the files that the process may open, since the ledger,
    the stores and the children need some too."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    in_all = desk.connections if files == resource.RLIM_INFINITY else min(desk.connections, files // 2)
    return ConnectionLimits(in_all, min(desk.connections_per_address, in_all), desk.trusted_proxies)


class ConnectionRegister:
    """The open connections of one server. Used by its event loop alone."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self._limits = limits
        self._open: dict[str, dict[OpenConnection, None]] = {}
        """By client (`_client`), the oldest first."""

    def admit(self, address: str, connection: OpenConnection) -> bool:
        """Registers a new connection, closing another one where a limit is reached; False where none can be closed, and
        then it is not registered."""
        client = self._client(address)
        own = self._open.get(client, {})
        if len(own) >= self._limits.per_address and not self._is_trusted(client):
            if not _make_room([own], Stage.IDLE):
                return False
        elif self._count() >= self._limits.in_all and not self._make_room_for(len(own)):
            return False
        self._open.setdefault(client, {})[connection] = None
        return True

    def remove(self, address: str, connection: OpenConnection) -> None:
        """Forgets a connection that was closed; does nothing for one that was not admitted."""
        client = self._client(address)
        own = self._open.get(client, {})
        own.pop(connection, None)
        if not own:
            self._open.pop(client, None)

    def _make_room_for(self, count: int) -> bool:
        """Closes a connection for a client that has `count` of them: one without a request, of the address with the
        most first; else one whose request is incomplete, of an address that has still more afterwards, so that a few
        clients that send slowly keep nobody out."""
        by_size = sorted(self._open.items(), key=lambda entry: len(entry[1]), reverse=True)
        larger = [group for client, group in by_size if len(group) > count + 1 and not self._is_trusted(client)]
        return _make_room([group for _, group in by_size], Stage.IDLE) or _make_room(larger, Stage.RECEIVING)

    def _count(self) -> int:
        return sum(map(len, self._open.values()))

    def _client(self, address: str) -> str:
        """What its connections are counted by. A proxy has its address to itself, whatever else is in its /64."""
        return address if self._is_trusted(address) else counted_address(address)

    def _is_trusted(self, client: str) -> bool:
        return is_within(client, self._limits.trusted)


def _make_room(groups: Iterable[dict[OpenConnection, None]], last: Stage) -> bool:
    """Closes one connection of the first group that has one in a stage up to `last`: the oldest in the lowest stage."""
    for group in groups:
        stages = {connection: connection.stage for connection in group}
        victim = min(stages, key=stages.__getitem__, default=None)
        if victim is not None and stages[victim] <= last:
            del group[victim]
            victim.abandon()
            return True
    return False
