from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from service.health.durations import Durations, Taken, Work


def clock() -> Iterator[float]:
    yield from (float(2**number) for number in count())


def test_only_work_that_is_done_counts() -> None:
    seconds = clock()
    durations = Durations(lambda: next(seconds))
    first = durations.begin(Work.POLL)  # at 1
    first()  # at 2
    durations.begin(Work.SEND)  # at 4; nothing was due
    second = durations.begin(Work.POLL)  # at 8
    second()  # at 16
    taken = durations.taken()
    assert taken[Work.POLL] == Taken(2, 9.0, 8.0)
    assert {taken[work] for work in Work if work is not Work.POLL} == {Taken()}
