"""The key of an installation: 32 random octets in a file of data_dir that nobody else may read. Backups contain it.

A lost key costs little: answers to letters that were sent before are no longer recognised as such.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from archive.files import read_file, write_new_durably
from archive.storage_errors import storage_errors
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
        exists = path.exists()
    if not exists:
        write_new_durably(path, random(LENGTH))
    key = read_file(path)
    if len(key) != LENGTH:
        raise StorageFailed(f"{path} 不是完整的密钥文件。请从备份恢复它；没有备份就删去它，服务会另做一个。")
    return key
