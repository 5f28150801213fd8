"""One connection to an IMAP server: logged in, identified, a folder opened for reading. IMAPClient enters here only.

The rules that shaped it, with their sources, are in the comments; two hold throughout. Nothing is ever written to the
mailbox: EXAMINE and BODY.PEEK leave \\Seen and \\Recent as they are. And whatever goes wrong ends in one of two ways:
`Refused`, a tagged NO or BAD after which the connection is good, or `Broken`, anything else, after which it is closed.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import CapabilityError, LoginError

from intake.fetch import imap_faults as faults
from intake.fetch.imap_faults import Server
from intake.fetch.imap_wire import Watchdog, Wire
from intake.fetch.mailbox import Unfinished

_log = structlog.get_logger(__name__)

_NAME, _VERSION = "jianbao", "0.1"

_SMALL_ANSWER = 65_536
_LONG_ANSWER = 8_000_000

_WIRE_FAULTS = (
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
    """Seconds. `command` and `poll` are wall-clock: socket timeouts never fire on a slow drip.

    A command is one batch, or one part of a large letter.
    """

    connect: float = 15
    read: float = 60
    command: float = 120
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


@dataclass(frozen=True, slots=True)
class Selected:
    """What EXAMINE tells. `uidvalidity` 0: the server names none. `uidnext` None: likewise."""

    uidvalidity: int
    exists: int
    uidnext: int | None


class _Client(IMAPClient):  # type: ignore[misc]  # it ships no types
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

    def _create_IMAP4(self) -> Wire:
        context = (self.ssl_context or ssl.create_default_context()) if self.ssl else None
        return Wire(
            self.host, self.port, context=context, connect_seconds=self._timeout.connect, watchdog=self._watchdog
        )


class Session:
    """A connection to one account. Raises TryLater kinds from `__init__` and `examine`, Refused or Broken elsewhere.

    ends: time.monotonic() at which the poll is over; every call after it raises Unfinished.
    """

    def __init__(
        self, server: Server, password: str, *, context: ssl.SSLContext | None, patience: Patience, ends: float
    ) -> None:
        if not (_sendable(server.username) and _sendable(password)):
            raise faults.unusable_password(server)
        self._server = server
        self._password = password
        self._patience = patience
        self._ends = ends
        self._watchdog = Watchdog()
        self._client: _Client | None = None
        try:
            self._dial(context)
            self._log_in()
            self._identified = self._identify()
        except Broken as broken:
            raise faults.connection_lost("登录", server, broken.said) from None
        except BaseException:
            self.close()
            raise

    def examine(self, folder: str) -> Selected:
        """Opens the folder for reading only."""
        try:
            with self._command(_SMALL_ANSWER) as client:
                answer = client.select_folder(folder, readonly=True)
                return Selected(answer.get(b"UIDVALIDITY", 0), answer.get(b"EXISTS", 0), answer.get(b"UIDNEXT"))
        except Refused as refused:
            if "unsafe login" in refused.said.lower():
                raise faults.unsafe_login(self._server, refused.said, identified=self._identified) from None
            raise faults.folder_refused(folder, self._folders(), self._server, refused.said) from None
        except Broken as broken:
            raise faults.connection_lost("打开文件夹", self._server, broken.said) from None

    def search(self, *criteria: str) -> list[int]:
        """UIDs as the server lists them: unsorted, repeated, whatever."""
        with self._command(_LONG_ANSWER) as client:
            return [int(uid) for uid in client.search(list(criteria))]

    def fetch(self, uids: Sequence[int], items: Sequence[str], octets: int) -> Mapping[int, Mapping[bytes, Any]]:
        """By UID, what the server gave; a UID it was silent about is missing, and that is no error.

        octets: the longest answer that can be honest. Integers only: IMAPClient 4 raises on "1:*", after the data came.
        """
        with self._command(octets) as client:
            answers: Mapping[int, Mapping[bytes, Any]] = client.fetch(list(uids), list(items))
            return answers

    def close(self) -> None:
        """Says good-bye if the server listens, and closes. Never raises."""
        if self._client is None:
            return
        with contextlib.suppress(*_WIRE_FAULTS), self._watchdog.deadline(self._patience.farewell):
            self._client._imap.allow(_SMALL_ANSWER)
            self._client.logout()
        self._drop()

    def _dial(self, context: ssl.SSLContext | None) -> None:
        server = self._server
        try:
            with self._watchdog.deadline(self._seconds_left()):
                client = _Client(server, context, self._patience, self._watchdog)
        except _WIRE_FAULTS as error:
            if self._watchdog.bitten:
                raise faults.connection_failed(TimeoutError(), server) from error
            if isinstance(error, OSError):
                raise faults.connection_failed(error, server) from error
            raise faults.not_a_mail_server(server, self._said(error)) from error
        self._client = client
        if server.security == "starttls":
            self._start_tls(context)

    def _start_tls(self, context: ssl.SSLContext | None) -> None:
        try:
            with self._command(_SMALL_ANSWER, expected=(CapabilityError, ssl.SSLError)) as client:
                client.starttls(context)
        except CapabilityError:
            raise faults.no_starttls(self._server) from None
        except ssl.SSLError as error:
            raise faults.connection_failed(error, self._server) from error
        except Refused:
            raise faults.no_starttls(self._server) from None

    def _log_in(self) -> None:
        # LOGIN, never AUTHENTICATE: 163 advertises SASL-IR and breaks on it (modern-email/defects#54).
        # Nothing is chained to these errors: a server may echo the command, password and all.
        try:
            with self._command(_SMALL_ANSWER) as client:
                client.login(_astring(self._server.username), self._password)
        except Refused as refused:
            raise faults.login_failed(refused.said, self._server, hung_up=False) from None
        except Broken as broken:
            raise faults.login_failed(broken.said, self._server, hung_up=True) from None

    def _identify(self) -> bool:
        """RFC 2971 ID, which 163 wants on each connection before the first folder; QQ hangs up on unknown commands."""
        try:
            with self._command(_SMALL_ANSWER) as client:
                if not client.has_capability("ID"):
                    return False
                client.id_(
                    {"name": _NAME, "version": _VERSION, "vendor": _NAME, "support-email": self._server.username}
                )
        except Refused as refused:
            _log.info("imap_id_refused", server=str(self._server), said=refused.said)
        return True

    def _folders(self) -> list[str]:
        try:
            with self._command(_LONG_ANSWER) as client:
                return [str(name) for _flags, _delimiter, name in client.list_folders()]
        except (Refused, Broken) as fault:
            _log.info("imap_list_failed", server=str(self._server), said=fault.said)
            return []

    @contextlib.contextmanager
    def _command(self, octets: int, expected: tuple[type[Exception], ...] = ()) -> Iterator[_Client]:
        """One command, limited in time and in octets received. `expected` exceptions pass as they are."""
        if self._client is None:
            raise Broken("连接已断开")
        client = self._client
        client._imap.allow(octets)
        try:
            with self._watchdog.deadline(self._seconds_left()):
                yield client
        except expected:
            self._drop()
            raise
        except _WIRE_FAULTS as fault:
            said = self._said(fault)
            if _is_refusal(fault) and not self._watchdog.bitten:
                raise Refused(said) from None
            self._drop()
            raise Broken("服务器太慢，超过了时限" if self._watchdog.bitten else said) from None

    def _seconds_left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Unfinished(
                f"收信已满 {self._patience.poll / 60:.0f} 分钟，这一轮到此为止。"
                "已收到的都已保留，其余下一轮接着收，不必处理。"
            )
        return min(left, self._patience.command)

    def _said(self, fault: Exception) -> str:
        if isinstance(fault, TimeoutError):
            return "等待服务器回答超时"
        return faults.said_by(fault, self._password)

    def _drop(self) -> None:
        if self._client is not None:
            self._client._imap.shutdown()
            self._client = None


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


def _sendable(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _astring(text: str) -> str:
    """imaplib quotes the password but not the user name."""
    if re.fullmatch(r"[A-Za-z0-9@._+-]+", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
