"""The signals that end a command which goes on until it is stopped, or have it read its configuration again."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

from service.running.interruption import Interruption, set_from_handler

ENDING: Final = (signal.SIGTERM, signal.SIGINT)


def stop_signal() -> threading.Event:
    """An event that SIGTERM and SIGINT set from now on."""
    stop = threading.Event()
    for name in ENDING:
        signal.signal(name, lambda _signal, _frame: set_from_handler(stop))
    return stop


def interrupting_signals() -> Interruption:
    """An interruption that SIGTERM and SIGINT make the last one, and by which SIGHUP asks for a reload, from now on."""
    interruption = Interruption()
    for name in ENDING:
        signal.signal(name, lambda _signal, _frame: interruption.end())
    signal.signal(signal.SIGHUP, lambda _signal, _frame: interruption.reload())
    return interruption


@contextmanager
def unwound_by_sigterm() -> Iterator[None]:
    """Within it, SIGTERM raises SystemExit, so that what is half-written is removed; the status is that of a shell for
    a process that the signal has ended."""

    def leave(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
