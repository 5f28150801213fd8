"""How long a page takes while a crowd of strangers logs in.

    python -m benchmarks.log_ins [--clients 60] [--requests 40] [--weeks 20] [--letters 2000]

The desk over some weeks of data behind a real uvicorn in a separate process (benchmarks/desk_server.py). Clients in a
third process send log-ins without a pause, each from an address and with a name of its own, so that no limit but the
queue stops them. Meanwhile somebody who is logged in reads the page of the issue, one request after another. Peer of
the same run: the same page before the crowd comes. Goal (issue 12): a median of 0.3 s. Exit status 1 when it is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from benchmarks.desk import ROOT, Server, served
from benchmarks.three_years import BULLETIN

GOAL_MS: Final = 300.0
_PAGE: Final = f"/b/{BULLETIN}/issue"
_CSRF: Final = "A" * 43
"""Of a stranger's own choice: the form and the cookie must agree, nothing else."""


def main(words: Sequence[str] | None = None) -> int:
    arguments = _arguments(words)
    if arguments.crowd:
        asyncio.run(_crowd(arguments.crowd, arguments.clients))
        return 0
    with (
        tempfile.TemporaryDirectory(prefix="jianbao-") as folder,
        served(Path(folder), arguments.weeks, arguments.letters) as server,
    ):
        server.ask(_PAGE)
        quiet = _times(server, arguments.requests)
        with _crowd_at(server.port, arguments.clients) as answers:
            crowded = _times(server, arguments.requests)
    _report("without", quiet)
    _report(f"{arguments.clients} clients", crowded)
    print("answers to log-ins:", ", ".join(f"{status}: {count}" for status, count in sorted(answers.items())))
    missed = statistics.median(crowded) > GOAL_MS
    print(f"{'Missed' if missed else 'Met'}: a median of {GOAL_MS:.0f} ms.")
    return 1 if missed else 0


def _times(server: Server, requests: int) -> list[float]:
    """Milliseconds for each request of the page."""
    answers = [server.ask(_PAGE) for _ in range(requests)]
    assert {answer.status for answer in answers} == {200}
    return sorted(answer.ms for answer in answers)


def _report(name: str, times: Sequence[float]) -> None:
    print(f"{name:<12} median {statistics.median(times):>7.1f} ms   worst {times[-1]:>7.1f} ms")


@contextmanager
def _crowd_at(port: int, clients: int) -> Iterator[Counter[str]]:
    """The crowd at work. After the block: how many log-ins got which HTTP status."""
    answers: Counter[str] = Counter()
    command = [sys.executable, "-m", "benchmarks.log_ins", "--crowd", str(port), "--clients", str(clients)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()  # every client has its first answer
        yield answers
        process.stdin.close()
        answers.update(json.loads(process.stdout.readline()))


async def _crowd(port: int, clients: int) -> None:
    """Logs in until standard input ends; prints a line when all clients are at work, and the statuses at the end."""
    answers: Counter[str] = Counter()
    at_work = asyncio.Barrier(clients + 1)
    tasks = [asyncio.create_task(_client(port, number, answers, at_work)) for number in range(clients)]
    await at_work.wait()
    print(flush=True)
    await asyncio.to_thread(sys.stdin.read)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print(json.dumps(answers), flush=True)


async def _client(port: int, number: int, answers: Counter[str], at_work: asyncio.Barrier) -> None:
    """One client: a log-in after another, over a connection that is opened again when the desk closes it."""
    attempt = 0
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        closed = False
        while not closed:
            writer.write(_request(port, number, attempt))
            status, closed = await _answer(reader)
            answers[status] += 1
            if attempt == 0:
                await at_work.wait()
            attempt += 1
        writer.close()


def _request(port: int, number: int, attempt: int) -> bytes:
    body = urlencode({"csrf": _CSRF, "name": f"name-{number}-{attempt}", "password": "no password of anybody"})
    address = f"10.{number}.{attempt // 250 % 250}.{attempt % 250}"
    head = (
        f"POST /login HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        f"Cookie: jianbao-csrf={_CSRF}\r\nX-Forwarded-For: {address}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return f"{head}{body}".encode()


async def _answer(reader: asyncio.StreamReader) -> tuple[str, bool]:
    """The status of an answer that was read to its end, and whether the desk closes the connection after it."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
    await reader.readexactly(int(fields["content-length"]))
    return head.split(" ", 2)[1], fields.get("connection") == "close"


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=60, help="that log in at the same time")
    parser.add_argument("--requests", type=int, default=40, help="of the page, of which the median is taken")
    parser.add_argument("--weeks", type=int, default=20, help="each with an issue")
    parser.add_argument("--letters", type=int, default=2000, help="of all weeks together")
    parser.add_argument("--crowd", type=int, default=0, help=argparse.SUPPRESS)  # the port, for the third process
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
