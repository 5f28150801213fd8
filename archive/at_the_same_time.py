"""Work on many files at once, in threads that are kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from typing import Final, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_WRITERS: Final = 8
"""Threads that write and sync a batch: enough for a file system to join their fsyncs into one write of its journal."""


def at_the_same_time(what: str, work: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    """The results of the work on each item, in their order. All of it has ended when the first error is raised."""
    if len(items) == 1:
        return [work(items[0])]
    futures = [_writers(os.getpid(), what).submit(work, item) for item in items]
    wait(futures)
    return [future.result() for future in futures]


@cache
def _writers(process: int, what: str) -> ThreadPoolExecutor:
    """Threads that are kept for the next batch: starting them takes longer than what they do.

    Directories have their own: they are synced under a lock for which the writers of files may wait.
    """
    return ThreadPoolExecutor(_WRITERS, thread_name_prefix=what)
