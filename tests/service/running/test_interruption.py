"""The end of the service is never lost to a reload."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from service.running.interruption import Interruption
from tests.support.running import PATIENCE


def test_a_reload_interrupts_one_round() -> None:
    interruption = Interruption()
    interruption.reload()
    assert (interruption.event.wait(PATIENCE), interruption.ends) == (True, False)
    interruption.resume()
    assert not interruption.event.is_set()


def test_the_end_stays_whatever_comes_before_or_after_it() -> None:
    interruption = Interruption()
    interruption.reload()
    interruption.end()
    interruption.resume()
    interruption.reload()
    assert (interruption.event.wait(PATIENCE), interruption.ends) == (True, True)


class _SetUnder(threading.Event):
    """An event that is set under a lock which the test can hold, as it holds its own."""

    def __init__(self, lock: threading.Lock) -> None:
        super().__init__()
        self._lock = lock

    def set(self) -> None:
        if not self._lock.acquire(timeout=PATIENCE):
            raise TimeoutError
        super().set()
        self._lock.release()


@pytest.mark.parametrize("ask", [Interruption.end, Interruption.reload])
def test_signal_that_comes_while_the_main_thread_begins_to_wait_is_not_waited_for(
    ask: Callable[[Interruption], None],
) -> None:
    """The main thread holds the event's lock for some instructions, and the handler runs in between."""
    interruption, held = Interruption(), threading.Lock()
    interruption.event = _SetUnder(held)
    with held:
        ask(interruption)
    assert interruption.event.wait(PATIENCE)
