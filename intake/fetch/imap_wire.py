"""The connection below the IMAP client, bounded in time and in octets.

imaplib trusts the server: it waits for ever while single octets drip in, and allocates whatever length a literal
announces (python/cpython#119511). Here each command has a wall-clock deadline and a limit of octets.
"""

from __future__ import annotations

import contextlib
import imaplib
import socket
import ssl
import threading
from collections.abc import Iterator
from typing import Any


class Watchdog:
    """Cuts the guarded connection when a deadline passes, even in the middle of a read."""

    def __init__(self) -> None:
        self._handle: socket.socket | None = None
        self._lock = threading.Lock()
        self.expired = False

    def guard(self, connection: socket.socket) -> None:
        """Watches this connection from now on.

        A duplicate of its descriptor is what gets shut down: calling SSLSocket.shutdown from another thread would
        switch the reader to plain text in the middle of a record.
        """
        with self._lock:
            self._handle = connection.dup()
        if self.expired:
            self._expire()

    def release(self) -> None:
        """Stops watching. The connection itself stays as it is."""
        with self._lock:
            if self._handle is not None:
                self._handle.close()
                self._handle = None

    @contextlib.contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Cuts the connection when what runs inside takes more than `seconds`; `expired` is then True."""
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()  # else it could still cut the next command, or outlive the poll

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
            if self._handle is not None:
                with contextlib.suppress(OSError):  # the other side may have closed already
                    self._handle.shutdown(socket.SHUT_RDWR)


class Wire(imaplib.IMAP4):
    """imaplib's connection with a watchdog, a limit of octets per command, and SEARCH answers on several lines.

    context: TLS from the first octet when given.
    """

    def __init__(
        self, host: str, port: int, *, context: ssl.SSLContext | None, connect_seconds: float, watchdog: Watchdog
    ) -> None:
        self._context = context
        self._watchdog = watchdog
        self._left = 0
        self.allow(_GREETING_OCTETS)
        super().__init__(host, port, connect_seconds)

    def allow(self, octets: int) -> None:
        """From now on the server may send this many octets; more ends the connection."""
        self._left = octets

    def read(self, size: int) -> bytes:
        self._take(size)
        return super().read(size)

    def readline(self) -> bytes:
        try:
            line = super().readline()
        except self.abort:
            raise
        except self.error as error:  # a line too long: the rest of it would be read as answers
            raise self.abort(str(error)) from None
        self._take(len(line))
        return line

    def shutdown(self) -> None:
        """Closes whatever is open. Never raises for a connection that is already dead."""
        self._watchdog.release()
        with contextlib.suppress(OSError):
            super().shutdown()

    def _take(self, octets: int) -> None:
        self._left -= octets
        if self._left < 0:
            raise self.abort("the server sends more than was asked for")

    def _create_socket(self, timeout: float | None) -> socket.socket:
        connection = socket.create_connection((self.host, self.port), timeout)
        try:
            self._watchdog.guard(connection)
            if self._context is None:
                return connection
            return self._context.wrap_socket(connection, server_hostname=self.host)
        except BaseException:
            self._watchdog.release()
            connection.close()
            raise

    def _untagged_response(self, typ: str, dat: list[Any], name: str) -> tuple[str, list[Any]]:
        """As imaplib's; the lines of one SEARCH answer are joined: IMAPClient reads a single one and raises on two."""
        typ, data = super()._untagged_response(typ, dat, name)  # type: ignore[misc]
        if name == "SEARCH" and len(data) > 1:
            data = [b" ".join(line for line in data if line)]
        return typ, data


_GREETING_OCTETS = 65_536
