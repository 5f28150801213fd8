"""How much memory the main process of `run` holds while nothing happens: on a new ledger, and after some letters.

    python -m benchmarks.idle [--letters 200] [--seconds 5]

`run` polls a Dovecot on loopback and serves the desk, as on a server. The figures are those of its main process in
/proc/PID/status, taken after /readyz has answered, every letter is read, and the given
seconds have passed: VmRSS, what is resident; VmHWM, the most that was. The reading children are separate
processes. Goal (issue 15): VmRSS at most 110 MB on both ledgers. Exit status 1 when it is missed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from benchmarks.intake import ROOT, config_of, letter
from service.office import DATABASE
from tests.support.dovecot import Account, dovecot_server, free_port

GOAL_MB: Final = 110.0
_START: Final = datetime(2022, 11, 1, tzinfo=UTC)
_PATIENCE: Final = 120.0
"""Seconds in which the service must be ready, or have read its letters."""
_FIGURES: Final = ("VmRSS", "VmHWM", "RssAnon", "RssFile")


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=5.0)
    arguments = parser.parse_args(words)
    missed = False
    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder, dovecot_server(Path(folder)) as server:
        for letters in (0, arguments.letters):
            account = server.account()
            dice = random.Random(70)
            for number in range(letters):
                account.deliver(letter(number, dice), _START + timedelta(seconds=number))
            with tempfile.TemporaryDirectory(dir=folder) as home:
                figures = idle_figures(account, Path(home), letters, arguments.seconds)
            shown = "  ".join(f"{name} {figures[name]:6.1f} MB" for name in _FIGURES)
            print(f"{letters:6} letters  {shown}")
            missed |= figures["VmRSS"] > GOAL_MB
    print(f"{'Missed' if missed else 'Met'}: VmRSS at most {GOAL_MB:.0f} MB.")
    return 1 if missed else 0


def idle_figures(account: Account, home: Path, letters: int, seconds: float) -> dict[str, float]:
    """Megabytes by figure of an idle `run` in the empty folder `home`, once it has read so many letters."""
    port = free_port()
    config = home / "config.toml"
    desk = f'\n[desk]\nlisten = "127.0.0.1:{port}"\npublic_url = "http://127.0.0.1:{port}"\n'
    config.write_text(config_of(account) + desk, encoding="utf-8")
    with _service(config, account) as process:
        _wait_until_ready(f"http://127.0.0.1:{port}/readyz")
        _wait_until_read(home / "data", letters)
        time.sleep(seconds)
        return memory_of(process.pid)


def memory_of(pid: int) -> dict[str, float]:
    """The memory figures of that process, in MB."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {name: int(lines[name].split()[0]) / 1024 for name in _FIGURES}


@contextlib.contextmanager
def _service(config: Path, account: Account) -> Iterator[subprocess.Popen[bytes]]:
    environ: Mapping[str, str] = {**os.environ, "JIANBAO_IMAP_PASSWORD": account.password}
    command = [sys.executable, str(ROOT / "run_service.py"), "--config", str(config), "run"]
    with (config.parent / "log").open("wb") as log, subprocess.Popen(command, env=environ, stderr=log) as process:
        try:
            yield process
        finally:
            process.terminate()


def _wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(url):
            return
        time.sleep(0.2)
    raise TimeoutError(url)


def _wait_until_read(data: Path, letters: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with contextlib.closing(sqlite3.connect(f"file:{data / DATABASE}?mode=ro", uri=True)) as ledger:
            (read,) = ledger.execute("SELECT count(*) FROM letter WHERE verdict != 'pending'").fetchone()
        if read == letters:
            return
        time.sleep(0.2)
    raise TimeoutError(f"{letters} letters")


if __name__ == "__main__":
    sys.exit(main())
