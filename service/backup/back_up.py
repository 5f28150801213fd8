"""`backup`: all that the service keeps, consistent while it runs, compared with itself after writing."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from archive.database import DatabaseServer, Ledger
from archive.files import make_directory, remove_file, remove_leftovers
from archive.ledger_format import format_of
from archive.ledger_mark import refuse_other_directory
from archive.privacy import create_private
from archive.recorded_files import RecordedFile, RecordedKind
from archive.snapshot import copy_ledger, recorded_in
from archive.storage_errors import storage_errors
from archive.unfinished_restore import refuse_unfinished
from service.backup.collected import collect, prune
from service.backup.last_backup import LastBackup, record_backup
from service.backup.manifest import BackupManifest, BackupMember
from service.backup.members import sources
from service.backup.packed import check_packed, pack
from service.running.lock import sole_backup
from values.errors import BadUsage
from values.stopping import never
from values.version import VERSION

_SUFFIX: Final = ".tar.xz"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made and read back."""

    manifest: BackupManifest
    target: Path
    """The file, or the folder of all backups."""
    octets: int
    """Of the file, or those that were copied into the folder."""
    pruned: int
    """Earlier backups that were removed from the folder."""
    problems: tuple[str, ...]
    """Chinese: what the ledger records and the backup does not have as recorded, because the data directory has not."""


def back_up_to_file(server: DatabaseServer, data_dir: Path, target: Path, now: Callable[[], datetime]) -> BackedUp:
    """Makes one file. server: where the ledger is. target: its path, or a folder, in which it gets a name with the
    time.

    Raises BadUsage for a path that exists, or is within the data directory; StorageFailed.
    """
    if target.is_dir():
        target = target / f"jianbao-{now():%Y%m%d-%H%M%S}{_SUFFIX}"
    refuse_unfinished(data_dir)
    _refuse_inside(data_dir, target)
    if not target.name.endswith(_SUFFIX):
        raise BadUsage(f"备份文件的名字要以 {_SUFFIX} 结尾，或者给一个已有的文件夹；{target} 两样都不是。")
    if target.exists():
        raise BadUsage(f"{target} 已经有了，没有覆盖。请换一个名字。")
    make_directory(target.parent)
    unfinished = target.with_name(f".part-{secrets.token_hex(8)}")
    with storage_errors(target), _ledger_copy(server, data_dir) as copy:
        format, recorded = recorded_in(copy)
        at = now()
        try:
            with create_private(unfinished) as file:
                manifest = pack(file, sources(data_dir, copy), lambda members: _manifest(members, format, at))
                file.flush()
                os.fsync(file.fileno())
            check_packed(unfinished)
            os.link(unfinished, target)  # refuses a file that has appeared meanwhile
        finally:
            unfinished.unlink(missing_ok=True)
        size = target.stat().st_size
    record_backup(data_dir, LastBackup(at, str(target)))
    return BackedUp(manifest, target, size, 0, tuple(_missing(manifest, recorded)))


def back_up_to_folder(
    server: DatabaseServer,
    data_dir: Path,
    folder: Path,
    keep: int,
    now: Callable[[], datetime],
    stopping: Callable[[], bool] = never,
) -> BackedUp:
    """Adds a backup to the folder, in which each file is stored once, and keeps the latest `keep`.

    stopping: asked between files. What an earlier one that was killed has left half-written is removed. Raises BadUsage
    for a folder within the data directory; TryLater while another process makes one there; Stopped; StorageFailed;
    DamagedBackup for an earlier one that cannot be read: this one is made then, and none removed.
    """
    refuse_unfinished(data_dir)
    _refuse_inside(data_dir, folder)
    make_directory(folder)
    with sole_backup(folder), _ledger_copy(server, data_dir) as copy:
        remove_leftovers(folder, now())
        format, recorded = recorded_in(copy)
        at = now()
        files = sources(data_dir, copy)
        manifest, octets = collect(folder, files, lambda members: _manifest(members, format, at), stopping)
        record_backup(data_dir, LastBackup(at, str(folder)))  # first: else a failure below repeats the backup each tick
        pruned = prune(folder, keep)
    return BackedUp(manifest, folder, octets, pruned, tuple(_missing(manifest, recorded)))


def _refuse_inside(data_dir: Path, target: Path) -> None:
    if target.resolve().is_relative_to(data_dir.resolve()):
        raise BadUsage(f"{target} 在数据文件夹里面：磁盘坏了会一起丢。请备份到别的磁盘或机器。")


def _refuse_files_of_another(server: DatabaseServer, data_dir: Path) -> None:
    """Raises BadUsage for a ledger on a server where the data directory is not mounted, or is another one: a backup
    without the files would take the place of a good one."""
    if server.in_directory:
        return
    with closing(Ledger(server)) as ledger, ledger.reading() as transaction:
        if format_of(transaction) is not None:
            refuse_other_directory(transaction, server.shown, data_dir)


@contextmanager
def _ledger_copy(server: DatabaseServer, data_dir: Path) -> Iterator[Path]:
    """A copy of the ledger in the data directory, which others cannot enter; removed at the end."""
    _refuse_files_of_another(server, data_dir)
    copy = data_dir / f".part-ledger-{secrets.token_hex(8)}"
    try:
        copy_ledger(server, copy)
        yield copy
    finally:
        for suffix in ("", "-wal", "-shm"):
            remove_file(copy.with_name(copy.name + suffix))


def _manifest(members: tuple[BackupMember, ...], format: str | None, at: datetime) -> BackupManifest:
    return BackupManifest(VERSION, format or "", at, members)


def _missing(manifest: BackupManifest, recorded: frozenset[RecordedFile]) -> Iterator[str]:
    present = {member.path: member.sha256 for member in manifest.members}
    removed = {Path(path).stem for path in present if path.startswith("removed/")}
    for file in sorted(recorded, key=lambda file: (file.kind, file.name)):
        path = _path(file)
        if file.sha256 in removed or present.get(path) == file.sha256:
            continue
        state = "与入库时不同" if path in present else "不见了"
        yield f"{path} {state}，备份里也是这样。请运行 verify 查明，再从以前的备份恢复它。"


def _path(file: RecordedFile) -> str:
    match file.kind:
        case RecordedKind.LETTER:
            return f"raw/{file.name[:2]}/{file.name}.eml"
        case RecordedKind.PICTURE | RecordedKind.SCAN:
            return f"media/{file.name[:2]}/{file.name}"
        case _:
            return file.name
