"""One service a data directory. The lock dies with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.files import explained
from values.errors import BadUsage


@contextmanager
def sole_service(data_dir: Path) -> Iterator[None]:
    """Holds the data directory for this process. Raises BadUsage naming the process that has it, StorageFailed."""
    path = data_dir / "service.lock"
    with explained(path):
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        with explained(path):
            _take(lock, data_dir)
        yield
    finally:
        os.close(lock)


def _take(lock: int, data_dir: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(lock, 20, 0).decode("ascii", "replace")
        raise BadUsage(
            f"另一个服务（进程 {holder.strip()}）正在使用 {data_dir}；请先停掉它，或换一个 data_dir。"
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode("ascii"), 0)
