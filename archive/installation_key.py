"""The key of an installation: 32 random octets in a file of data_dir that nobody else may read. Backups contain it.

A lost key costs little: answers to letters that were sent before are no longer recognised as such.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from archive.files import storage_errors
from values.errors import StorageFailed

KEY_FILE: Final = "installation.key"
"""In data_dir; of mode 600."""
LENGTH: Final = 32
"""Octets: as long as the digest of the HMACs that are made with it (RFC 2104 3)."""


def installation_key(data_dir: Path, random: Callable[[int], bytes]) -> bytes:
    """The key, made at the first use; of two processes that make it at once, both get the one that came first.

    random: returns that many random octets. Raises StorageFailed, also for a file that is no key.
    """
    path = data_dir / KEY_FILE
    with storage_errors(path):
        if not path.exists():
            _make(path, random(LENGTH))
        key = path.read_bytes()
    if len(key) != LENGTH:
        raise StorageFailed(f"{path} 不是完整的密钥文件。请从备份恢复它；没有备份就删去它，服务会另做一个。")
    return key


def _make(path: Path, key: bytes) -> None:
    """A file that has its name is complete and durable; one that has it already stays."""
    descriptor, temporary = tempfile.mkstemp(prefix=".part-", dir=path.parent)  # mode 600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        Path(temporary).unlink()
