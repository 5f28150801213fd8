"""A program that is killed at its N-th durable step, as by a power switch: no handler runs, nothing is flushed.

    python -m tests.support.crash N program.py [argument...]

runs program.py until its N-th step and kills the process there with SIGKILL; a program with fewer steps ends as usual.
A step is the moment before an fsync, before a rename, before the commit of a transaction that may have written, and
after that commit. Threads are counted together; child processes are not.

`killed_at_step` runs such a program from a test; N = 1, 2, 3 … until it returns False has killed it at every step.
"""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60.0


def killed_at_step(
    step: int, program: Path | str, *arguments: object, environ: Mapping[str, str] | None = None, expected: int = 0
) -> bool:
    """Runs the program and kills it at that step. Returns False when it ended before it got there.

    Its own children are killed with it. Fails when it ends by itself with another status than `expected`.
    """
    command = [sys.executable, "-m", "tests.support.crash", str(step), str(program), *map(str, arguments)]
    with tempfile.TemporaryFile() as output:  # not a pipe: orphans of the killed program would hold it open
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(os.environ if environ is None else environ),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            child.wait(PATIENCE)
        finally:
            end_group(child.pid)
            child.wait()
        output.seek(0)
        output_text = output.read().decode(errors="replace")
    if child.returncode == -signal.SIGKILL:
        return True
    assert child.returncode == expected, output_text
    return False


def end_group(leader: int) -> None:
    """Ends what the program started. The group of a new session is its own; without members it is gone."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


class Killed(BaseException):
    """Stands for SIGKILL where a test lives on in the same process. No handler of the product catches it."""


class KillSwitch:
    """Kills this process at the N-th call of `step`; or raises Killed there, and at every later one."""

    def __init__(self, at: int, *, deadly: bool = True) -> None:
        self._at = at
        self._deadly = deadly
        self._steps = count(1)
        self._lock = threading.Lock()

    def step(self) -> None:
        with self._lock:
            step = next(self._steps)
        if step == self._at and self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        if step >= self._at:
            raise Killed

    def before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*arguments: Any, **named: Any) -> Any:
            self.step()
            return call(*arguments, **named)

        return stepping


@contextmanager
def armed(switch: KillSwitch) -> Iterator[None]:
    """Within it, this process counts its durable steps. pathlib and tempfile go through `os` too."""
    calls = {name: getattr(os, name) for name in ("fsync", "fdatasync", "replace", "rename")}
    for name, call in calls.items():
        setattr(os, name, switch.before(call))
    try:
        with _armed_commits(switch):
            yield
    finally:
        for name, call in calls.items():
            setattr(os, name, call)


@contextmanager
def _armed_commits(switch: KillSwitch) -> Iterator[None]:
    """Counts COMMITs of transactions that took the write lock; those that only read change nothing."""
    from sqlalchemy import Connection, Engine, event
    from sqlalchemy.engine.default import DefaultDialect

    writing = threading.local()
    commit = DefaultDialect.do_commit

    def about_to_commit(connection: Connection) -> None:
        writing.now = bool(connection.get_execution_options().get("jianbao_writes"))

    def stepping_commit(dialect: DefaultDialect, connection: Any) -> None:
        counted = getattr(writing, "now", False)
        writing.now = False
        if counted:
            switch.step()
        commit(dialect, connection)  # type: ignore[no-untyped-call]
        if counted:
            switch.step()

    event.listen(Engine, "commit", about_to_commit)
    DefaultDialect.do_commit = stepping_commit  # type: ignore[method-assign]
    try:
        yield
    finally:
        DefaultDialect.do_commit = commit  # type: ignore[method-assign]
        event.remove(Engine, "commit", about_to_commit)


def main(words: list[str]) -> None:
    step, program, *arguments = words
    sys.argv = [program, *arguments]
    sys.path.insert(0, str(Path(program).resolve().parent))
    with armed(KillSwitch(int(step))):
        runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
