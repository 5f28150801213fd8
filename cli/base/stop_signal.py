"""The signals that end a command which goes on until it is stopped."""

from __future__ import annotations

import signal
import threading


def stop_signal() -> threading.Event:
    """An event that SIGTERM and SIGINT set from now on."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: stop.set())
    return stop
