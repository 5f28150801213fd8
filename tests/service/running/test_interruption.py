"""The end of the service is never lost to a reload."""

from __future__ import annotations

from service.running.interruption import Interruption


def test_a_reload_interrupts_one_round() -> None:
    interruption = Interruption()
    interruption.reload()
    assert (interruption.event.is_set(), interruption.ends) == (True, False)
    interruption.resume()
    assert not interruption.event.is_set()


def test_the_end_stays_whatever_comes_before_or_after_it() -> None:
    interruption = Interruption()
    interruption.reload()
    interruption.end()
    interruption.resume()
    interruption.reload()
    assert (interruption.event.is_set(), interruption.ends) == (True, True)
