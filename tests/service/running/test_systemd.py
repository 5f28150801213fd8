"""Telling systemd, over real sockets."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from service.running.systemd import notify_systemd


@contextmanager
def listening(address: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(address)
        channel.settimeout(10)
        yield channel


def test_lines_arrive_as_one_datagram(tmp_path: Path) -> None:
    address = str(tmp_path / "notify")
    with listening(address) as channel:
        notify_systemd({"NOTIFY_SOCKET": address}, "READY=1", "STATUS=收稿中：1 个刊物")
        notify_systemd({"NOTIFY_SOCKET": address}, "STOPPING=1")
        assert channel.recv(4096).decode() == "READY=1\nSTATUS=收稿中：1 个刊物"
        assert channel.recv(4096).decode() == "STOPPING=1"


def test_abstract_socket_is_reached() -> None:
    name = f"jianbao-test-{os.getpid()}"
    with listening(f"\0{name}") as channel:
        notify_systemd({"NOTIFY_SOCKET": f"@{name}"}, "WATCHDOG=1")
        assert channel.recv(4096) == b"WATCHDOG=1"


@pytest.mark.parametrize("environ", [{}, {"NOTIFY_SOCKET": ""}])
def test_without_systemd_nobody_is_notified(environ: dict[str, str]) -> None:
    with capture_logs() as logs:
        notify_systemd(environ, "READY=1")
    assert logs == []


def test_socket_that_is_gone_is_logged_and_does_not_stop_the_service(tmp_path: Path) -> None:
    with capture_logs() as logs:
        notify_systemd({"NOTIFY_SOCKET": str(tmp_path / "gone")}, "READY=1")
    assert [(log["event"], log["log_level"]) for log in logs] == [("systemd not notified", "warning")]
