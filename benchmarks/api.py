"""How long each call of the REST API takes after three years.

    python -m benchmarks.api [--requests 20] [--weeks 150] [--letters 20000] [--data FOLDER] [--only articles]

The data and the server of benchmarks/desk.py, which is a process of its own; calls one after another over one
connection, with a token for everything. Peers of the same run: /healthz, which is what HTTP itself costs here, and
/bulletins, which is what the token and the framework cost. A decision adopts an article and takes that back in turn,
each naming the version of the answer before. Goal: 30 ms for the median of each call, also of a page of a list (50
items); for the longest page (200 items) four times that. Exit status 1 when it is missed, or a call is refused.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks import three_years
from benchmarks.desk import Server, served

GOAL_MS: Final = 30.0
_BASE: Final = "/api/v1"
_LONGEST_PAGE: Final = "?limit=200"


@dataclass(frozen=True, slots=True)
class MeasuredCall:
    """A call of the API."""

    name: str
    status: int
    ms: float
    """The median."""
    p95: float
    kb: float
    """Of the answer."""

    @property
    def is_missed(self) -> bool:
        """Whether it takes longer than the goal, or is refused."""
        goal = GOAL_MS * 4 if self.name.endswith(_LONGEST_PAGE) else GOAL_MS
        return self.ms > goal or self.status >= 300


class ApiClient:
    """A connection to the server, with its token."""

    def __init__(self, server: Server) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port)
        self._headers = {"Authorization": f"Bearer {server.token}"}

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    def get(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer to a GET of the path, and its body."""
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        return answer, answer.read()

    def document(self, path: str) -> Any:
        """The body of that answer as JSON."""
        return json.loads(self.get(path)[1])

    def decide(self, path: str, status: str, tag: str) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer to a decision that names the version of that tag, and its body."""
        headers = {**self._headers, "Content-Type": "application/json", "If-Match": tag}
        self._connection.request("POST", path, json.dumps({"status": status}), headers)
        answer = self._connection.getresponse()
        return answer, answer.read()


def main(words: Sequence[str] | None = None) -> int:
    arguments = _arguments(words)
    with (
        tempfile.TemporaryDirectory(prefix="jianbao-") as folder,
        served(arguments.data or Path(folder), arguments.weeks, arguments.letters) as server,
        closing(ApiClient(server)) as client,
    ):
        calls = [path for path in ["/healthz", *_paths(server, client)] if arguments.only in path]
        measured = [_measure(client, path, arguments.requests) for path in calls]
        if arguments.only in "decision":
            measured.append(_measure_decisions(server, client, arguments.requests))
    print(f"Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    print(f"{'call':<72} {'ms':>7} {'p95':>7} {'kB':>8}")
    for call in measured:
        print(f"{call.name:<72} {call.ms:>7.1f} {call.p95:>7.1f} {call.kb:>8.1f}")
    missed = [f"Missed: {call.name}: {call.ms:.0f} ms, status {call.status}" for call in measured if call.is_missed]
    print("\n".join(missed) or f"All goals met: {GOAL_MS:.0f} ms.")
    return 1 if missed else 0


def _paths(server: Server, client: ApiClient) -> list[str]:
    """Every call that reads, with filters; of articles and letters a late and an early one."""
    bulletin = f"{_BASE}/bulletins/{server.values['bulletin'][0]}"
    [issue] = server.values["issue"]
    letters = client.document(f"{bulletin}/letters?limit=1")["items"]
    early = client.document(f"{bulletin}/articles?limit=1&before=3")["items"]
    return [
        f"{_BASE}/bulletins",
        f"{_BASE}/openapi.json",
        f"{bulletin}/articles",
        f"{bulletin}/articles{_LONGEST_PAGE}",
        *(
            f"{bulletin}/articles?{more}"
            for more in ("status=draft", "status=published", f"issue={issue}", "before=900")
        ),
        *(f"{bulletin}/articles/{article}" for article in server.values["article"]),
        f"{bulletin}/letters",
        *(f"{bulletin}/letters?{more}" for more in ("verdict=article", "verdict=ignored", "before=900")),
        f"{bulletin}/letters/{letters[0]['sha256']}",
        *(f"{bulletin}/letters/{article['source']['sha256']}/original" for article in early),
        f"{bulletin}/issues",
        f"{bulletin}/issues/{issue}",
        f"{bulletin}/next-issue",
        f"{bulletin}/statistics?first=2020-01-01&last=2090-12-31",
    ]


def _measure(client: ApiClient, path: str, requests: int) -> MeasuredCall:
    client.get(path)
    times, status, length = [], 0, 0
    for _ in range(requests):
        started = time.perf_counter()
        answer, body = client.get(path)
        times.append((time.perf_counter() - started) * 1000)
        status, length = answer.status, len(body)
    return _measured(path, status, times, length)


def _measure_decisions(server: Server, client: ApiClient, requests: int) -> MeasuredCall:
    article = f"{_BASE}/bulletins/{server.values['bulletin'][0]}/articles/{server.values['article'][0]}"
    tag = client.get(article)[0].headers["etag"]
    times, statuses, length = [], [], 0
    for number in range(2 * requests + 1):
        started = time.perf_counter()
        answer, body = client.decide(f"{article}/decision", "draft" if number % 2 else "adopted", tag)
        times.append((time.perf_counter() - started) * 1000)
        statuses.append(answer.status)
        tag, length = answer.headers.get("etag", tag), len(body)
    return _measured("POST …/decision", max(statuses), times[1:], length)


def _measured(name: str, status: int, times: list[float], length: int) -> MeasuredCall:
    ordered = sorted(times)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return MeasuredCall(name, status, statistics.median(ordered), p95, length / 1000)


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    three_years.add_arguments(parser)
    parser.add_argument("--only", default="", help="calls whose path contains this")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
