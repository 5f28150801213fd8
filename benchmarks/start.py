"""What starting a command costs, against importing the two libraries that most of them need.

    python -m benchmarks.start [--runs 15]

Every run is a separate process, the programs are interleaved; figures are medians of CPU time (user and system), so
that a busy machine changes them little, and their ratio to the peer's.

    peer      python -c "import sqlalchemy, pydantic"
    help      run_service.py --help
    issues    run_service.py issues --json, over a ledger of one issue with two articles

Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import logging
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from service.issue.assemble import assemble
from service.running.logs import configure_logs
from tests.support.offices import hand_in, office_at, write_config

ROOT: Final = Path(__file__).parent.parent
PEER: Final = "peer"
GOALS: Final = {"help": 0.6, "issues": 2.0}
"""Times the peer. `--help` needs neither library; a list needs both, the ledger's tables and the settings' types."""


def main(words: Sequence[str]) -> int:
    configure_logs("text", logging.ERROR)
    parser = argparse.ArgumentParser(prog="benchmarks.start")
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as home:
        program = [sys.executable, str(ROOT / "run_service.py"), "--config", str(_config_of_an_office(Path(home)))]
        programs = {
            PEER: [sys.executable, "-c", "import sqlalchemy, pydantic"],
            "help": [*program, "--help"],
            "issues": [*program, "issues", "--json"],
        }
        seconds = measure(programs, arguments.runs)
    missed = False
    for name, figure in seconds.items():
        ratio = figure / seconds[PEER]
        goal = GOALS.get(name)
        missed |= goal is not None and ratio > goal
        print(f"{name:8}{figure * 1_000:7.0f} ms  {ratio:5.2f} × peer{f'  (goal {goal} ×)' if goal else ''}")
    return 1 if missed else 0


def measure(programs: Mapping[str, Sequence[str]], runs: int) -> dict[str, float]:
    """The median CPU seconds of each program, run in turns."""
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, command in programs.items():
            seconds[name].append(cpu_seconds(command))
    return {name: statistics.median(figures) for name, figures in seconds.items()}


def cpu_seconds(command: Sequence[str]) -> float:
    """User and system time of the process and its children. Raises CalledProcessError when it fails.

    It may write compiled modules, as in an office: otherwise ours would be compiled at each start and the peer's not.
    """
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, cwd=ROOT, env=environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _config_of_an_office(home: Path) -> Path:
    """The configuration of an office whose ledger has one issue."""
    config = write_config(home)
    with office_at(config, datetime(2022, 11, 8, 8, 0, tzinfo=UTC)) as office:
        hand_in(office, "甲", "乙")
        assemble(office, office.bulletin(None))
    return config


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
