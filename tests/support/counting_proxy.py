"""A TCP proxy on loopback that counts what the server sends."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

HOST = "127.0.0.1"


class CountingProxy:
    """Connect to HOST:port; it passes everything to `target`. `received` holds the octets the client has got."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self.port = 0
        self.received = bytearray()
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []

    @contextlib.contextmanager
    def running(self) -> Iterator[CountingProxy]:
        with socket.create_server((HOST, 0)) as listener:
            self.port = listener.getsockname()[1]
            acceptor = threading.Thread(target=self._accept, args=(listener,))
            acceptor.start()
            try:
                yield self
            finally:
                listener.shutdown(socket.SHUT_RDWR)
                acceptor.join()
                for end in self._sockets:
                    _shut(end)
                for thread in self._threads:
                    thread.join()
                for end in self._sockets:
                    end.close()

    def received_after(self, mark: bytes) -> int:
        """Octets received after the line in which `mark` occurs."""
        return len(bytes(self.received).partition(mark)[2].partition(b"\r\n")[2])

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._target)
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms for an ACK
            self._sockets += [client, server]
            for source, sink, counted in ((client, server, False), (server, client, True)):
                thread = threading.Thread(target=self._pump, args=(source, sink, counted))
                self._threads.append(thread)
                thread.start()

    def _pump(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while octets := source.recv(65_536):
                if counted:
                    self.received += octets
                sink.sendall(octets)
        _shut(sink)


def _shut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may be shut already
        end.shutdown(socket.SHUT_RDWR)
