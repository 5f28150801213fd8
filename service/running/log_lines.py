"""What a line of the log shows: a time with offset, addresses without their names, a priority for the journal, and one
line an hour for a fault that repeats."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

_ADDRESS: Final = re.compile(r"(?<![\w.+~-])([\w.+~-])[\w.+~-]*@(?=[\w-])")
"""Tried only where a word begins: within each long word of a server's answer it would take the square of its length."""
_OUR_IDS: Final = frozenset({"message_id", "url"})
"""Fields whose values are ours: a Message-ID that we made is how a letter out is looked up."""
_VOLATILE: Final = frozenset({"again_in", "attempt", "attempts", "times", "timestamp", "seconds", "pid"})
"""Fields that differ from one time to the next of the same fault."""
REPEAT_SECONDS: Final = 3_600.0
"""As long one line stands for a fault that goes on: a night's fault is ten lines, and none is older than an hour."""
_MOST_FAULTS: Final = 1_000
"""Faults that are remembered: above it all begin anew, so that no stranger fills the memory."""
_PRIORITIES: Final = ((logging.CRITICAL, 2), (logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6))
"""By the least level: those of syslog(3), as sd-daemon(3) has them."""
_DEBUG: Final = 7


def stamp(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Adds the time: ISO 8601, milliseconds, with the machine's offset."""
    event["timestamp"] = datetime.now().astimezone().isoformat(timespec="milliseconds")
    return event


def mask(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Takes the names out of mail addresses in every value: w***@qq.com. Servers quote them in their answers."""
    for key, value in event.items():
        if key not in _OUR_IDS:
            event[key] = _masked(value)
    return event


def _masked(value: object) -> object:
    if isinstance(value, str):
        return _ADDRESS.sub(r"\1***@", value) if "@" in value else value
    if isinstance(value, list | tuple):
        return [_masked(each) for each in value]
    return value


def is_journal(environ: Mapping[str, str], descriptor: int) -> bool:
    """Whether the descriptor is the stream that systemd connects to the journal (systemd.exec(5), JOURNAL_STREAM)."""
    device, _, inode = environ.get("JOURNAL_STREAM", "").partition(":")
    if not inode:
        return False
    try:
        stat = os.fstat(descriptor)
    except OSError:
        return False
    return (device, inode) == (str(stat.st_dev), str(stat.st_ino))


class JournalFormatter(logging.Formatter):
    """Begins each line with its priority, as "<3>": the journal takes it off, and can be searched by it (sd-daemon(3)).

    Without it every line would be "info". A traceback has many lines, of one priority.
    """

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """The lines of the inner formatter, each with the priority."""
        prefix = f"<{priority(record.levelno)}>"
        return "\n".join(prefix + line for line in self._inner.format(record).splitlines())


def priority(level: int) -> int:
    """That of syslog(3), for a level of `logging`."""
    return next((number for least, number in _PRIORITIES if level >= least), _DEBUG)


@dataclass(slots=True)
class _Fault:
    """A warning or an error that was logged."""

    shown_at: float
    """On the monotonic clock."""
    left_out: int = 0
    """How many times it was not shown since."""


class RepeatingFaults(logging.Filter):
    """Lets a warning or an error through once an hour, with `repeated`: how many times it was left out since.

    Two entries are the same fault when they differ only in what differs each time (`_VOLATILE`). clock: monotonic
    seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._faults: dict[tuple[str, ...], _Fault] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the entry is written. Adds `repeated` to one that was left out before."""
        if record.levelno < logging.WARNING or not isinstance(record.msg, dict):
            return True
        key, now = _identity(record.name, record.msg.items()), self._clock()
        fault = self._faults.get(key)
        if fault is not None and now - fault.shown_at < REPEAT_SECONDS:
            fault.left_out += 1
            return False
        if fault is not None and fault.left_out:
            record.msg["repeated"] = fault.left_out
        if len(self._faults) >= _MOST_FAULTS:
            self._faults.clear()
        self._faults[key] = _Fault(now)
        return True


def _identity(logger: str, fields: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    return (logger, *(f"{key}={value!r}" for key, value in fields if key not in _VOLATILE))
