from __future__ import annotations

from collections.abc import Iterator

import pytest

from values.batches import in_batches


def weigh(item: int) -> int:
    return item


@pytest.mark.parametrize(
    ("weights", "batches"),
    [
        ([], []),
        ([1, 1, 1, 1], [(1, 1, 1), (1,)]),
        ([5, 5, 1], [(5, 5), (1,)]),
        ([99, 1, 99], [(99,), (1,), (99,)]),
        ([0, 0, 0, 0], [(0, 0, 0), (0,)]),
    ],
)
def test_batch_ends_at_either_cap(weights: list[int], batches: list[tuple[int, ...]]) -> None:
    assert list(in_batches(weights, weigh, letters=3, octets=10)) == batches


def test_batch_is_given_before_the_next_one_is_read() -> None:
    taken: list[int] = []

    def source() -> Iterator[int]:
        for item in range(10):
            taken.append(item)
            yield item

    batches = in_batches(source(), lambda _: 1, letters=2)
    next(batches)
    assert taken == [0, 1, 2]
