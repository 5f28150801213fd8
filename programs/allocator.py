"""How glibc's allocator serves the threads of this process."""

from __future__ import annotations

import ctypes
from typing import Final

_ARENA_MAX: Final = -8
"""M_ARENA_MAX of mallopt(3)."""
_ARENAS: Final = 2
"""Threads of Python allocate one at a time, so that more arenas make nothing faster."""


def use_few_arenas() -> bool:
    """Lets all threads of this process share two arenas; returns whether the C library knows of arenas.

    glibc gives each thread one of its own, up to eight for each core. What a thread frees, it keeps there for itself: a
    poller whose threads fetch, receive and write letters needed 5 MB more (docs/decisions/0064).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_ARENA_MAX, _ARENAS))
