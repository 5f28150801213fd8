"""Which files of a data directory belong into a backup, and their octets."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from archive.files import files_below, is_final
from archive.ledger_mark import MARK_FILE
from archive.storage_errors import storage_errors
from archive.tombstones import FOLDER as TOMBSTONES
from archive.unfinished_restore import UNFINISHED_FILE
from service.backup.manifest import BackupMember
from service.office import COPY_PREFIX, DATABASE

RESTORED_FILE: Final = "restored.json"
"""In data_dir: the outbox and the numbers wait for an administrator (`service.backup.hold`)."""
BACKUPS_FILE: Final = "backups.json"
"""In data_dir: when the last backup was made (`service.backup.last_backup`)."""
UNPACKING: Final = ".restoring"
"""In data_dir: what `restore` has unpacked and not yet put in place."""
_LEFT_OUT: Final = frozenset(
    {"previews", RESTORED_FILE, BACKUPS_FILE, UNPACKING, UNFINISHED_FILE, MARK_FILE, "first-administrator-link.txt"}
)
"""What is made again, or holds for this data directory alone."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be backed up."""

    path: str
    """Relative to data_dir, with "/": its name in the backup."""
    file: Path
    """Where its octets are; the ledger's are in a copy."""


class HashedReader:
    """Reads a file once, and knows its SHA-256 afterwards."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Up to `size` octets, b"" at the end."""
        data = self._file.read(size)
        self._hash.update(data)
        return data

    @property
    def sha256(self) -> str:
        """Of the octets read so far."""
        return self._hash.hexdigest()


def sources(data_dir: Path, ledger_copy: Path) -> Iterator[SourceFile]:
    """The ledger first, then the files that it may refer to, the tombstones last: a letter that is removed while the
    backup is made has no file any more, but a tombstone. Raises StorageFailed."""
    yield SourceFile(DATABASE, ledger_copy)
    with storage_errors(data_dir):
        entries = sorted(data_dir.iterdir(), key=lambda entry: (entry.name == TOMBSTONES, entry.name))
    for entry in entries:  # one may be a link to a folder on another disk
        name = entry.name
        if name in _LEFT_OUT or name.startswith((DATABASE, ".part-", COPY_PREFIX)) or name.endswith(".lock"):
            continue
        for path in files_below(entry) if entry.is_dir() else [entry]:
            yield SourceFile(path.relative_to(data_dir).as_posix(), path)


def member_of(source: SourceFile, stat: os.stat_result, sha256: str) -> BackupMember:
    """stat: of the file that was read."""
    return BackupMember(source.path, stat.st_size, sha256, is_final(stat))
