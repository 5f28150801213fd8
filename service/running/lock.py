"""One service a data directory, and one process fetching from a mailbox at a time.

The locks are flock(2): each ends with its process, however that ends (docs/decisions/0019).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from archive.storage_errors import storage_errors
from values.errors import BadUsage, JianbaoError, TryLater

_LONGEST_PID: Final = 20
"""Digits; those of the largest 64-bit number."""


@contextmanager
def sole_service(data_dir: Path) -> Iterator[None]:
    """Holds the data directory for this process. Raises BadUsage naming the process that holds it, StorageFailed."""

    def refusal(holder: str) -> BadUsage:
        return BadUsage(f"另一个服务（进程 {holder}）正在使用 {data_dir}；请先停掉它，或换一个 data_dir。")

    with _held(data_dir / "service.lock", refusal):
        yield


@contextmanager
def sole_fetching(data_dir: Path, bulletin: str) -> Iterator[None]:
    """Holds the bulletin's mailbox, so that no letter is fetched twice at once. Raises TryLater, StorageFailed."""

    def refusal(holder: str) -> TryLater:
        return TryLater(f"另一个进程（{holder}）正在收这个邮箱，这次让给它；来信由它收下，过一会儿再运行一次即可。")

    with _held(data_dir / f"poll-{bulletin}.lock", refusal):
        yield


@contextmanager
def sole_backup(folder: Path) -> Iterator[None]:
    """Holds a folder of backups, so that none is pruned while another is made. Raises TryLater, StorageFailed."""

    def refusal(holder: str) -> TryLater:
        return TryLater(f"另一个进程（{holder}）正在往 {folder} 备份；过一会儿再运行一次即可。")

    with _held(folder / "backup.lock", refusal):
        yield


@contextmanager
def _held(path: Path, refusal: Callable[[str], JianbaoError]) -> Iterator[None]:
    """refusal: the error for a lock that the process of that id holds."""
    with storage_errors(path):
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        with storage_errors(path):
            _take(lock, refusal)
        yield
    finally:
        os.close(lock)


def _take(lock: int, refusal: Callable[[str], JianbaoError]) -> None:
    """Takes the lock and writes this process's id into its file."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise refusal(os.pread(lock, _LONGEST_PID, 0).decode("ascii", "replace")) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode("ascii"), 0)
