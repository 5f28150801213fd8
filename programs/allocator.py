"""How glibc's allocator serves the threads of this process."""

from __future__ import annotations

import ctypes
from typing import Final

_ARENA_MAX: Final = -8
"""M_ARENA_MAX of mallopt(3)."""
_ARENAS: Final = 2
"""Threads of Python allocate one at a time, so that more arenas make nothing faster."""

_MMAP_THRESHOLD: Final = -3
"""M_MMAP_THRESHOLD of mallopt(3)."""
_SEPARATE: Final = 256 * 1024
"""Bytes from which a block is mapped alone, and given back to the system when it is freed. glibc raises its own limit
to the size of what was freed, up to 32 MB, so that batches of letters stayed in an arena for good."""

_SETTINGS: Final = ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _SEPARATE))


def use_few_arenas() -> bool:
    """Lets all threads of this process share two arenas without large blocks; returns whether the C library knows of
    arenas.

    glibc gives each thread one of its own, up to eight for each core. What a thread frees, it keeps there for itself: a
    poller whose threads fetch, receive and write letters needed 5 MB more (docs/decisions/0064).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and all(mallopt(*setting) for setting in _SETTINGS)


def return_free_memory() -> None:
    """Gives free pages of all arenas back to the system, after much work; does nothing where the C library cannot."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
