"""Counts the durable steps of this process and kills it, or raises, at the N-th.

A step is the moment before an fsync, before a rename, before the commit of a transaction that may have written, and
after that commit. Threads are counted together; child processes are not.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any


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
