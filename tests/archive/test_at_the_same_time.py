"""Work in several threads: its results in order, and no work left when an error is raised."""

from __future__ import annotations

import threading

import pytest

from archive.at_the_same_time import at_the_same_time


def test_results_have_the_order_of_the_items_and_the_work_overlaps() -> None:
    meeting = threading.Barrier(4, timeout=30)

    def work(item: int) -> int:
        meeting.wait()
        return item * item

    assert at_the_same_time("test", work, range(4)) == [0, 1, 4, 9]


@pytest.mark.parametrize("items", [[0], [0, 1, 2]])
def test_error_is_raised_once_all_work_has_ended(items: list[int]) -> None:
    ended: list[int] = []

    def work(item: int) -> None:
        if item == 0:
            raise ZeroDivisionError
        ended.append(item)

    with pytest.raises(ZeroDivisionError):
        at_the_same_time("test", work, items)
    assert sorted(ended) == items[1:]
