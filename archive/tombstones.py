"""Tombstones: a small file for each letter whose content was removed, beside the ledger.

A ledger that is restored from an older backup does not know what was removed since. Unpacking a backup over a data
folder replaces files and removes none, so one file a letter stays where a list in one file would be replaced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from archive.files import read_file, write_new_durably
from archive.removals import RemovedLetter
from archive.storage_errors import storage_errors
from values.errors import StorageFailed
from values.letter import Removal, RemovalKind, Seal, Verdict

FOLDER: Final = "removed"
"""In data_dir; a folder for each bulletin."""
_NAME: Final = re.compile(r"[0-9a-f]{64}\.json")


def tombstone_names(data_dir: Path) -> frozenset[tuple[str, str]]:
    """(bulletin, SHA-256) of every letter that has a tombstone. Raises StorageFailed."""
    root = data_dir / FOLDER
    with storage_errors(root):
        paths = list(root.glob("*/*.json"))
    return frozenset((path.parent.name, path.stem) for path in paths if _NAME.fullmatch(path.name))


def write_tombstones(data_dir: Path, letters: Iterable[RemovedLetter]) -> None:
    """Durable when it returns; a tombstone that is there stays as it is. Raises StorageFailed."""
    for letter in letters:
        path = _path(data_dir, letter.bulletin, letter.sha256)
        write_new_durably(path, f"{json.dumps(_fields(letter), ensure_ascii=False, indent=1)}\n".encode())


def read_tombstone(data_dir: Path, bulletin: str, sha256: str) -> RemovedLetter:
    """The letter as its tombstone has it, with the id 0. Raises StorageFailed, also for a damaged file."""
    path = _path(data_dir, bulletin, sha256)
    try:
        fields = json.loads(read_file(path))
        seal = fields["seal"]
        return RemovedLetter(
            id=0,
            bulletin=bulletin,
            sha256=sha256,
            size=int(fields["size"]),
            received_at=datetime.fromisoformat(fields["received_at"]),
            verdict=Verdict(fields["verdict"]),
            seal=Seal(seal["marking"], seal["place"]) if seal else None,
            removal=Removal(
                RemovalKind(fields["kind"]), fields["who"], fields["why"], datetime.fromisoformat(fields["removed_at"])
            ),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StorageFailed(f"已删除来信的记录 {path} 损坏，读不出来。请从备份恢复这个文件。") from error


def _path(data_dir: Path, bulletin: str, sha256: str) -> Path:
    return data_dir / FOLDER / bulletin / f"{sha256}.json"


def _fields(letter: RemovedLetter) -> dict[str, object]:
    removal, seal = letter.removal, letter.seal
    return {
        "sha256": letter.sha256,
        "size": letter.size,
        "received_at": letter.received_at.isoformat(),
        "verdict": letter.verdict.value,
        "seal": {"marking": seal.marking, "place": seal.place} if seal else None,
        "kind": removal.kind.value,
        "who": removal.who,
        "why": removal.why,
        "removed_at": removal.at.isoformat(),
    }
