"""What a backup contains: its manifest, written beside the files and read back by `restore`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Final

from service.office import DATABASE
from values.errors import BadUsage

FORM: Final = 1
"""Of the manifest; a later form that this version cannot read has a higher number."""
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class DamagedBackup(BadUsage):
    """The file or folder is no backup, or not as it was written; nothing was restored."""


@dataclass(frozen=True, slots=True)
class BackupMember:
    """A file in a backup."""

    path: str
    """Relative to data_dir, with "/"."""
    size: int
    """Octets."""
    sha256: str
    is_final: bool
    """Whether it was read-only, as the files of a signed-off issue are."""


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """The contents of a backup."""

    version: str
    """Of the program that made it."""
    ledger_format: str
    """Of the ledger in it (`archive.ledger_format`)."""
    made_at: datetime
    """When the ledger was copied; aware."""
    members: tuple[BackupMember, ...]
    """The ledger first."""

    @property
    def size(self) -> int:
        """Octets of all files."""
        return sum(member.size for member in self.members)


def manifest_text(manifest: BackupManifest) -> bytes:
    """The manifest as JSON."""
    fields = asdict(manifest) | {"form": FORM, "made_at": manifest.made_at.isoformat()}
    return f"{json.dumps(fields, ensure_ascii=False, indent=1)}\n".encode()


def parse_manifest(text: bytes) -> BackupManifest:
    """Raises DamagedBackup for what no backup wrote, and BadUsage for the manifest of a later version."""
    try:
        fields = json.loads(text)
        form = int(fields["form"])
        if form <= FORM:
            return _parsed(fields)
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedBackup(f"备份的清单读不出来（{type(error).__name__}），没有恢复。请换一份备份。") from error
    raise BadUsage(f"这份备份是更新的版本（{fields.get('version')}）做的。请换用那个版本恢复。")


def _parsed(fields: Mapping[str, Any]) -> BackupManifest:
    """Raises ValueError, KeyError or TypeError."""
    made_at = datetime.fromisoformat(fields["made_at"])
    if made_at.tzinfo is None:
        raise ValueError("a time without a zone")
    members = tuple(map(_member, fields["members"]))
    if not members or members[0].path != DATABASE or len({member.path for member in members}) < len(members):
        raise ValueError("no ledger, or a file twice")
    return BackupManifest(str(fields["version"]), str(fields["ledger_format"]), made_at, members)


def _member(fields: Mapping[str, Any]) -> BackupMember:
    member = BackupMember(
        check_path(str(fields["path"])), int(fields["size"]), str(fields["sha256"]), bool(fields["is_final"])
    )
    if not _SHA256.fullmatch(member.sha256):
        raise ValueError("no SHA-256")
    return member


def check_path(path: str) -> str:
    """The path, when it leads to a file below data_dir. Raises ValueError for any other."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or str(PurePosixPath(path)) != path or "\0" in path:
        raise ValueError(f"a path outside of the data folder: {path!r}")
    return path


def refuse_difference(manifest: BackupManifest, present: Iterable[BackupMember]) -> None:
    """Raises DamagedBackup where the files are not those of the manifest."""
    expected = {member.path: (member.size, member.sha256) for member in manifest.members}
    actual = {member.path: (member.size, member.sha256) for member in present}
    differing = sorted(path for path in expected.keys() | actual.keys() if expected.get(path) != actual.get(path))
    if differing:
        raise DamagedBackup(
            f"备份已损坏：{'、'.join(differing[:5])} 等 {len(differing)} 个文件与清单不符，没有恢复。请换一份备份。"
        )
