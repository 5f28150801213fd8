"""The process that forks children holds nothing of the service, and ends with it."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from programs import child_server
from programs.child_server import ChildServer, server_for


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChildServer]:
    monkeypatch.setenv("JIANBAO_TEST_SECRET", "不可外传")
    server = ChildServer(["json"], landlock=True)
    yield server
    server.close()


def test_child_starts_and_ends(server: ChildServer) -> None:
    pid, connection = server.start()
    with connection:
        os.kill(pid, 0)
        assert server.end(pid) == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_server_inherits_neither_environment_nor_files(server: ChildServer, tmp_path: Path) -> None:
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        another = ChildServer([], landlock=True)
        pid, connection = another.start()
        with connection:
            for process in (pid, int(Path(f"/proc/{pid}/stat").read_text().split()[3])):
                assert Path(f"/proc/{process}/environ").read_bytes() == b""
                opened = [str(link.readlink()) for link in Path(f"/proc/{process}/fd").iterdir()]
                assert not [path for path in opened if str(tmp_path) in path]
        another.close()


def test_children_end_with_their_server(server: ChildServer) -> None:
    pid, connection = server.start()
    with connection:
        server.close()
        assert connection.recv(1) == b""
    with pytest.raises(OSError):
        server.end(pid)


def test_pools_share_a_server_until_it_is_gone() -> None:
    first = server_for(["json"], landlock=True)
    assert server_for(["json"], landlock=True) is first
    first.close()
    second = server_for(["json"], landlock=True, instead_of=first)
    assert second is not first
    assert server_for(["json"], landlock=True, instead_of=first) is second


def test_fork_that_the_system_refuses_closes_the_connection_and_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    ours, theirs = socket.socketpair()
    monkeypatch.setattr(os, "fork", refused)
    assert child_server._fork(theirs.detach(), landlock=False) == child_server._NOT_STARTED
    with ours:
        assert ours.recv(1) == b""
