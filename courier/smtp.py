"""The one door to SMTP: a connection, logged in, over which letters go one by one. smtplib enters here only."""

from __future__ import annotations

import contextlib
import os
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from courier import faults
from courier.faults import PostServer
from courier.replies import Deferred, Outcome, PossiblySent, Refused, Scope, judge, plain

# Not the machine's own name: it may take seconds to find, and is nobody's business (RFC 5321 4.1.4 allows a literal).
_EHLO: Final = "[127.0.0.1]"
_MECHANISMS: Final = ("PLAIN", "LOGIN", "CRAM-MD5")
_GO_AHEAD: Final = 354


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. connect and read: for one answer. login and letter: wall-clock, for all of it; socket timeouts never
    fire on a slow drip. accept: for the answer to a whole letter, which a server may take its time for."""

    connect: float = 15
    read: float = 60
    login: float = 90
    letter: float = 300
    accept: float = 120


class _Wire(smtplib.SMTP):
    """smtplib's connection, with TLS from the first octet when a context is given, that can be cut off."""

    def __init__(self, server: PostServer, context: ssl.SSLContext | None, patience: Patience) -> None:
        self._context = context
        self._handle: socket.socket | None = None
        with self.deadline(patience.login):
            super().__init__(server.host, server.port, _EHLO, patience.connect)
        assert self.sock is not None
        self.sock.settimeout(patience.read)

    @contextlib.contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """What runs inside is cut off after `seconds`."""
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()  # else it could still cut off the next letter

    def close(self) -> None:
        super().close()
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connection = socket.create_connection((host, port), timeout)
        # The dot goes by itself: with Nagle's algorithm it would wait for the other side's delayed ACK, 40 ms a letter.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # A duplicate, for shutting down an SSLSocket from another thread would turn its reader to plain text.
        self._handle = socket.socket(fileno=os.dup(connection.fileno()))
        if self._context is None:
            return connection
        try:
            return self._context.wrap_socket(connection, server_hostname=host)
        except BaseException:
            connection.close()
            self.close()
            raise

    def _cut(self) -> None:
        handle = self._handle
        if handle is not None:
            with contextlib.suppress(OSError):  # the other side may have closed already
                handle.shutdown(socket.SHUT_RDWR)


class SmtpSession:
    """A connection to the mail server, ready for letters. Use it as a context manager or call `close`.

    password: "" without a login. context: for TLS, the system's authorities by default.
    Raises LoginRefused when the server refuses the login, PostUnavailable for any other failure to get there.
    """

    def __init__(
        self,
        server: PostServer,
        password: str,
        *,
        context: ssl.SSLContext | None = None,
        patience: Patience = Patience(),
    ) -> None:
        self._patience = patience
        context = context or ssl.create_default_context()
        try:
            self._wire = _Wire(server, context if server.security == "tls" else None, patience)
        except smtplib.SMTPResponseException as error:
            raise _turned_away(error, server) from error
        except OSError as error:  # smtplib's own derive from it
            raise faults.connection_failed(error, server) from error
        try:
            with self._wire.deadline(patience.login):
                self._enter(server, password, context)
        except BaseException:
            self._wire.close()
            raise

    def _enter(self, server: PostServer, password: str, context: ssl.SSLContext) -> None:
        try:
            self._wire.ehlo_or_helo_if_needed()
            if server.security == "starttls":
                self._wire.starttls(context=context)
            if server.username:
                self._log_in(server.username, password)
        except smtplib.SMTPAuthenticationError as error:
            said = f"{error.smtp_code} {plain(error.smtp_error, password)}"
            if 400 <= error.smtp_code < 500:
                raise _turned_away(error, server) from None
            raise faults.login_refused(said, server) from None  # what smtplib raises may hold the password
        except smtplib.SMTPNotSupportedError as error:
            if server.security == "starttls" and not self._wire.has_extn("starttls"):
                raise faults.no_starttls(server) from error
            raise faults.login_refused("不支持登录", server) from None
        except UnicodeError:
            raise faults.login_refused("用户名或密码里有中文或全角字符", server) from None
        except smtplib.SMTPResponseException as error:
            raise _turned_away(error, server) from error
        except OSError as error:
            raise faults.connection_failed(error, server) from None

    def _log_in(self, username: str, password: str) -> None:
        """One try with one mechanism. smtplib's `login` tries all there are, which a server counts as many failures."""
        self._wire.ehlo_or_helo_if_needed()
        offered = self._wire.esmtp_features.get("auth", "").upper().split()
        mechanism = next((one for one in _MECHANISMS if one in offered), None)
        if mechanism is None:
            raise smtplib.SMTPNotSupportedError
        self._wire.user, self._wire.password = username, password
        self._wire.auth(mechanism, getattr(self._wire, "auth_" + mechanism.lower().replace("-", "_")))

    def __enter__(self) -> SmtpSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, sender: str, to: str, raw: bytes) -> Outcome:
        """Sends one letter. sender: the envelope's, "" for the null reverse-path. raw: with CRLF line ends.

        Never raises for what a server or a network may do. Until the final dot is on its way the server cannot have
        taken the letter; after it, a lost answer leaves that open (RFC 5321 4.1.1.4).
        """
        size = f" SIZE={len(raw)}" if self._wire.has_extn("size") else ""
        with self._wire.deadline(self._patience.letter):
            try:
                for command in (f"MAIL FROM:<{sender}>{size}", f"RCPT TO:<{to}>"):
                    code, said = self._wire.docmd(command)
                    if code // 100 != 2:
                        return self._not_taken(code, said)
                code, said = self._wire.docmd("DATA")
                if code != _GO_AHEAD:
                    return self._not_taken(code, said)
                self._write(re.sub(rb"(?m)^\.", b"..", raw))
            except OSError as error:
                return Deferred(None, plain(f"连接断了：{error}"), scope=Scope.CONNECTION)
            return self._finish()

    def _finish(self) -> Outcome:
        try:
            assert self._wire.sock is not None
            self._wire.sock.settimeout(self._patience.accept)
            self._write(b".\r\n")
            code, said = self._wire.getreply()
            self._wire.sock.settimeout(self._patience.read)
        except OSError as error:
            return PossiblySent(plain(f"信已全部送出，没有等到回答：{error}"))
        return judge(code, plain(said))

    def close(self) -> None:
        """Ends the connection. Never raises; may be called twice."""
        with contextlib.suppress(OSError), self._wire.deadline(self._patience.connect):
            self._wire.quit()
        self._wire.close()

    def _write(self, data: bytes) -> None:
        if self._wire.sock is None:
            raise smtplib.SMTPServerDisconnected("连接已关闭")
        self._wire.sock.sendall(data)

    def _not_taken(self, code: int, said: bytes) -> Outcome:
        outcome = judge(code, plain(said))
        if not isinstance(outcome, Deferred | Refused):  # not what SMTP answers here; the letter has not begun
            outcome = Deferred(None, plain(said), scope=Scope.CONNECTION)
        with contextlib.suppress(OSError):
            self._wire.rset()
        return outcome


def _turned_away(error: smtplib.SMTPResponseException, server: PostServer) -> faults.PostUnavailable:
    said = plain(error.smtp_error)
    outcome = judge(error.smtp_code, said)
    after = outcome.after if isinstance(outcome, Deferred) else None
    return faults.turned_away(f"{error.smtp_code} {said}", server, after)
