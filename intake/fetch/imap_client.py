"""IMAPClient over the bounded connection: one command at a time, and two ways in which it can go wrong.

Whatever goes wrong ends as `Refused`, a tagged NO or BAD after which the connection is good, or as `Broken`, anything
else, after which it is closed. IMAPClient enters here and in `imap_session` only.
"""

from __future__ import annotations

import contextlib
import imaplib
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from intake.fetch import imap_faults as faults
from intake.fetch.imap_faults import Server
from intake.fetch.imap_wire import Watchdog, Wire
from intake.fetch.mailbox import Unfinished

SMALL_ANSWER = 65_536
"""Octets that are enough for an answer without letters or lists in it."""

WIRE_FAULTS = (
    imaplib.IMAP4.error,  # NO, BAD, BYE, EOF, and IMAPClient's own, which derive from it
    OSError,  # socket and TLS
    ValueError,  # an answer IMAPClient cannot parse; and the four after it
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    RuntimeError,  # RecursionError: an answer nested a thousand deep
)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. `command`, `letter` and `poll` are wall-clock: socket timeouts never fire on a slow drip.

    A command is one batch, or one part of a large letter; `letter` is for all parts of one together, so that a letter
    that trickles cannot fill every poll and hold up the others.
    """

    connect: float = 15
    read: float = 60
    command: float = 120
    letter: float = 120
    poll: float = 600
    farewell: float = 5


class Refused(Exception):
    """The server answered NO or BAD. The connection is good. `said`: the server's words."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class Broken(Exception):
    """The connection is closed: it failed, took too long, or sent what no IMAP server should. `said`: what is known."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class Client(IMAPClient):  # type: ignore[misc]  # it ships no types
    """IMAPClient over our bounded connection."""

    def __init__(self, server: Server, context: ssl.SSLContext | None, patience: Patience, watchdog: Watchdog) -> None:
        self._watchdog = watchdog
        super().__init__(
            server.host,
            server.port,
            ssl=server.security == "tls",
            ssl_context=context,
            timeout=SocketTimeout(connect=patience.connect, read=patience.read),
        )
        # IMAPClient sets 5, at which imaplib repr()s every literal: 2,000 letters 0.67 s -> 3.3 s, and with DEBUG
        # logging whole letters and the password in the log. In all of 3.0.1-4.1.0.
        self._imap.debug = 0
        self.normalise_times = False  # else INTERNALDATE comes naive, in this machine's zone

    @property
    def wire(self) -> Wire:
        """The connection under it."""
        wire: Wire = self._imap
        return wire

    def _create_IMAP4(self) -> Wire:
        context = (self.ssl_context or ssl.create_default_context()) if self.ssl else None
        return Wire(
            self.host, self.port, context=context, connect_seconds=self._timeout.connect, watchdog=self._watchdog
        )


class Connection:
    """A connection on which commands are given, each limited in time and in octets.

    ends: time.monotonic() at which the poll is over; every command after it raises Unfinished.
    """

    def __init__(self, server: Server, password: str, *, patience: Patience, ends: float) -> None:
        self._server = server
        self._password = password
        self._patience = patience
        self._ends = ends
        self._letter_ends = float("inf")
        self._watchdog = Watchdog()
        self._client: Client | None = None

    @contextlib.contextmanager
    def one_letter(self) -> Iterator[None]:
        """All commands inside have the time of one letter together; Broken when it is over."""
        self._letter_ends = time.monotonic() + self._patience.letter
        try:
            yield
        finally:
            self._letter_ends = float("inf")

    @contextlib.contextmanager
    def command(self, octets: int, expected: tuple[type[Exception], ...] = ()) -> Iterator[Client]:
        """One command. octets: the longest answer that can be honest. `expected` exceptions pass as they are."""
        if self._client is None:
            raise Broken("连接已断开")
        client = self._client
        client.wire.allow(octets)
        try:
            with self._watchdog.deadline(self._seconds_left()):
                yield client
        except expected:
            self._drop()
            raise
        except WIRE_FAULTS as fault:
            said = self._said(fault)
            if _is_refusal(fault) and not self._watchdog.bitten:
                raise Refused(said) from None
            self._drop()
            raise Broken(_TOO_SLOW if self._watchdog.bitten else said) from None

    def close(self) -> None:
        """Says good-bye if the server listens, and closes. Never raises."""
        if self._client is None:
            return
        with contextlib.suppress(*WIRE_FAULTS), self._watchdog.deadline(self._patience.farewell):
            self._client.wire.allow(SMALL_ANSWER)
            self._client.logout()
        self._drop()

    def _dial(self, context: ssl.SSLContext | None) -> None:
        server = self._server
        try:
            with self._watchdog.deadline(self._seconds_left()):
                self._client = Client(server, context, self._patience, self._watchdog)
        except WIRE_FAULTS as error:
            if self._watchdog.bitten:
                raise faults.connection_failed(TimeoutError(), server) from error
            if isinstance(error, OSError):
                raise faults.connection_failed(error, server) from error
            raise faults.not_a_mail_server(server, self._said(error)) from error

    def _seconds_left(self) -> float:
        now = time.monotonic()
        if self._ends <= now:
            raise Unfinished(
                f"收信已满 {self._patience.poll / 60:.0f} 分钟，这一轮到此为止。"
                "已收到的都已保留，其余下一轮接着收，不必处理。"
            )
        if self._letter_ends <= now:
            self._drop()
            raise Broken(_TOO_SLOW)
        return min(self._ends - now, self._letter_ends - now, self._patience.command)

    def _said(self, fault: Exception) -> str:
        if isinstance(fault, TimeoutError):
            return "等待服务器回答超时"
        return faults.said_by(fault, self._password)

    def _drop(self) -> None:
        if self._client is not None:
            self._client.wire.shutdown()
            self._client = None


_TOO_SLOW = "服务器太慢，超过了时限"


def _is_refusal(fault: Exception) -> bool:
    """Whether the server said NO to the command, and the dialogue is still in step.

    LoginError also covers BYE and a lost connection: what it was made from tells. BAD counts as a
    refusal: the command was understood well enough to be answered.
    """
    if isinstance(fault, LoginError):
        return not isinstance(fault.__context__, imaplib.IMAP4.abort)
    if not isinstance(fault, imaplib.IMAP4.error) or isinstance(fault, imaplib.IMAP4.abort):
        return False
    text = str(fault)
    return " failed: " in text or "command error: BAD" in text or type(fault).__name__ == "InvalidCriteriaError"
