from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from service.backup.manifest import DamagedBackup
from service.backup.packed import check_packed, unpack


def archive_with(path: Path, *infos: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:xz") as archive:
        for info in infos:
            archive.addfile(info, io.BytesIO(bytes(info.size)))
    return path


def entry(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, target, 3 if kind == tarfile.REGTYPE else 0
    return info


@pytest.mark.parametrize(
    "info",
    [
        entry("../outside"),
        entry("/outside"),
        entry("link", tarfile.SYMTYPE, "/etc"),
        entry("hard", tarfile.LNKTYPE, "/etc/passwd"),
        entry("device", tarfile.CHRTYPE),
        entry("folder", tarfile.DIRTYPE),
    ],
)
def test_hostile_entries_are_refused_and_nothing_is_written_outside(tmp_path: Path, info: tarfile.TarInfo) -> None:
    path = archive_with(tmp_path / "b.tar.xz", info)
    into = tmp_path / "into"
    into.mkdir()
    with pytest.raises(DamagedBackup):
        unpack(path, into)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.xz", "into"]
    assert list(into.iterdir()) == []


def test_archive_without_manifest_is_incomplete(tmp_path: Path) -> None:
    with pytest.raises(DamagedBackup, match="没有清单"):
        check_packed(archive_with(tmp_path / "b.tar.xz", entry("raw/x")))


@pytest.mark.parametrize("octets", [b"", b"PK\3\4 another file", b"\xfd7zXZ\0"])
def test_other_file_is_no_backup(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "b.tar.xz").write_bytes(octets)
    with pytest.raises(DamagedBackup):
        check_packed(tmp_path / "b.tar.xz")
