"""The end of the service is never lost to a reload."""

from __future__ import annotations

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


@pytest.mark.parametrize("ask", [Interruption.end, Interruption.reload])
def test_signal_that_comes_while_the_main_thread_begins_to_wait_is_not_waited_for(
    ask: Callable[[Interruption], None],
) -> None:
    """The main thread holds the event's lock for some instructions, and the handler runs in between."""
    interruption = Interruption()
    with interruption.event._cond:  # type: ignore[attr-defined]
        ask(interruption)
    assert interruption.event.wait(PATIENCE)
