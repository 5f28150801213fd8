"""Messages between the service and its children: a length, then so many bytes, over a connected UNIX socket."""

from __future__ import annotations

import socket
import struct
import time
from typing import Final

_LENGTH: Final = struct.Struct("!Q")


class FrameTooLarge(Exception):
    """The other side announces more bytes than are accepted."""


def send_frame(connection: socket.socket, data: bytes, descriptor: int | None = None) -> None:
    """Sends a message and, when given, an open file. Raises OSError: TimeoutError, BrokenPipeError …"""
    head = _LENGTH.pack(len(data))
    if descriptor is None:
        connection.sendall(head)
    else:
        socket.send_fds(connection, [head], [descriptor])
    connection.sendall(data)


def receive_frame(connection: socket.socket, most: int, deadline: float) -> bytearray:
    """The next message. deadline: a time of `time.monotonic`, for the whole of it, however slowly it arrives.

    Raises TimeoutError, EOFError when the other side has ended, FrameTooLarge above `most` bytes.
    """
    (length,) = _LENGTH.unpack(_received(connection, _LENGTH.size, deadline))
    if length > most:
        raise FrameTooLarge
    return _received(connection, length, deadline)


def receive_with_descriptor(connection: socket.socket) -> tuple[bytearray, int | None]:
    """The next message of a trusted sender, and the open file that came with it. Waits as long as it takes.

    Raises EOFError when the other side has ended.
    """
    head, descriptors, _, _ = socket.recv_fds(connection, _LENGTH.size, 1)
    while len(head) < _LENGTH.size:
        more = connection.recv(_LENGTH.size - len(head))
        if not more:
            raise EOFError
        head += more
    (length,) = _LENGTH.unpack(head)
    return _received(connection, length, None), descriptors[0] if descriptors else None


def _received(connection: socket.socket, length: int, deadline: float | None) -> bytearray:
    """Exactly so many bytes."""
    data = bytearray(length)
    view = memoryview(data)
    while view:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            connection.settimeout(left)
        count = connection.recv_into(view)
        if not count:
            raise EOFError
        view = view[count:]
    return data
