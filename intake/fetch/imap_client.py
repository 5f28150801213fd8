"""IMAPClient over the bounded connection: one command at a time, with two kinds of failure.

A failure is `CommandRefused`, a tagged NO or BAD after which the connection can be used further, or
`ConnectionBroken`, anything else, after which it is closed. Only this module and `imap_session` import IMAPClient.
"""

from __future__ import annotations

import contextlib
import imaplib
import ssl
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from intake.fetch import imap_faults as faults
from intake.fetch.imap_faults import ImapServer
from intake.fetch.imap_wire import Watchdog, Wire
from intake.fetch.mailbox import Unfinished

SMALL_ANSWER = 65_536
"""Octets that are enough for an answer without letters or lists in it."""

WIRE_FAULTS = (
    imaplib.IMAP4.error,  # NO, BAD, BYE, EOF, and IMAPClient's own, which derive from it
    OSError,  # socket and TLS
    ValueError,  # an answer that IMAPClient cannot parse; so are the next four
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    RuntimeError,  # RecursionError: an answer nested a thousand deep
)


@dataclass(frozen=True, slots=True)
class ImapTimeouts:
    """Seconds. Long enough for a slow line, short enough that one letter cannot fill a poll."""

    connect: float = 15
    read: float = 60
    """Between two octets."""
    command: float = 120
    """Wall-clock, as socket timeouts never fire when single octets drip in. A command is one batch of letters, or one
    part of a large one."""
    letter: float = 120
    """Wall-clock, for all parts of one letter, so that a letter that trickles does not delay the others."""
    poll: float = 600
    """Wall-clock, for the whole poll."""
    farewell: float = 5
    """For LOGOUT."""


class CommandRefused(Exception):
    """The server answered NO or BAD. The connection can be used further.

    `text`: the words of the server. `is_bad`: it answered BAD: it does not know the command, or not in this form.
    """

    def __init__(self, text: str, *, is_bad: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.is_bad = is_bad


class ConnectionBroken(Exception):
    """The connection is closed: it failed, took too long, or sent invalid IMAP.

    `text`: what is known of the cause. `is_silent`: nothing came in time, not even the end of the connection.
    """

    def __init__(self, text: str, *, is_silent: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.is_silent = is_silent


class BoundedClient(IMAPClient):  # type: ignore[misc]  # it ships no types
    """IMAPClient over our bounded connection."""

    def __init__(
        self, server: ImapServer, context: ssl.SSLContext | None, timeouts: ImapTimeouts, watchdog: Watchdog
    ) -> None:
        self._watchdog = watchdog
        super().__init__(
            server.host,
            server.port,
            ssl=server.security == "tls",
            ssl_context=context,
            timeout=SocketTimeout(connect=timeouts.connect, read=timeouts.read),
        )
        # IMAPClient sets 5, at which imaplib repr()s every literal: 2,000 letters 0.67 s -> 3.3 s, and with DEBUG
        # logging whole letters and the password in the log. In all of 3.0.1-4.1.0.
        self._imap.debug = 0
        self.normalise_times = False  # else INTERNALDATE is naive, in this machine's zone

    @property
    def wire(self) -> Wire:
        """The connection below IMAPClient."""
        wire: Wire = self._imap
        return wire

    def _create_IMAP4(self) -> Wire:
        context = (self.ssl_context or ssl.create_default_context()) if self.ssl else None
        return Wire(
            self.host, self.port, context=context, connect_seconds=self._timeout.connect, watchdog=self._watchdog
        )


class ImapConnection:
    """A connection whose commands are each limited in time and in octets.

    ends: time.monotonic() at which the poll is over; every command after it raises Unfinished.
    """

    def __init__(self, server: ImapServer, password: str, *, timeouts: ImapTimeouts, ends: float) -> None:
        self._server = server
        self._password = password
        self._secrets = _secrets(server.username, password)
        self._timeouts = timeouts
        self._ends = ends
        self._letter_ends = float("inf")
        self._watchdog = Watchdog()
        self._client: BoundedClient | None = None

    @contextlib.contextmanager
    def one_letter(self) -> Iterator[None]:
        """All commands inside share the time of one letter; raises ConnectionBroken when it is over."""
        self._letter_ends = time.monotonic() + self._timeouts.letter
        try:
            yield
        finally:
            self._letter_ends = float("inf")

    @contextlib.contextmanager
    def command(self, octets: int, expected: tuple[type[Exception], ...] = ()) -> Iterator[BoundedClient]:
        """One command. octets: the longest answer of an honest server. expected: exceptions that pass unchanged.

        Raises CommandRefused, ConnectionBroken, and Unfinished when the poll is over.
        """
        if self._client is None:
            raise ConnectionBroken("连接已断开")
        client = self._client
        client.wire.allow(octets)
        try:
            with self._watchdog.deadline(self._seconds_left()):
                yield client
        except expected:
            self._drop()
            raise
        except WIRE_FAULTS as fault:
            text = self._text_of(fault)
            if _is_refusal(fault) and not self._watchdog.expired:
                raise CommandRefused(text, is_bad=_BAD in str(fault)) from None
            self._drop()
            expired = self._watchdog.expired
            is_silent = expired or isinstance(fault, TimeoutError)
            raise ConnectionBroken(_TOO_SLOW if expired else text, is_silent=is_silent) from None

    def close(self) -> None:
        """Logs out if the server still answers, and closes. Never raises."""
        if self._client is None:
            return
        with contextlib.suppress(*WIRE_FAULTS), self._watchdog.deadline(self._timeouts.farewell):
            self._client.wire.allow(SMALL_ANSWER)
            self._client.logout()
        self._drop()

    def _connect(self, context: ssl.SSLContext | None) -> None:
        server = self._server
        try:
            with self._watchdog.deadline(self._seconds_left()):
                self._client = BoundedClient(server, context, self._timeouts, self._watchdog)
        except WIRE_FAULTS as error:
            if self._watchdog.expired:
                raise faults.connection_failed(TimeoutError(), server) from error
            if isinstance(error, OSError):
                raise faults.connection_failed(error, server) from error
            raise faults.not_a_mail_server(server, self._text_of(error)) from error

    def _seconds_left(self) -> float:
        now = time.monotonic()
        if self._ends <= now:
            raise Unfinished(
                f"收信已满 {self._timeouts.poll / 60:.0f} 分钟，这一轮到此为止。"
                "已收到的都已保留，其余下一轮接着收，不必处理。"
            )
        if self._letter_ends <= now:
            self._drop()
            raise ConnectionBroken(_TOO_SLOW)
        return min(self._ends - now, self._letter_ends - now, self._timeouts.command)

    def _text_of(self, fault: Exception) -> str:
        if isinstance(fault, TimeoutError):
            return "等待服务器回答超时"
        return faults.server_text(fault, self._secrets)

    def _drop(self) -> None:
        if self._client is not None:
            self._client.wire.shutdown()
            self._client = None


def _secrets(username: str, password: str) -> tuple[str, ...]:
    """What must be in no message: the password, and what carries it in a SASL exchange, the longest first."""
    if not password:
        return ()
    encoded = (b64encode(text.encode()).decode() for text in (f"\0{username}\0{password}", password))
    return (*encoded, password)


_TOO_SLOW = "服务器太慢，超过了时限"
_BAD = "command error: BAD"  # in the words of imaplib


def _is_refusal(fault: Exception) -> bool:
    """Whether the server answered NO or BAD, and the dialogue is still in step.

    LoginError also covers BYE and a lost connection; its context shows which. BAD counts as a
    refusal: the command was understood well enough to be answered.
    """
    if isinstance(fault, LoginError):
        return not isinstance(fault.__context__, imaplib.IMAP4.abort)
    if not isinstance(fault, imaplib.IMAP4.error) or isinstance(fault, imaplib.IMAP4.abort):
        return False
    text = str(fault)
    return " failed: " in text or _BAD in text or type(fault).__name__ == "InvalidCriteriaError"
