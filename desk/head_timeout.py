"""HTTP/1.1 with limits: of time for the head of a request and for taking the answer, for both of which uvicorn itself
waits without end, and of the number of connections."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, ClassVar, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from desk.connections import REFUSAL, ConnectionRegister, Stage

HEAD_SECONDS: Final = 10.0
"""A head of a few kilobytes takes less over any line; a client that keeps connections open without one is stopped."""
UNREAD_SECONDS: Final = 60.0
"""A client that takes nothing of an answer for that long is gone, or keeps the answer in our memory on purpose."""


class HeadTimeoutProtocol(H11Protocol):
    """Closes a connection on which no complete head of a request has arrived within `head_seconds`, one whose client
    takes nothing of an answer for `unread_seconds`, and one that makes room for another (`desk.connections`).

    Between requests uvicorn's own limit for idle connections holds; for bodies, that of `desk.guard`.
    """

    head_seconds = HEAD_SECONDS
    unread_seconds = UNREAD_SECONDS
    register: ClassVar[ConnectionRegister]
    """Of the server; set in a subclass for each (`bound_protocol`)."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._address = ""
        self._is_refused = False

    @property
    def stage(self) -> Stage:
        """What the connection is doing."""
        cycle: RequestResponseCycle | None = self.cycle  # uvicorn has none before the first request
        if cycle is None:
            return Stage.SILENT
        if cycle.response_complete:
            return Stage.IDLE
        return Stage.RECEIVING if self.conn.their_state is h11.SEND_BODY else Stage.ANSWERING

    def abandon(self) -> None:
        """Closes the connection at once."""
        self.transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        # The kernel watches it, also while the transport waits for its buffer to drain before it closes (tcp(7)).
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(1000 * self.unread_seconds))
        if self.register.admit(self._address, self):
            self._update_deadline()
        else:
            self._is_refused = True
            transport.write(REFUSAL)
            transport.close()

    def data_received(self, data: bytes) -> None:
        if not self._is_refused:
            super().data_received(data)
            self._update_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_deadline()
        self.register.remove(self._address, self)
        super().connection_lost(exc)

    def _update_deadline(self) -> None:
        """The time runs from the first byte of a head; further bytes do not extend it."""
        if self.conn.their_state is not h11.IDLE:
            self._cancel_deadline()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(self.head_seconds, self.transport.close)

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def bound_protocol(
    register: ConnectionRegister, protocol: type[HeadTimeoutProtocol] = HeadTimeoutProtocol
) -> type[HeadTimeoutProtocol]:
    """The protocol for the connections of one server."""
    return type("BoundProtocol", (protocol,), {"register": register})
