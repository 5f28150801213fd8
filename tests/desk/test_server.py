"""What HTTP itself costs at the desk."""

from __future__ import annotations

import http.client
import time

import pytest

from desk.server import listening
from service.office import Office
from settings.kinds import Listen
from tests.support.desk import serving
from values.errors import BadUsage


def test_no_answer_waits_for_the_packets_before_it(office: Office) -> None:
    with serving(office) as url:
        connection = http.client.HTTPConnection(url.removeprefix("http://"))
        times = [_seconds(connection) for _ in range(10)]
        connection.close()
    assert min(times) < 0.03  # 40 ms is what a packet waits for an acknowledgement


def _seconds(connection: http.client.HTTPConnection) -> float:
    began = time.perf_counter()
    connection.request("GET", "/login")
    assert connection.getresponse().read()
    return time.perf_counter() - began


def test_an_address_that_is_taken_is_refused_with_what_to_do() -> None:
    with listening(Listen("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(BadUsage, match=f"端口 {port}.*可能已被别的程序占用"), listening(Listen("127.0.0.1", port)):
            pass


def test_the_address_is_free_again_after_the_block() -> None:
    with listening(Listen("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with listening(Listen("127.0.0.1", port)) as listener:
        assert listener.getsockname() == ("127.0.0.1", port)
