"""How long each page of the desk takes, and how much it weighs, after three years.

    python -m benchmarks.desk [--requests 20] [--weeks 150] [--letters 20000] [--data FOLDER] [--only issue]

A data directory with 150 issues and 20,000 letters (benchmarks/three_years.py), the desk behind a real uvicorn in a
separate process, pages requested one after another over one connection. Peers of the same run: /healthz, which is
what HTTP itself costs here; and the page's own statements in a bare sqlite3, which is what the ledger costs. A decision
is measured as a browser with scripts sends it, adopting an article and taking that back in turn. Goals: 200 ms for the
median, 100 kB of own markup, 15 ms for a decision. --data keeps the directory for the next run. Exit status 1 when a
goal is missed.
"""

from __future__ import annotations

import argparse
import http.client
import json
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

from benchmarks import three_years
from service.office import open_office
from service.running.migrate import migrate_ledger
from settings.load import load_settings
from tools.desk_paths import paths

ROOT: Final = Path(__file__).parent.parent
GOAL_MS: Final = 200.0
GOAL_KB: Final = 100.0
GOAL_DECISION_MS: Final = 15.0
_ALL_MET: Final = f"All goals met: {GOAL_MS:.0f} ms, {GOAL_KB:.0f} kB, a decision {GOAL_DECISION_MS:.0f} ms."
_DECISION: Final = "/b/{bulletin}/issue/articles/{article}/decide"
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
    """statements, sql_ms: of the page, in a bare sqlite3. kb: of the answer, as it is before compression."""

    path: str
    status: int
    kind: str
    ms: float
    p95: float
    kb: float
    statements: int
    sql_ms: float
    goal_ms: float = GOAL_MS

    @property
    def is_page(self) -> bool:
        """Whether the answer is our own HTML; the frame of an original holds a sender's file."""
        return self.kind.startswith("text/html") and not self.path.endswith("/original/frame")

    def missed(self) -> list[str]:
        broken = self.status == 404 or self.status >= 500  # what cannot be done is refused with 400, or sends elsewhere
        faults = [f"status {self.status}"] if broken else []
        faults += [f"{self.ms:.0f} ms"] if self.ms > self.goal_ms else []
        return faults + ([f"{self.kb:.0f} kB"] if self.is_page and self.kb > GOAL_KB else [])


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
        self.values: dict[str, list[str]] = start["values"]
        self._versions: dict[str, int] = start["versions"]
        self.headers = {"Cookie": start["cookie"]}
        self._form_headers = {
            **self.headers,
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
            "Origin": f"http://127.0.0.1:{self.port}",
            "X-CSRF-Token": start["csrf"],
        }
        self._http = http.client.HTTPConnection("127.0.0.1", self.port)

    def close(self) -> None:
        """Ends the connection, and the process by ending its input."""
        self._http.close()
        self._in.close()

    def ask(self, path: str) -> tuple[float, int, str, int]:
        """Milliseconds until the whole answer is here, its status, kind and length."""
        started = time.perf_counter()
        self._http.request("GET", path, headers=self.headers)
        answer = self._http.getresponse()
        body = answer.read()
        return (time.perf_counter() - started) * 1000, answer.status, answer.headers.get("content-type", ""), len(body)

    def decide(self, status: str) -> tuple[float, int, str, int]:
        """Decides about the first article of the issue; returns what `ask` does."""
        article, version = next(iter(self._versions.items()))
        path = _DECISION.format(bulletin=self.values["bulletin"][0], article=article)
        body = urlencode({"status": status, "version": version})
        started = time.perf_counter()
        self._http.request("POST", path, body, self._form_headers)
        answer = self._http.getresponse()
        content = answer.read()
        took = (time.perf_counter() - started) * 1000
        self._versions[article] += answer.status == 200
        return took, answer.status, answer.headers.get("content-type", ""), len(content)

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
            path for path in paths(server.pages, server.values, _MORE) if arguments.only in path and path != _CHECK
        ]
        for path in chosen:  # fills caches and lets LibreOffice render first, so that neither is timed
            server.ask(path)
        measured = [_measure(server, path, arguments.requests) for path in chosen]
        if arguments.only in _DECISION:
            measured.append(_measure_decision(server, arguments.requests))
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
    migrate_ledger(home / "data")  # an earlier version may have made it
    command = [sys.executable, "-m", "benchmarks.desk_server", str(config)]
    with (
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process,
        closing(Server(process)) as server,
    ):
        yield server


def _measure(server: Server, path: str, requests: int) -> Measured:
    server.ask(path)
    _, status, kind, length = server.ask(path)
    times = sorted(server.ask(path)[0] for _ in range(requests))
    statements, sql_ms = server.statements_of(path)
    p95 = times[min(int(len(times) * 0.95), len(times) - 1)]
    return Measured(path, status, kind, statistics.median(times), p95, length / 1000, statements, sql_ms)


def _measure_decision(server: Server, requests: int) -> Measured:
    answers = [server.decide("adopted" if number % 2 else "draft") for number in range(2 * requests + 1)][1:]
    times = sorted(ms for ms, *_ in answers)
    _, status, kind, length = answers[-1]
    p95 = times[int(len(times) * 0.95)]
    return Measured(
        _DECISION, status, kind, statistics.median(times), p95, length / 1000, 0, 0.0, goal_ms=GOAL_DECISION_MS
    )


def _report(health: Measured, measured: list[Measured]) -> str:
    head = f"{'page':<52} {'ms':>7} {'p95':>7} {'x healthz':>9} {'SQL':>4} {'SQL ms':>7} {'x SQL':>6} {'kB':>7}"
    lines = [head, f"{_HEALTH:<52} {health.ms:>7.1f} {health.p95:>7.1f}"]
    for page in measured:
        over = page.ms / page.sql_ms if page.sql_ms else 0.0
        lines.append(
            f"{page.path:<52} {page.ms:>7.1f} {page.p95:>7.1f} {page.ms / health.ms:>9.1f} {page.statements:>4}"
            f" {page.sql_ms:>7.2f} {over:>6.1f} {page.kb:>7.1f}{'' if page.is_page else '  (a file)'}"
        )
    return "\n".join(lines)


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=20, help="of which median and 95th percentile are taken")
    parser.add_argument("--weeks", type=int, default=three_years.WEEKS, help="each with an issue")
    parser.add_argument("--letters", type=int, default=three_years.LETTERS, help="of all weeks together")
    parser.add_argument("--data", type=Path, help="a folder to keep the three years in; made when it is not there")
    parser.add_argument("--only", default="", help="pages whose path contains this")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
