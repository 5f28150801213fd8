"""How long each page of the desk takes, and how much it weighs, after three years.

    python -m benchmarks.desk [--requests 20] [--weeks 150] [--letters 20000] [--data FOLDER] [--only issue]

A data directory with 150 issues and 20,000 letters (benchmarks/three_years.py), the desk behind a real uvicorn in a
separate process, pages requested one after another over one connection. Peers of the same run: /healthz, which is
what HTTP itself costs here; and the page's own statements in a bare sqlite3, which is what the ledger costs. A decision
is measured as a browser with scripts sends it, adopting an article and taking that back in turn. Goals: 100 ms for the
median, 60 kB of own markup as a browser receives it (compressed), 15 ms for a decision. --data keeps the directory for
the next run. Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote, urlencode

from archive.sqlite_file import SqliteFile
from benchmarks import three_years
from service.office import DATABASE, open_office
from service.running.migrate import migrate_ledger
from settings.load import load_settings
from tools.desk_paths import paths

ROOT: Final = Path(__file__).parent.parent
GOAL_MS: Final = 100.0
GOAL_KB: Final = 60.0
GOAL_DECISION_MS: Final = 15.0
_ALL_MET: Final = f"All goals met: {GOAL_MS:.0f} ms, {GOAL_KB:.0f} kB compressed, a decision {GOAL_DECISION_MS:.0f} ms."
_DECISION: Final = "/b/{bulletin}/issue/articles/{article}/decide"
_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")
_HEALTH: Final = "/healthz"
# Left out: each request logs in to the mailbox and starts LibreOffice.
_CHECK: Final = "/state/check"
# Queries to be measured as well, by route.
_ALL_TIME: Final = "from=2020-01-01&to=2090-12-31"
_MORE: Final[dict[str, tuple[str, ...]]] = {
    "/b/{bulletin}/letters": ("?verdict=article", "?verdict=ignored&before=9000", "?before=200"),
    # A common word, a rare one, one that occurs nowhere (the whole text is searched), two words, one character.
    "/b/{bulletin}/search": tuple(
        f"?q={quote(query)}" for query in ("工作", "第9001封", "没有这样的话", "工作 没有这样的话", "的")
    ),
    "/b/{bulletin}/past": ("?year=2021",),
    "/b/{bulletin}/statistics": (f"?{_ALL_TIME}",),
    "/b/{bulletin}/statistics/table.xlsx": (f"?{_ALL_TIME}",),
    "/b/{bulletin}/statistics/of/{department:path}": (f"?{_ALL_TIME}",),
    "/b/{bulletin}/changes": ("?subject=article", "?before=1000"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """statements, sql_ms: of the page, in a bare sqlite3. kb: of the answer; packed_kb: as it is sent, compressed where
    the desk compresses."""

    path: str
    status: int
    kind: str
    ms: float
    p95: float
    kb: float
    packed_kb: float
    statements: int
    sql_ms: float
    goal_ms: float = GOAL_MS

    @property
    def is_page(self) -> bool:
        """Whether the answer is our own HTML; the frame of an original holds a sender's file."""
        return self.kind.startswith("text/html") and not self.path.endswith("/original/frame")

    def missed(self) -> list[str]:
        # What cannot be done is refused with 400, or sends elsewhere; the decision is one that can be made.
        broken = self.status in (404, 409) or self.status >= 500
        faults = [f"status {self.status}"] if broken else []
        faults += [f"{self.ms:.0f} ms"] if self.ms > self.goal_ms else []
        return faults + ([f"{self.packed_kb:.0f} kB compressed"] if self.is_page and self.packed_kb > GOAL_KB else [])


@dataclass(frozen=True, slots=True)
class Answer:
    """ms: until all of it was here. kb, packed_kb: as of `Measured`."""

    ms: float
    status: int
    kind: str
    kb: float
    packed_kb: float


def _answer_of(response: http.client.HTTPResponse, started: float) -> Answer:
    body = response.read()
    ms = (time.perf_counter() - started) * 1000
    packed = response.headers.get("content-encoding") == "gzip"
    length = len(gzip.decompress(body)) if packed else len(body)
    return Answer(ms, response.status, response.headers.get("content-type", ""), length / 1000, len(body) / 1000)


class Server:
    """A process of benchmarks/desk_server.py, and a connection to it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        self._in: IO[str] = process.stdin
        self._out: IO[str] = process.stdout
        start = json.loads(self._out.readline())
        self.port: int = start["port"]
        self.pages: list[str] = start["pages"]
        self.token: str = start["token"]
        self.values: dict[str, list[str]] = start["values"]
        self._versions: dict[str, int] = start["versions"]
        self.headers = {"Cookie": start["cookie"], "Accept-Encoding": "gzip"}
        self._form_headers = {
            **self.headers,
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
            "Origin": f"http://127.0.0.1:{self.port}",
            "X-CSRF-Token": start["csrf"],
        }
        self._http = http.client.HTTPConnection("127.0.0.1", self.port)

    @property
    def shown(self) -> list[str]:
        """The routes of which the three years have something to show."""
        return [route for route in self.pages if {*_PARAMETER.findall(route)} <= self.values.keys()]

    def close(self) -> None:
        """Ends the connection, and the process by ending its input."""
        self._http.close()
        self._in.close()

    def ask(self, path: str) -> Answer:
        """The answer to a request for the page."""
        started = time.perf_counter()
        self._http.request("GET", path, headers=self.headers)
        return _answer_of(self._http.getresponse(), started)

    def decide(self, status: str) -> Answer:
        """Decides about the first article of the issue; returns what `ask` does."""
        article, version = next(iter(self._versions.items()))
        path = _DECISION.format(bulletin=self.values["bulletin"][0], article=article)
        body = urlencode({"status": status, "version": version})
        started = time.perf_counter()
        self._http.request("POST", path, body, self._form_headers)
        answer = _answer_of(self._http.getresponse(), started)
        self._versions[article] += answer.status == 200
        return answer

    def statements_of(self, path: str) -> tuple[int, float]:
        self._send("record")
        self.ask(path)
        replayed = self._send("replay")
        return int(replayed["statements"]), replayed["ms"]

    def _send(self, word: str) -> dict[str, float]:
        self._in.write(f"{word}\n")
        self._in.flush()
        answer: dict[str, float] = json.loads(self._out.readline())
        return answer


def main(words: Sequence[str] | None = None) -> int:
    arguments = _arguments(words)
    with (
        tempfile.TemporaryDirectory(prefix="jianbao-") as folder,
        served(arguments.data or Path(folder), arguments.weeks, arguments.letters) as server,
    ):
        health = _measure(server, _HEALTH, arguments.requests)
        chosen = [
            path for path in paths(server.shown, server.values, _MORE) if arguments.only in path and path != _CHECK
        ]
        for path in chosen:  # fills caches and lets LibreOffice render first, so that neither is timed
            server.ask(path)
        measured = [_measure(server, path, arguments.requests) for path in chosen]
        if arguments.only in _DECISION:
            measured.append(_measure_decision(server, arguments.requests))
    print(f"Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    print(_report(health, measured))
    missed = [f"Missed: {page.path}: {', '.join(page.missed())}" for page in measured if page.missed()]
    print("\n".join(missed) or _ALL_MET)
    return 1 if missed else 0


@contextmanager
def served(home: Path, weeks: int, letters: int) -> Iterator[Server]:
    """The desk over the data in `home`, which is made when there is none."""
    config = home / "config.toml"
    if not config.exists():
        home.mkdir(parents=True, exist_ok=True)
        started = time.perf_counter()
        three_years.config(home, ROOT / "templates" / "bulletin.docx")
        with open_office(load_settings(config), lambda: datetime.now(UTC), {}) as office:
            three_years.seed(office, weeks, letters // weeks)
        print(f"{weeks} weeks were made in {time.perf_counter() - started:.0f} s.", file=sys.stderr)
    migrate_ledger(SqliteFile(home / "data" / DATABASE), home / "data")  # an earlier version may have made it
    command = [sys.executable, "-m", "benchmarks.desk_server", str(config)]
    with (
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process,
        closing(Server(process)) as server,
    ):
        yield server


def _measure(server: Server, path: str, requests: int) -> Measured:
    server.ask(path)
    answer = server.ask(path)
    times = sorted(server.ask(path).ms for _ in range(requests))
    statements, sql_ms = server.statements_of(path)
    p95 = times[min(int(len(times) * 0.95), len(times) - 1)]
    median = statistics.median(times)
    return Measured(path, answer.status, answer.kind, median, p95, answer.kb, answer.packed_kb, statements, sql_ms)


def _measure_decision(server: Server, requests: int) -> Measured:
    # The article waits (`three_years`): the first decision adopts it, so that each of the others changes something.
    answers = [server.decide("draft" if number % 2 else "adopted") for number in range(2 * requests + 1)][1:]
    times = sorted(answer.ms for answer in answers)
    last, p95, median = answers[-1], times[int(len(times) * 0.95)], statistics.median(times)
    status = max(answer.status for answer in answers)
    return Measured(
        _DECISION, status, last.kind, median, p95, last.kb, last.packed_kb, 0, 0.0, goal_ms=GOAL_DECISION_MS
    )


def _report(health: Measured, measured: list[Measured]) -> str:
    head = f"{'page':<52} {'ms':>7} {'p95':>7} {'x healthz':>9} {'SQL':>4} {'SQL ms':>7} {'x SQL':>6} {'kB':>7}"
    head += f" {'gzip':>6}"
    lines = [head, f"{_HEALTH:<52} {health.ms:>7.1f} {health.p95:>7.1f}"]
    for page in measured:
        over = page.ms / page.sql_ms if page.sql_ms else 0.0
        lines.append(
            f"{page.path:<52} {page.ms:>7.1f} {page.p95:>7.1f} {page.ms / health.ms:>9.1f} {page.statements:>4}"
            f" {page.sql_ms:>7.2f} {over:>6.1f} {page.kb:>7.1f} {page.packed_kb:>6.1f}"
            f"{'' if page.is_page else '  (a file)'}"
        )
    return "\n".join(lines)


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    three_years.add_arguments(parser)
    parser.add_argument("--only", default="", help="pages whose path contains this")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
