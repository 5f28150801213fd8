"""How long a page of the desk takes while many connections are open on which nothing is sent.

    python -m benchmarks.silent_connections [--connections 1050] [--requests 20] [--weeks 20] [--letters 2000]

The desk over some weeks of data behind a real uvicorn in a separate process (benchmarks/desk_server.py), with the
default limits. All connections come from one address, as those of an attacker would, and a page of 本期 is asked for
from the same address, each time over a connection of its own. Peer of the same run: the same page before. Goal (issue
12): every page within a second. Exit status 1 when it is missed.
"""

from __future__ import annotations

import argparse
import http.client
import resource
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from benchmarks.desk import Server, served
from benchmarks.three_years import BULLETIN

GOAL_MS: Final = 1_000.0
_PAGE: Final = f"/b/{BULLETIN}/issue"


def main(words: Sequence[str] | None = None) -> int:
    arguments = _arguments(words)
    with (
        tempfile.TemporaryDirectory(prefix="jianbao-") as folder,
        served(Path(folder), arguments.weeks, arguments.letters) as server,
        ExitStack() as stack,
    ):
        server.ask(_PAGE)
        quiet = _times(server, arguments.requests)
        _allow_files()
        for _ in range(arguments.connections):
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        silent = _times(server, arguments.requests)
    _report("without", quiet)
    _report(f"{arguments.connections} silent connections", silent)
    missed = max(silent) > GOAL_MS
    print(f"{'Missed' if missed else 'Met'}: every page within {GOAL_MS:.0f} ms.")
    return 1 if missed else 0


def _allow_files() -> None:
    """Lets this process open as many connections as it may; the desk was started before, with the usual 1,024 files."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _times(server: Server, requests: int) -> list[float]:
    """Milliseconds for each request, with the connection that it is made on."""
    times: list[float] = []
    for _ in range(requests):
        started = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", _PAGE, headers=server.headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        times.append((time.perf_counter() - started) * 1000)
        assert answer.status == 200, answer.status
    return times


def _report(name: str, times: list[float]) -> None:
    print(f"{name:<28} median {statistics.median(times):>7.1f} ms, longest {max(times):>7.1f} ms")


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=1_050)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--weeks", type=int, default=20)
    parser.add_argument("--letters", type=int, default=2_000)
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
