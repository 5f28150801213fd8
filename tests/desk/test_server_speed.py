"""What HTTP itself costs at the desk."""

from __future__ import annotations

import http.client
import time

from service.office import Office
from tests.support.desk import serving


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
