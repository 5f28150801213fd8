"""The queue for requests that compute hashes of passwords: each takes 64 MiB and all processors for a tenth of a
second.

They wait here without a thread, so that the threads of the desk, and most of the processors' time, are left to the
pages of those who are logged in.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from desk.refusals import TooBusy

AT_ONCE: Final = 1
"""Requests whose hash is computed at the same time: one hash uses four threads."""
PLACES: Final = 8
"""Requests of strangers that may wait, and as many of known people besides: the last one waits about a second."""


class PasswordQueue:
    """The queue of a desk. Strangers and known people have their own places, so that a crowd of strangers does not keep
    out those who work here. Used within one event loop."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting = {True: 0, False: 0}

    def refuse_when_full(self, *, is_known: bool) -> None:
        """Raises TooBusy when all places are taken. is_known: whether somebody who is logged in, or a browser that was,
        sends the request."""
        if self._waiting[is_known] >= PLACES:
            raise TooBusy("现在登录的人太多，这次没有处理。请过几秒再试。")

    @asynccontextmanager
    async def turn(self, *, is_known: bool) -> AsyncIterator[None]:
        """Waits for the turn, which lasts until the block ends. Raises TooBusy."""
        self.refuse_when_full(is_known=is_known)
        self._waiting[is_known] += 1
        try:
            await self._turn.acquire()
        finally:
            self._waiting[is_known] -= 1
        try:
            yield
        finally:
            self._turn.release()
