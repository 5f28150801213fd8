"""Two SMTP servers on loopback: one that answers as configured, and one that breaks off in the middle."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST: Final = "127.0.0.1"
USERNAME: Final = "zgqwxzfb@163.com"
PASSWORD: Final = "authorisation-code"


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that the server answered for: the envelope's sender and recipient, and the letter."""

    sender: str
    to: str
    raw: bytes


@dataclass
class SmtpSink:
    """aiosmtpd. replies: by "AUTH", "MAIL", "RCPT" or "DATA", what is answered in turn instead of yes, "" for yes.

    on_letter: called with each letter taken, on the server's thread. methods: of logging in, as EHLO names them; "" for
    none, None for what aiosmtpd offers.
    """

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    replies: dict[str, deque[str]] = field(default_factory=dict)
    connections: int = 0
    logins: int = 0
    host: str = HOST
    on_letter: Callable[[Taken], None] | None = None
    methods: str | None = None

    def reply(self, command: str, *replies: str) -> None:
        self.replies.setdefault(command, deque()).extend(replies)

    def _take(self, taken: Taken) -> None:
        self.taken.append(taken)
        if self.on_letter is not None:
            self.on_letter(taken)

    def _next(self, command: str) -> str:
        waiting = self.replies.get(command)
        return waiting.popleft() if waiting else ""

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        if self.methods is None:
            return responses
        offered = [f"250-AUTH {self.methods}"] if self.methods else []
        *extensions, last = (line for line in responses if not line.startswith("250-AUTH"))
        return [*extensions, *offered, last]

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str | None, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self._next("MAIL") or "250 Mail OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        refused = self._next("RCPT")
        if not refused:
            envelope.rcpt_tos.append(address)
        return refused or "250 Mail OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        refused = self._next("DATA")
        if not refused:
            assert isinstance(envelope.original_content, bytes)
            for to in envelope.rcpt_tos:
                self._take(Taken((envelope.mail_from or "").removeprefix("<>"), to, envelope.original_content))
        return refused or "250 Mail OK queued as smtp1,1"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, credentials: Any
    ) -> AuthResult:
        self.logins += 1
        refused = self._next("AUTH")
        assert isinstance(credentials, LoginPassword)
        right = (credentials.login, credentials.password) == (USERNAME.encode(), PASSWORD.encode())
        if right and not refused:
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False, message=refused or "535 Error: authentication failed")


@contextlib.contextmanager
def smtp_sink(*, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None) -> Iterator[SmtpSink]:
    """Runs one. tls: from the first octet; starttls: offered, and required before a login."""
    sink = SmtpSink(port=_free_port())
    controller = Controller(
        sink,
        HOST,
        sink.port,
        ssl_context=tls,
        tls_context=starttls,
        authenticator=sink.authenticate,
        auth_require_tls=starttls is not None,
    )
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


Break = Literal["greeting", "drip", "data", "dot", "hang", "nonsense"]


@dataclass
class BreakingSmtp:
    """Breaks each of its first `breaks` connections at one place; later ones work.

    greeting: hangs up before it; drip: sends it an octet at a time, and never ends; data: resets after 1,000 octets of
    the letter; dot: takes the letter and hangs up without a reply; hang: takes it and sends nothing more; nonsense:
    takes it and sends something that is no reply.
    """

    where: Break
    breaks: int = 1
    port: int = 0
    taken: list[bytes] = field(default_factory=list)
    host: str = HOST

    @contextlib.contextmanager
    def running(self) -> Iterator[BreakingSmtp]:
        threads: list[threading.Thread] = []
        with socket.create_server((HOST, 0)) as listener:
            self.port = listener.getsockname()[1]
            acceptor = threading.Thread(target=self._accept, args=(listener, threads))
            acceptor.start()
            try:
                yield self
            finally:
                listener.shutdown(socket.SHUT_RDWR)
                acceptor.join()
                for thread in threads:
                    thread.join()

    def _accept(self, listener: socket.socket, threads: list[threading.Thread]) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection, self.breaks > 0))
            self.breaks -= 1
            threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket, broken: bool) -> None:
        connection.settimeout(20)
        with contextlib.suppress(OSError), connection, connection.makefile("rb") as lines:
            if broken and self.where == "greeting":
                return
            while broken and self.where == "drip":
                connection.sendall(b"2")
                threading.Event().wait(0.05)
            connection.sendall(b"220 ready\r\n")
            for line in lines:
                command = line[:4].upper()
                if command == b"DATA":
                    connection.sendall(b"354 go ahead\r\n")
                    if not self._take(connection, lines, broken):
                        return
                elif command == b"QUIT":
                    connection.sendall(b"221 bye\r\n")
                    return
                else:
                    connection.sendall(b"250 ok\r\n")

    def _take(self, connection: socket.socket, lines: Any, broken: bool) -> bool:
        """Reads a letter. Returns whether the conversation goes on."""
        if broken and self.where == "data":
            lines.read(1_000)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close as a reset
            return False
        letter = bytearray()
        while (line := lines.readline()) != b".\r\n":
            if not line:
                return False
            letter += line[1:] if line.startswith(b".") else line
        self.taken.append(bytes(letter))
        if not broken:
            connection.sendall(b"250 taken\r\n")
            return True
        if self.where == "hang":
            lines.read()  # until the client gives up
        elif self.where == "nonsense":
            connection.sendall(b"what?\r\n")
        return False
