"""Durable writing of files.

A file that has its name is complete: it is written under a temporary name in the same directory, fsynced and renamed.
It is reported as stored only after its directory was fsynced too: without that, a power cut may undo the renaming
(fsync(2)). Directories are synced together (`sync`), since the letters of a batch share them.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from archive.at_the_same_time import at_the_same_time
from archive.storage_errors import storage_errors
from values.errors import FileAltered, StorageFailed

_HALF_WRITTEN: Final = ".part-"
"""What temporary names begin with."""
_LOST_ITS_NAME: Final = f"{_HALF_WRITTEN}gone-"
"""What the temporary names of files begin with that are being destroyed."""
_ZEROS: Final = 1 << 20
"""Octets that are overwritten at once."""


class IncomingFile:
    """A file that is being written for a `HashStore`, hashed as it is written; `HashStore.take` or `discard` ends it.

    Every method but `discard` raises StorageFailed.
    """

    def __init__(self, directory: Path) -> None:
        self._hash = hashlib.sha256()
        self.size = 0
        """Octets written so far."""
        with storage_errors(directory):
            _make(directory)
            descriptor, temporary = tempfile.mkstemp(prefix=_HALF_WRITTEN, dir=directory)
        self._path = Path(temporary)
        self._file = os.fdopen(descriptor, "w+b")

    @property
    def sha256(self) -> str:
        """Of the octets written so far."""
        return self._hash.hexdigest()

    def write(self, data: bytes) -> None:
        """Appends the octets."""
        self._hash.update(data)
        self.size += len(data)
        with storage_errors(self._path):
            self._file.write(data)

    def head(self, octets: int) -> bytes:
        """The first octets of the file."""
        with storage_errors(self._path):
            self._file.flush()
            return os.pread(self._file.fileno(), octets, 0)

    def finish(self) -> Path:
        """Makes the octets durable; returns the temporary file, which the caller renames."""
        with storage_errors(self._path), self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
        return self._path

    def destroy(self) -> None:
        """Overwrites and deletes the file; `discard` may follow."""
        with storage_errors(self._path):
            self._file.close()
        destroy_file(self._path)

    def discard(self) -> None:
        """Deletes the file. May be called at any time, also after `HashStore.take`, where it changes nothing."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):  # `remove_leftovers` deletes it later
            self._path.unlink(missing_ok=True)


class HashStore:
    """Files named by the SHA-256 of their octets, as root/ab/<sha256><suffix>. No file in it ever changes.

    May be shared by threads.
    """

    def __init__(self, root: Path, suffix: str = "") -> None:
        self.root = root
        self._suffix = suffix
        self._unsynced: set[Path] = set()
        self._lock = threading.Lock()

    def put(self, data: bytes) -> str:
        """Stores the octets unless the store has them; returns their SHA-256. Durable after the next `sync`.

        Raises StorageFailed.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        self._put_as(sha256, data)
        return sha256

    def _put_as(self, sha256: str, data: bytes) -> None:
        path = self.path(sha256)
        with storage_errors(path):
            if not path.exists():
                _write_new(path, data)
        self._note_unsynced(path)

    def incoming(self) -> IncomingFile:
        """A new file to be written piece by piece, for what is too large for memory. Raises StorageFailed."""
        return IncomingFile(self.root)

    def take(self, incoming: IncomingFile) -> str:
        """`put` for a file that was written piece by piece and is complete."""
        path = self.path(incoming.sha256)
        temporary = incoming.finish()
        with storage_errors(path):
            if path.exists():
                temporary.unlink()
            else:
                _make(path.parent)
                temporary.replace(path)
        self._note_unsynced(path)
        return incoming.sha256

    def put_all(self, batch: Mapping[str, bytes]) -> None:
        """`put` for many at once, by their SHA-256: file systems join simultaneous fsyncs into one write of their
        journal. The names are trusted: a letter or picture of 100 kB takes longer to hash than all else here."""
        at_the_same_time("files", lambda item: self._put_as(*item), list(batch.items()))

    def sync(self) -> None:
        """Makes every `put` so far survive a power cut. Raises StorageFailed."""
        with self._lock, storage_errors(self.root):
            at_the_same_time("directories", _sync_directory, list(self._unsynced))
            self._unsynced.clear()

    def _note_unsynced(self, path: Path) -> None:
        with self._lock:  # a process that made file or directories may have been killed before syncing them
            self._unsynced.update((path.parent, self.root, self.root.parent))

    def path(self, sha256: str) -> Path:
        """Where the file of that name is, or would be."""
        return self.root / sha256[:2] / (sha256 + self._suffix)

    def read(self, sha256: str) -> bytes:
        """The octets of a file. Raises StorageFailed as `read_file`, FileAltered when they are not those stored."""
        return read_unaltered(self.path(sha256), sha256)

    def destroy(self, sha256: str) -> bool:
        """`destroy_file` for the file of that name."""
        return destroy_file(self.path(sha256))

    def put_missing(self, batch: Mapping[str, bytes]) -> None:
        """Stores those of the octets that the store has not, by their SHA-256, durably. Raises StorageFailed."""
        missing = {sha256: data for sha256, data in batch.items() if not self.path(sha256).exists()}
        if missing:
            self.put_all(missing)
            self.sync()

    def head(self, sha256: str, octets: int) -> bytes:
        """The first octets of a file. Raises StorageFailed as `read`."""
        path = self.path(sha256)
        with storage_errors(path), path.open("rb") as file:
            return file.read(octets)

    def size(self, sha256: str) -> int:
        """Octets of a file. Raises StorageFailed as `read`."""
        path = self.path(sha256)
        with storage_errors(path):
            return path.stat().st_size


def destroy_file(path: Path) -> bool:
    """Overwrites the octets of a file and removes it, durably; returns whether there was one. Raises StorageFailed.

    It loses its name first: whoever stores the same octets meanwhile finds no file of that name with other ones. Killed
    at any moment and called again, it goes on, as does `finish_destroying`; two processes may call it at the same time.
    A link is removed, not what it points to. A disk that writes elsewhere than it was asked to (an SSD, a file system
    that copies on write or keeps snapshots) may keep the octets.
    """
    nameless = path.with_name(_LOST_ITS_NAME + hashlib.sha256(path.name.encode()).hexdigest())
    with storage_errors(path):
        destroyed = _overwrite_and_remove(nameless)  # one that was killed has left it
        with suppress(FileNotFoundError):  # another process has just destroyed it, or there was none
            if path.is_symlink():
                path.unlink()
            else:
                path.rename(nameless)
            _sync_directory(path.parent)
            _overwrite_and_remove(nameless)
            destroyed = True
    return destroyed


def finish_destroying(root: Path) -> None:
    """Destroys the files under `root` that `destroy_file` has taken the name from and not destroyed: it was killed.

    Raises StorageFailed.
    """
    with storage_errors(root):
        for path in root.glob(f"**/{_LOST_ITS_NAME}*"):
            _overwrite_and_remove(path)


def remove_leftovers(root: Path, before: datetime) -> None:
    """Destroys half-written files under `root`, last written before `before`: their writers were killed.

    Raises StorageFailed.
    """
    with storage_errors(root):
        for leftover in root.glob(f"**/{_HALF_WRITTEN}*"):
            with suppress(FileNotFoundError):  # its writer has just renamed it
                if leftover.stat().st_mtime < before.timestamp():
                    destroy_file(leftover)


def write_durably(path: Path, data: bytes) -> None:
    """Writes a whole file, replacing a file of that name; durable when it returns.

    Raises StorageFailed, also when the file of that name is final (`make_read_only`): such a one is never replaced.
    """
    _write(path, data)
    with storage_errors(path):
        _sync_directory(path.parent)


def write_state(data_dir: Path, name: str, data: bytes) -> None:
    """Writes a file into the data directory, replacing one of that name; durable when it returns.

    Raises StorageFailed, also where there is no data directory: one that is made anew in place of a disk that is not
    mounted would stand in its way.
    """
    path = data_dir / name
    with storage_errors(path):
        temporary = _write_temporary(data_dir, data)
        with _unlinked_on_error(temporary):
            temporary.replace(path)
        _sync_directory(data_dir)


def write_new_durably(path: Path, data: bytes) -> bool:
    """Writes a whole file; durable when it returns. Returns False when one of that name exists, which stays as it is.

    Of two processes that write it at the same time, the first one does. Raises StorageFailed.
    """
    with storage_errors(path):
        _make(path.parent)
        temporary = _write_temporary(path.parent, data)
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
        finally:
            temporary.unlink()
        _sync_directory(path.parent)
    return True


def remove_file(path: Path) -> None:
    """Removes the file, if there is one; durable when it returns. Raises StorageFailed."""
    with storage_errors(path):
        if path.exists():
            path.unlink()
            _sync_directory(path.parent)


def sha256_of_file(path: Path) -> str | None:
    """SHA-256 of the file's octets, read piece by piece; None when there is none. Raises StorageFailed."""
    with storage_errors(path), suppress(FileNotFoundError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return None


def files_below(root: Path) -> Iterator[Path]:
    """The complete files in the folder and its subfolders, none for a missing folder. Raises StorageFailed.

    Symbolic links are files of their own: what they point to is not looked into.
    """
    with storage_errors(root):
        for path in sorted(root.rglob("*")):
            if (path.is_symlink() or not path.is_dir()) and not path.name.startswith(_HALF_WRITTEN):
                yield path


def read_file(path: Path) -> bytes:
    """The octets of a file. Raises StorageFailed when it is missing or cannot be read."""
    with storage_errors(path):
        return path.read_bytes()


def read_unaltered(path: Path, sha256: str) -> bytes:
    """The octets of a file that has this SHA-256. Raises StorageFailed as `read_file`, FileAltered as `unaltered`."""
    return unaltered(read_file(path), sha256, path.name)


def unaltered(data: bytes, sha256: str, name: str) -> bytes:
    """The octets. Raises FileAltered when their SHA-256 is another. name: what they are, for the sentence."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileAltered(
            f"{name} 与入库时不同：文件被改动过，或磁盘坏了，所以没有交出。请维护人员运行 verify 查明，再从备份恢复。"
        )
    return data


def make_read_only(path: Path) -> None:
    """Takes the file's write permission away. Raises StorageFailed, also when there is no such file."""
    with storage_errors(path):
        path.chmod(0o440)


def is_final(stat: os.stat_result) -> bool:
    """Whether nobody has the permission to write to the file (`make_read_only`); root could all the same."""
    return not stat.st_mode & 0o222


def make_directory(path: Path) -> None:
    """Makes a private directory with its parents, if it does not exist; durable. Raises StorageFailed."""
    with storage_errors(path):
        _make(path)


def _overwrite_and_remove(path: Path) -> bool:
    """Returns whether there was such a file."""
    try:
        path.chmod(0o600)
        with path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(bytes(min(left, _ZEROS)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return False
    _sync_directory(path.parent)
    return True


def _write(path: Path, data: bytes) -> None:
    with storage_errors(path):
        if path.exists() and is_final(path.stat()):
            raise StorageFailed(
                f"{path} 是已经定稿的只读文件，没有覆盖。台账里没有它，可能恢复过旧的备份；"
                "请运行 verify 查明，确实无用再由人移走。"
            )
        _write_new(path, data)


def _write_new(path: Path, data: bytes) -> None:
    """Writes a file of which there is no final one. Raises OSError."""
    _make(path.parent)
    temporary = _write_temporary(path.parent, data)
    with _unlinked_on_error(temporary):
        temporary.replace(path)


def _write_temporary(directory: Path, data: bytes) -> Path:
    """A file of mode 600 with the octets, which are on the disk."""
    descriptor, name = tempfile.mkstemp(prefix=_HALF_WRITTEN, dir=directory)
    temporary = Path(name)
    with _unlinked_on_error(temporary), os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return temporary


@contextmanager
def _unlinked_on_error(temporary: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _make(directory: Path) -> None:
    if directory.is_dir():
        return
    _make(directory.parent)
    directory.mkdir(mode=0o700, exist_ok=True)
    _sync_directory(directory.parent)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
