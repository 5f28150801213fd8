"""Backups in one folder: each file once, by its SHA-256, and a manifest for each backup; the latest n are kept.

objects/ab/<sha256>          the octets
backups/20261130T020000.json a manifest (`service.backup.manifest`)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from archive.files import (
    HashStore,
    destroy_file,
    files_below,
    read_file,
    remove_file,
    sha256_of_file,
    write_new_durably,
)
from archive.privacy import create_private
from archive.storage_errors import storage_errors
from service.backup.manifest import (
    BackupManifest,
    BackupMember,
    DamagedBackup,
    manifest_text,
    parse_manifest,
    refuse_difference,
)
from service.backup.members import HashedReader, SourceFile, member_of
from service.backup.packed import MakeManifest, copy_into
from values.errors import BadUsage, Stopped, StorageFailed
from values.stopping import never

_OBJECTS: Final = "objects"
_BACKUPS: Final = "backups"
_NAME: Final = re.compile(r"\d{8}T\d{6}\.json")


def collect(
    folder: Path, files: Iterable[SourceFile], make_manifest: MakeManifest, stopping: Callable[[], bool] = never
) -> tuple[BackupManifest, int]:
    """Copies what the folder does not have, compares all files of this backup with their SHA-256, and writes the
    manifest last. Returns it, and the octets that were copied. Raises Stopped when `stopping`, which is asked between
    files, returns True; StorageFailed; BadUsage for a second backup within a second."""
    store = HashStore(folder / _OBJECTS)
    members: list[BackupMember] = []
    copied = 0
    for source in files:
        _refuse_when(stopping)
        with storage_errors(source.file), suppress(FileNotFoundError):  # its letter was removed meanwhile
            member, is_new = _collect_file(store, source)
            members.append(member)
            copied += member.size if is_new else 0
    store.sync()
    for member in members:
        _refuse_when(stopping)
        if sha256_of_file(store.path(member.sha256)) != member.sha256:
            raise StorageFailed(f"备份文件夹 {folder} 里的 {member.sha256} 写进去又读出来不一样。请检查那个磁盘。")
    manifest = make_manifest(tuple(members))
    name = folder / _BACKUPS / f"{manifest.made_at:%Y%m%dT%H%M%S}.json"
    if not write_new_durably(name, manifest_text(manifest)):
        raise BadUsage(f"同一秒已做过一次备份（{name}）；请稍等再做。")
    return manifest, copied


def _refuse_when(stopping: Callable[[], bool]) -> None:
    if stopping():
        raise Stopped("服务正在停止，这次备份没有做完；下次启动时补做。")


def _collect_file(store: HashStore, source: SourceFile) -> tuple[BackupMember, bool]:
    """The file, and whether it was copied. An object that was altered is copied again. Raises FileNotFoundError."""
    source.file.stat()
    sha256 = sha256_of_file(source.file)
    if sha256 is not None and (path := store.path(sha256)).exists():
        if sha256_of_file(path) == sha256:
            return member_of(source, source.file.stat(), sha256), False
        remove_file(path)
    with source.file.open("rb") as file:
        reader = HashedReader(file)
        incoming = store.incoming()
        try:
            copy_into(incoming, reader)
            store.take(incoming)
        finally:
            incoming.discard()
        return member_of(source, source.file.stat(), reader.sha256), True


def prune(folder: Path, keep: int) -> int:
    """Destroys all but the latest `keep` backups, and the files that no kept one has; returns how many backups.

    Nothing is destroyed where a manifest cannot be read. Raises StorageFailed, DamagedBackup.
    """
    names = backups_in(folder)
    kept = {member.sha256 for name in names[-keep:] for member in _earlier(name).members}
    for name in names[:-keep]:
        remove_file(name)
    for path in files_below(folder / _OBJECTS):
        if path.name not in kept:
            destroy_file(path)
    return len(names[:-keep])


def _earlier(name: Path) -> BackupManifest:
    try:
        return parse_manifest(read_file(name))
    except DamagedBackup as error:
        raise DamagedBackup(
            f"这次的备份已做好，但以前一次的清单 {name} 损坏，旧备份都没有清理。请把这个清单移走。"
        ) from error


def backups_in(folder: Path) -> list[Path]:
    """The manifests of a folder's backups, the latest last; [] for a folder without any. Raises StorageFailed."""
    root = folder / _BACKUPS
    with storage_errors(root):
        return sorted(path for path in root.glob("*.json") if _NAME.fullmatch(path.name))


def fetch(manifest_file: Path, into: Path) -> BackupManifest:
    """Copies the files of a backup below the folder `into`. Not synced. Raises DamagedBackup, StorageFailed."""
    manifest = parse_manifest(read_file(manifest_file))
    store = HashStore(manifest_file.parent.parent / _OBJECTS)
    present: list[BackupMember] = []
    for member in manifest.members:
        target, source = into / member.path, store.path(member.sha256)
        if not source.is_file():
            raise DamagedBackup(f"备份已损坏：{source} 不见了（{member.path}），没有恢复。请换一份备份。")
        with storage_errors(target):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with source.open("rb") as file, create_private(target) as out:
                reader = HashedReader(file)
                size = 0
                while piece := reader.read(1 << 20):
                    size += out.write(piece)
        present.append(BackupMember(member.path, size, reader.sha256, False))
    refuse_difference(manifest, present)
    return manifest
