"""The bounds of a connection in time."""

from __future__ import annotations

import socket
import time

import pytest

from intake.fetch.imap_wire import Watchdog


def test_read_that_takes_too_long_is_cut_off() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        watchdog = Watchdog()
        watchdog.guard(ours)
        started = time.monotonic()
        with watchdog.deadline(0.05):
            assert ours.recv(1) == b""
        assert watchdog.expired
        assert time.monotonic() - started < 10
        watchdog.release()


def test_command_that_ends_in_time_leaves_the_connection_open() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        watchdog = Watchdog()
        watchdog.guard(ours)
        with watchdog.deadline(60):
            pass
        theirs.sendall(b"x")
        assert (ours.recv(1), watchdog.expired) == (b"x", False)
        watchdog.release()


def test_released_connection_is_not_cut_and_one_guarded_late_is() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        watchdog = Watchdog()
        watchdog.guard(ours)
        watchdog.release()
        with watchdog.deadline(0.01):
            time.sleep(0.05)
        theirs.sendall(b"x")
        assert ours.recv(1) == b"x"
        watchdog.guard(ours)
        with pytest.raises(BrokenPipeError):
            ours.sendall(b"y")
        watchdog.release()
