"""`restore`: a data directory made again from a backup. The ledger comes last: a restore that is killed leaves none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.changes import NewChange, record_change
from archive.database import DatabaseServer, Ledger
from archive.files import is_final, make_directory, make_read_only, sha256_of_file
from archive.ledger_format import FORMAT
from archive.migrate import migrate
from archive.placing import place_ledger
from archive.privacy import refuse_directory_of_another
from archive.sqlite_file import SqliteFile
from archive.storage_errors import storage_errors
from archive.tombstones import FOLDER as TOMBSTONES
from archive.unfinished_restore import begin_restore, end_restore, is_unfinished
from service.backup.collected import backups_in, fetch
from service.backup.hold import RestoredState, hold
from service.backup.manifest import BackupManifest
from service.backup.members import UNPACKING
from service.backup.packed import unpack
from service.letters.receive import ReportProgress, no_progress
from service.office import DATABASE, Office, ledger_server, open_office
from service.people.end_access import end_restored_access
from service.rebuilding.taking_back import TakenBack, take_back
from service.removal.finish import destroy_removed_files
from service.removal.recall import recall_removed
from service.renaming.former_ids import RENAMED_FILE
from service.running.lock import sole_service
from settings.model import Settings
from values.errors import BadUsage, JianbaoError


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored."""

    manifest: BackupManifest
    format_before: str
    """Of the ledger in the backup; another than the present one: it was migrated."""
    removed: int
    """Letters of the backup that were erased or destroyed after it, and are so again."""
    taken: TakenBack
    """Letters and issues that were in the data directory and are newer than the backup."""
    ended_tokens: int
    """Tokens of the API that were valid in the backup and are revoked now."""
    problems: tuple[str, ...]
    """Chinese sentences."""


def restore(
    settings: Settings,
    source: Path,
    now: Callable[[], datetime],
    environ: Mapping[str, str],
    report: ReportProgress = no_progress,
) -> Restored:
    """Restores into the data directory of the settings, in which there is no ledger.

    source: a backup file, a folder of backups (the latest is taken), or a manifest in such a folder. Files that are in
    the directory stay: tombstones (`removed/`), and letters and issues that are newer, which the ledger gets again.
    Letters out and sign-offs are held (`service.backup.hold`); sessions, invitations and tokens end. Killed at
    any moment, it is to be run again, and every other command says so (`archive.unfinished_restore`).
    Raises BadUsage where there is a ledger or a service runs, for the backup of a later version, and as
    `refuse_directory_of_another`; DamagedBackup; StorageFailed. Nothing was changed then.
    """
    data_dir = settings.service.data_dir
    _refuse_missing(source)
    make_directory(data_dir)
    refuse_directory_of_another(data_dir, os.geteuid())
    with sole_service(data_dir):
        server = ledger_server(settings, environ)
        if server.holds_tables() and not is_unfinished(data_dir):
            raise BadUsage(
                f"数据文件夹 {data_dir} 已有台账（{server.shown}），没有恢复。确实要用备份代替它的，先停服务，"
                f"把台账移到别处（removed/ 要留下：删除过的来信靠它不再回来）。"
            )
        manifest, problems = _put_in_place(server, data_dir, source, now)
        with open_office(settings, now, environ, restoring=True) as office:
            removed = recall_removed(office)
            destroy_removed_files(office)
            taken = take_back(office, report)
            _record(office, manifest)
            ended_tokens = end_restored_access(office)
        end_restore(data_dir)
    return Restored(manifest, manifest.ledger_format, removed, taken, ended_tokens, (*problems, *taken.problems))


def _refuse_missing(source: Path) -> None:
    if not source.exists():
        raise BadUsage(f"没有备份 {source}。请检查路径。")
    if source.is_dir() and not backups_in(source):
        raise BadUsage(f"文件夹 {source} 里没有备份。请给出备份文件，或 backup --to 用的那个文件夹。")


def _put_in_place(
    server: DatabaseServer, data_dir: Path, source: Path, now: Callable[[], datetime]
) -> tuple[BackupManifest, list[str]]:
    unpacked = data_dir / UNPACKING
    _clear(unpacked)
    is_repeated = is_unfinished(data_dir)
    begin_restore(data_dir)
    try:
        try:
            manifest = _prepared(source, unpacked)
        except JianbaoError:
            if not is_repeated:  # nothing was changed; a killed one before it may have moved files
                end_restore(data_dir)
            raise
        with storage_errors(data_dir):
            problems = list(_move_files(manifest, unpacked, data_dir))
            os.sync()  # one for all files: each by itself would take minutes
            hold(data_dir, RestoredState(manifest.made_at, now()))
        place_ledger(SqliteFile(unpacked / DATABASE), server, data_dir)
    finally:
        _clear(unpacked)
    return manifest, problems


def _prepared(source: Path, unpacked: Path) -> BackupManifest:
    """Unpacks the backup and brings its ledger to this version."""
    with storage_errors(unpacked):
        unpacked.mkdir(mode=0o700)
        manifest = _unpack(source, unpacked)
    with closing(Ledger(SqliteFile(unpacked / DATABASE))) as ledger:
        migrate(ledger)
    return manifest


def _unpack(source: Path, into: Path) -> BackupManifest:
    if source.is_dir():
        return fetch(backups_in(source)[-1], into)
    return fetch(source, into) if source.suffix == ".json" else unpack(source, into)


def _clear(folder: Path) -> None:
    with storage_errors(folder):
        if folder.exists():
            shutil.rmtree(folder)


def _move_files(manifest: BackupManifest, unpacked: Path, data_dir: Path) -> Iterator[str]:
    """Moves all files but the ledger; yields a sentence for each that is not as in the backup.

    Those of letters that were removed after it too: another bulletin may have the same letter still, and what none has
    is overwritten by `destroy_removed_files`.
    """
    for member in manifest.members:
        source, target = unpacked / member.path, data_dir / member.path
        stays = member.path.startswith(f"{TOMBSTONES}/") or member.path == RENAMED_FILE
        if member.path == DATABASE or (stays and target.exists()):
            continue
        if target.exists() and is_final(target.stat()):
            if sha256_of_file(target) != member.sha256:
                yield f"{member.path} 已有一份定稿，与备份里的不同，没有覆盖。请运行 verify 查明。"
            continue
        make_directory(target.parent)
        source.replace(target)
        if member.is_final:
            make_read_only(target)


def _record(office: Office, manifest: BackupManifest) -> None:
    made_at = f"{office.local(manifest.made_at):%Y-%m-%d %H:%M}"
    summary = f"从 {made_at} 的备份恢复（版本 {manifest.version}，数据版本 {manifest.ledger_format} → {FORMAT}）"
    with office.ledger.writing() as ledger:
        for bulletin in office.settings.bulletins:
            record_change(ledger, NewChange(bulletin.id, "restore", "ledger", 0, summary, office.now()))
