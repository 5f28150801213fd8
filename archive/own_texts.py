"""The file that holds what an office's own past issues write (`train`): a line of JSON, then octets of the checks.

It is written whole under another name and renamed, so that a reader has the file before or the one after.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from archive.files import read_file, remove_file, write_durably
from archive.storage_errors import storage_errors

OWN_TEXTS_FILE: Final = "own-texts.bin"
"""In data_dir; backups contain it."""
_VERSION: Final = 1
"""Of the form of the file; raised when another version of the program could not read it."""


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """What was learned, and from what."""

    files: int
    """Files that were read, in all runs."""
    characters: int
    """Chinese characters and others that were read, in all runs."""
    sequences: int
    trained_at: str
    """When it was last trained, ISO 8601."""
    octets: bytes = b""
    """As the checks packed the sequences."""


NO_OWN_TEXTS: Final = OwnTexts(0, 0, 0, "")


def own_texts(data_dir: Path) -> OwnTexts:
    """What the office has trained; nothing where there is no file, or one that is damaged or of another version: the
    checks then work as before. Raises StorageFailed when the file cannot be read."""
    path = data_dir / OWN_TEXTS_FILE
    with storage_errors(path):
        if not path.exists():
            return NO_OWN_TEXTS
        stat = path.stat()
    return _read(path, stat.st_mtime_ns, stat.st_size, stat.st_ino) or NO_OWN_TEXTS


def own_texts_are_damaged(data_dir: Path) -> bool:
    """Whether there is a file that cannot be used. Raises StorageFailed."""
    path = data_dir / OWN_TEXTS_FILE
    with storage_errors(path):
        exists = path.exists()
    return exists and _parsed(read_file(path)) is None


@lru_cache(maxsize=2)  # a file that is replaced has another time, size or inode
def _read(path: Path, _modified: int, _size: int, _inode: int) -> OwnTexts | None:
    return _parsed(read_file(path))


def _parsed(data: bytes) -> OwnTexts | None:
    """None for octets that `write_own_texts` has not written, or has in another version."""
    head, _, octets = data.partition(b"\n")
    try:
        stored = json.loads(head)
        texts = OwnTexts(stored["files"], stored["characters"], stored["sequences"], stored["trained_at"], octets)
        is_whole = stored["version"] == _VERSION and stored["sha256"] == hashlib.sha256(octets).hexdigest()
    except (ValueError, KeyError, TypeError):
        return None
    return texts if is_whole else None


def write_own_texts(data_dir: Path, texts: OwnTexts) -> None:
    """Replaces the file; durable when it returns. Raises StorageFailed."""
    head = asdict(texts)
    octets = head.pop("octets")
    head |= {"version": _VERSION, "sha256": hashlib.sha256(octets).hexdigest()}
    write_durably(data_dir / OWN_TEXTS_FILE, json.dumps(head).encode() + b"\n" + octets)


def forget_own_texts(data_dir: Path) -> None:
    """Removes the file, if there is one. Raises StorageFailed."""
    remove_file(data_dir / OWN_TEXTS_FILE)
