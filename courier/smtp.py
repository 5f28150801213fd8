"""SMTP: a connection, logged in, over which letters are sent one by one. Nothing else imports smtplib."""

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
from courier.faults import MailServer
from courier.replies import Deferred, Outcome, PossiblySent, Rejected, Scope, account_limit, judge, printable

# Not the machine's own name: looking it up may take seconds, and it discloses the office (RFC 5321 4.1.4 allows this).
_EHLO: Final = "[127.0.0.1]"
_METHODS: Final = ("PLAIN", "LOGIN", "CRAM-MD5")
_METHOD_REFUSED: Final = (500, 502, 504, 534)
"""RFC 4954 4 and 6: the method is not implemented, or too weak for this server; nothing is wrong with the password."""
_GO_AHEAD: Final = 354
_PASSWORD: Final = re.compile(r"password|credential|authoriz|authenticat|授权码|密码", re.IGNORECASE)
"""A refused login that names these may be due to the password, whatever else it names."""


@dataclass(frozen=True, slots=True)
class SmtpTimeouts:
    """Seconds. Longer than a healthy server takes, shorter than a person would wait before looking at the log."""

    connect: float = 15
    """For the connection, and for QUIT."""
    read: float = 60
    """For one reply."""
    login: float = 90
    """Wall-clock, for everything up to the login: socket timeouts never fire when single octets drip in."""
    letter: float = 300
    """Wall-clock, for one letter with its attachment."""
    accept: float = 120
    """For the reply to a whole letter, which the server may filter first (RFC 5321 4.5.3.2.6 allows 10 minutes)."""


_USUAL_TIMEOUTS: Final = SmtpTimeouts()


class _SmtpConnection(smtplib.SMTP):
    """smtplib's connection with a deadline; TLS from the first octet when a context is given."""

    def __init__(self, server: MailServer, context: ssl.SSLContext | None, timeouts: SmtpTimeouts) -> None:
        self._context = context
        self._handle: socket.socket | None = None
        with self.deadline(timeouts.login):
            super().__init__(server.host, server.port, _EHLO, timeouts.connect)
        assert self.sock is not None
        self.sock.settimeout(timeouts.read)

    @contextlib.contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Cuts the connection when what runs inside takes more than `seconds`."""
        timer = threading.Timer(seconds, self._shut_down)
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
        # The final dot is a packet of its own: Nagle's algorithm would hold it for the peer's delayed ACK, 40 ms.
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

    def _shut_down(self) -> None:
        handle = self._handle
        if handle is not None:
            with contextlib.suppress(OSError):  # the other side may have closed already
                handle.shutdown(socket.SHUT_RDWR)


class SmtpSession:
    """A connection to the mail server, ready for letters. Use it as a context manager or call `close`.

    password: "" without a login. context: for TLS, the system's authorities by default.
    Raises LoginRefused when the server refuses the login, MailServerUnavailable for any other failure to connect.
    """

    def __init__(
        self,
        server: MailServer,
        password: str,
        *,
        context: ssl.SSLContext | None = None,
        timeouts: SmtpTimeouts = _USUAL_TIMEOUTS,
    ) -> None:
        self._timeouts = timeouts
        context = context or ssl.create_default_context()
        try:
            self._connection = _SmtpConnection(server, context if server.security == "tls" else None, timeouts)
        except smtplib.SMTPResponseException as error:
            raise _turned_away(error, server) from error
        except OSError as error:  # smtplib's own derive from it
            raise faults.connection_failed(error, server) from error
        try:
            with self._connection.deadline(timeouts.login):
                self._log_in_securely(server, password, context)
        except BaseException:
            self._connection.close()
            raise

    def _log_in_securely(self, server: MailServer, password: str, context: ssl.SSLContext) -> None:
        try:
            self._connection.ehlo_or_helo_if_needed()
            if server.security == "starttls":
                self._connection.starttls(context=context)
            if server.username:
                self._authenticate(server, password)
        except smtplib.SMTPAuthenticationError as error:
            reply = f"{error.smtp_code} {printable(error.smtp_error, password)}"
            if 400 <= error.smtp_code < 500:
                raise _turned_away(error, server) from None
            if (wait := account_limit(reply)) is not None and not _PASSWORD.search(reply):
                raise faults.account_limited(reply, server, wait) from None
            raise faults.login_refused(reply, server) from None  # what smtplib raises may hold the password
        except smtplib.SMTPNotSupportedError as error:
            raise faults.no_starttls(server) from error
        except UnicodeError:
            raise faults.login_refused("用户名或密码里有中文或全角字符", server) from None
        except smtplib.SMTPResponseException as error:
            raise _turned_away(error, server) from error
        except OSError as error:
            raise faults.connection_failed(error, server) from None

    def _authenticate(self, server: MailServer, password: str) -> None:
        """Logs in with the first method that the server accepts as such. smtplib's `login` tries all that are offered
        with a refused password too, which counts as several failures."""
        connection = self._connection
        connection.ehlo_or_helo_if_needed()
        offered = connection.esmtp_features.get("auth", "").upper().split()
        connection.user, connection.password = server.username, password
        refused = ""
        for method in (name for name in _METHODS if name in offered):
            try:
                connection.auth(method, getattr(connection, "auth_" + method.lower().replace("-", "_")))
            except smtplib.SMTPAuthenticationError as error:
                refused = f"{error.smtp_code} {printable(error.smtp_error, password)}"
                if faults.only_oauth(refused):
                    break
                if error.smtp_code not in _METHOD_REFUSED:
                    raise
            else:
                return
        raise faults.no_usable_login(server, offered, refused)

    def __enter__(self) -> SmtpSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, sender: str, to: str, raw: bytes) -> Outcome:
        """Sends one letter. sender: the envelope's, "" for the null reverse-path. raw: with CRLF line ends.

        Never raises for what a server or a network may do. Before the final dot is sent the server cannot have accepted
        the letter; after it, a lost reply leaves that open (RFC 5321 4.1.1.4).
        """
        size = f" SIZE={len(raw)}" if self._connection.has_extn("size") else ""
        with self._connection.deadline(self._timeouts.letter):
            try:
                for command in (f"MAIL FROM:<{sender}>{size}", f"RCPT TO:<{to}>"):
                    code, reply = self._connection.docmd(command)
                    if code // 100 != 2:
                        return self._not_accepted(code, reply, of_sender=command.startswith("MAIL"))
                code, reply = self._connection.docmd("DATA")
                if code != _GO_AHEAD:
                    return self._not_accepted(code, reply)
                self._write(re.sub(rb"(?m)^\.", b"..", raw))
            except OSError as error:
                return Deferred(None, printable(f"连接断了：{error}"), scope=Scope.CONNECTION)
            return self._finish()

    def _finish(self) -> Outcome:
        try:
            assert self._connection.sock is not None
            self._connection.sock.settimeout(self._timeouts.accept)
            self._write(b".\r\n")
            code, reply = self._connection.getreply()
            self._connection.sock.settimeout(self._timeouts.read)
        except OSError as error:
            return PossiblySent(printable(f"信已全部送出，没有等到回答：{error}"))
        return judge(code, printable(reply))

    def close(self) -> None:
        """Ends the connection. Never raises; may be called twice."""
        with contextlib.suppress(OSError), self._connection.deadline(self._timeouts.connect):
            self._connection.quit()
        self._connection.close()

    def _write(self, data: bytes) -> None:
        if self._connection.sock is None:
            raise smtplib.SMTPServerDisconnected("连接已关闭")
        self._connection.sock.sendall(data)

    def _not_accepted(self, code: int, reply: bytes, *, of_sender: bool = False) -> Outcome:
        outcome = judge(code, printable(reply), of_sender=of_sender)
        if not isinstance(outcome, Deferred | Rejected):  # no valid reply at this point; the letter was not sent
            outcome = Deferred(None, printable(reply), scope=Scope.CONNECTION)
        with contextlib.suppress(OSError):
            self._connection.rset()
        return outcome


def _turned_away(error: smtplib.SMTPResponseException, server: MailServer) -> faults.MailServerUnavailable:
    reply = printable(error.smtp_error)
    outcome = judge(error.smtp_code, reply)
    after = outcome.after if isinstance(outcome, Deferred) else None
    return faults.turned_away(f"{error.smtp_code} {reply}", server, after)
