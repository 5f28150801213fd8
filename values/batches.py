"""Batches that are bounded in number and in size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

BATCH_LETTERS: Final = 50
BATCH_OCTETS: Final = 5_000_000
"""A batch ends at 50 letters or 5 MB: one at a time costs a round trip each, all at once 943 MB of memory. Two are in
memory, one being stored while the next is fetched."""

_T = TypeVar("_T")


def in_batches(
    items: Iterable[_T], weigh: Callable[[_T], int], *, letters: int = BATCH_LETTERS, octets: int = BATCH_OCTETS
) -> Iterator[tuple[_T, ...]]:
    """Groups items, in order. An item heavier than `octets` is a batch of its own.

    weigh: returns the octets that storing or fetching an item takes. letters, octets: most of one batch.
    """
    batch: list[_T] = []
    weight = 0
    for item in items:
        size = weigh(item)
        if batch and (len(batch) == letters or weight + size > octets):
            yield tuple(batch)
            batch, weight = [], 0
        batch.append(item)
        weight += size
    if batch:
        yield tuple(batch)
