"""One service a data directory. The lock dies with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from values.errors import BadUsage


@contextmanager
def sole_service(data_dir: Path) -> Iterator[None]:
    """Holds the data directory for this process. Raises BadUsage naming the process that has it."""
    with (data_dir / "service.lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise BadUsage(
                f"另一个服务（进程 {lock.read().strip()}）正在使用 {data_dir}；请先停掉它，或换一个 data_dir。"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
