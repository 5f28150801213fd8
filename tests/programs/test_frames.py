"""Messages over a socket arrive whole, or not at all; nobody can be made to wait or to take more than agreed."""

from __future__ import annotations

import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from programs.frames import FrameTooLarge, receive_frame, receive_with_descriptor, send_frame

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def soon(seconds: float = 5.0) -> float:
    return time.monotonic() + seconds


@pytest.mark.parametrize("data", [b"", b"answer", bytes(3_000_000)], ids=["empty", "short", "long"])
def test_message_arrives_as_it_was_sent(pair: Pair, data: bytes) -> None:
    sending = threading.Thread(target=send_frame, args=(pair[0], data))
    sending.start()
    assert receive_frame(pair[1], 3_000_000, soon()) == data
    sending.join()


def test_open_file_arrives_with_its_message(pair: Pair, tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_bytes(b"as it was")
    with path.open("rb") as file:
        send_frame(pair[0], b"question", file.fileno())
    data, descriptor = receive_with_descriptor(pair[1])
    assert descriptor is not None
    assert (bytes(data), os.read(descriptor, 99)) == (b"question", b"as it was")
    os.close(descriptor)


def test_message_without_a_file_is_received_as_such(pair: Pair) -> None:
    send_frame(pair[0], b"question")
    data, descriptor = receive_with_descriptor(pair[1])
    assert (bytes(data), descriptor) == (b"question", None)


def test_announced_length_is_limited(pair: Pair) -> None:
    pair[0].sendall(struct.pack("!Q", 11))
    with pytest.raises(FrameTooLarge):
        receive_frame(pair[1], 10, soon())


def test_message_that_drips_ends_with_the_time(pair: Pair) -> None:
    pair[0].sendall(struct.pack("!Q", 3) + b"a")
    with pytest.raises(TimeoutError):
        receive_frame(pair[1], 10, soon(0.1))
    with pytest.raises(TimeoutError):
        receive_frame(pair[1], 10, soon(-1))


@pytest.mark.parametrize("begun", [b"", b"\0\0", struct.pack("!Q", 3) + b"a"], ids=["nothing", "length", "data"])
def test_end_of_the_other_side_is_noticed(pair: Pair, begun: bytes) -> None:
    pair[0].sendall(begun)
    pair[0].close()
    with pytest.raises(EOFError):
        receive_frame(pair[1], 10, soon())


def test_end_of_the_service_is_noticed(pair: Pair) -> None:
    pair[0].sendall(b"\0\0")
    pair[0].close()
    with pytest.raises(EOFError):
        receive_with_descriptor(pair[1])
