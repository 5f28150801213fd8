"""Several threads write into one store: fetching, reading and the desk do so in the service."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from archive.files import HashStore


def test_threads_that_put_and_sync_the_same_store_do_not_wait_for_each_other_for_ever(tmp_path: Path) -> None:
    store = HashStore(tmp_path / "raw")

    def put_batches(name: str) -> None:
        for number in range(20):
            batch = [f"{name} {number} {part}".encode() for part in range(12)]
            store.put_all({hashlib.sha256(data).hexdigest(): data for data in batch})
            store.sync()

    threads = [threading.Thread(target=put_batches, args=[name], daemon=True) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    assert len(list((tmp_path / "raw").glob("*/*"))) == 3 * 20 * 12
