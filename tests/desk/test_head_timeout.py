"""Clients that send slowly, or nothing, on a real socket: they wait alone, and not for ever."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from desk.app import make_app
from desk.connections import limits_of
from desk.head_timeout import HeadTimeoutProtocol
from desk.server import answering, listening
from service.office import Office
from settings.kinds import Listen
from tests.support.desk import at_port, serving

PATIENCE = 30
SLOW = 50


@pytest.fixture
def port(office: Office) -> Iterator[int]:
    with serving(office) as url:
        yield int(url.rpartition(":")[2])


def connection_to(port: int, stack: ExitStack) -> socket.socket:
    return stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE))


def seconds_for_a_page(port: int) -> float:
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/login")
    assert connection.getresponse().status == 200
    connection.close()
    return time.monotonic() - begun


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        b"POST /login HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 5000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nname=w",
    ],
    ids=["nothing", "half a head", "half a form"],
)
def test_fifty_slow_clients_keep_nobody_waiting(port: int, begun: bytes) -> None:
    """security.md I-7."""
    seconds_for_a_page(port)  # templates are compiled
    with ExitStack() as stack:
        for _ in range(SLOW):
            connection_to(port, stack).sendall(begun.replace(b"{host}", f"127.0.0.1:{port}".encode()))
        assert seconds_for_a_page(port) < 1


def test_a_head_that_does_not_end_is_not_waited_for(office: Office) -> None:
    class Impatient(HeadTimeoutProtocol):
        head_seconds = 0.2

    with listening(Listen("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        with (
            answering(make_app(at_port(office, port)), door, limits_of(office.settings.desk), Impatient),
            ExitStack() as stack,
        ):
            silent, half = connection_to(port, stack), connection_to(port, stack)
            half.sendall(b"GET /login HTTP/1.1\r\nHost: ")
            assert silent.recv(100) == b""
            assert half.recv(100) == b""
            second = connection_to(port, stack)
            second.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            heard = b""
            while not heard.endswith(b"\r\n\r\nok"):
                heard += second.recv(1000)
            second.sendall(b"GET /login HTTP/1.1\r\nHost: ")
            assert second.recv(100) == b""


def test_too_large_is_reported_before_the_rest_is_sent(port: int) -> None:
    host = f"127.0.0.1:{port}"
    head = f"POST /login HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 30000000\r\n\r\n"
    with ExitStack() as stack:
        client = connection_to(port, stack)
        client.sendall(head.encode() + b"x" * 1000)
        assert client.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_refused_client_cannot_go_on_sending(port: int) -> None:
    host = f"127.0.0.1:{port}"
    head = f"POST /people HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 1000000\r\n\r\n"
    with ExitStack() as stack:
        client = connection_to(port, stack)
        client.sendall(head.encode())
        answer = b""
        while piece := client.recv(10_000):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert b"\r\nconnection: close\r\n" in answer


@pytest.mark.parametrize("path", ["/static/../base.html", "/static/..%2f..%2fbase.html", "/static//etc/passwd"])
def test_no_path_leads_out_of_the_static_files(port: int, path: str) -> None:
    """A raw request, since clients tidy their paths up."""
    with ExitStack() as stack:
        client = connection_to(port, stack)
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        assert client.recv(1000).startswith(b"HTTP/1.1 404 ")


def test_a_client_that_takes_no_answer_is_not_waited_for(office: Office) -> None:
    """uvicorn closes an idle connection only after its buffer is empty, so one that reads nothing would stay for ever,
    with the answer in memory."""

    ended = threading.Event()

    class Impatient(HeadTimeoutProtocol):
        unread_seconds = 0.5

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            ended.set()

    with listening(Listen("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        app = make_app(at_port(office, port))
        with answering(app, door, limits_of(office.settings.desk), Impatient), socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            client.connect(("127.0.0.1", port))
            script = "/static/vendor/echarts-6.1.0/echarts.simple.min.js"
            client.sendall(f"GET {script} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode() * 20)
            assert ended.wait(PATIENCE)
