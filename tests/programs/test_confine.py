"""A confined process computes and answers, and does nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from intake.pool import ReadingPool
from programs.confine import confine, is_confined


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def _call_out(address: tuple[str, int]) -> None:
    socket.create_connection(address, timeout=5)


def _append(path: Path) -> None:
    with path.open("a") as file:
        file.write("more")


def _start(program: str) -> None:
    subprocess.run([program], check=True)


def _answer(connection: Connection, act: Callable[..., object], *arguments: object) -> None:
    """What became of an act in a confined process: the name of its error, or its result."""
    assert confine()
    try:
        connection.send(act(*arguments))
    except OSError as error:
        connection.send(type(error).__name__)


def confined(act: Callable[..., object], *arguments: object) -> object:
    ours, theirs = get_context("spawn").Pipe()
    child = get_context("spawn").Process(target=_answer, args=(theirs, act, *arguments))
    child.start()
    answer = ours.recv() if ours.poll(30) else "silence"
    child.join()
    return answer


def test_confined_process_cannot_connect_even_to_this_machine(listener: socket.socket) -> None:
    assert confined(_call_out, listener.getsockname()) == "PermissionError"
    with pytest.raises(TimeoutError):
        listener.accept()


def test_confined_process_cannot_start_a_program() -> None:
    assert confined(_start, sys.executable) == "PermissionError"


@pytest.mark.parametrize("act", [_append, Path.touch, Path.unlink, Path.mkdir, os.truncate])
def test_confined_process_cannot_change_a_file(tmp_path: Path, act: Callable[..., object]) -> None:
    path = tmp_path / "kept"
    path.write_text("as it was")
    arguments = (tmp_path / "new",) if act is Path.mkdir else (path, 1) if act is os.truncate else (path,)
    assert confined(act, *arguments) == "PermissionError"
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("kept", "as it was")]


def test_confined_process_reads_files(tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(b"as it was")
    assert confined(Path.read_bytes, path) == b"as it was"


def test_the_children_that_read_letters_are_confined_and_the_service_is_not() -> None:
    with ReadingPool(workers=1) as pool:
        assert pool.is_confined()
    assert not is_confined()
