"""The service ends in time, whatever it is doing: a mailbox that hangs or a backup under way cannot hold it up.

Work stops by itself where it is asked (`Interruption`), which takes a moment. What has not stopped after some seconds
is left as a kill would leave it, which every step survives (docs/flow.md).
"""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Final

import structlog

from service.running.interruption import Interruption

_log = structlog.get_logger(__name__)

ENDING_SECONDS: Final = 3.0
"""After SIGTERM: less than the five seconds that an administrator waits for `systemctl stop` without wondering."""


@contextmanager
def ended_in_time(
    interruption: Interruption,
    endings: Collection[signal.Signals],
    leave: Callable[[], object],
    seconds: float = ENDING_SECONDS,
) -> Iterator[None]:
    """When one of the signals comes, asks for the end; when the block has not ended so many seconds later, calls
    `leave`, which ends the process.

    To be entered in the main thread, with a handler for each of the signals. A handler of Python's runs when the main
    thread gets to it, which may be busy in the database or in the interpreter's own end; a thread is woken at once
    (signal.set_wakeup_fd).
    """
    finished = threading.Event()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        watch = threading.Thread(
            target=_watch, args=(ours, interruption, endings, finished, leave, seconds), name="deadline", daemon=True
        )
        watch.start()
        try:
            yield
        finally:
            finished.set()
            signal.set_wakeup_fd(before)
            ours.shutdown(socket.SHUT_RDWR)
            watch.join()  # before the socket is closed, which it may be about to read


def _watch(
    woken: socket.socket,
    interruption: Interruption,
    endings: Collection[signal.Signals],
    finished: threading.Event,
    leave: Callable[[], object],
    seconds: float,
) -> None:
    while numbers := woken.recv(64):
        if not {int(ending) for ending in endings}.isdisjoint(numbers):
            interruption.end()
            if not finished.wait(seconds):
                _log.warning("ended with work under way, which the next start goes on with", seconds=seconds)
                leave()
            return
