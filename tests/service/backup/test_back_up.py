from __future__ import annotations

import os
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.backup.back_up import BackedUp, back_up_to_file, back_up_to_folder
from service.backup.collected import backups_in
from service.backup.last_backup import last_backup
from service.backup.manifest import DamagedBackup
from service.backup.packed import check_packed
from service.office import DATABASE, Office
from service.running.lock import sole_backup
from tests.support.offices import SHANGHAI, Clock, hand_in
from values.errors import BadUsage, TryLater
from values.version import VERSION

NIGHT = datetime(2026, 11, 30, 2, 0, tzinfo=SHANGHAI)


def backed_up(office: Office, target: Path) -> BackedUp:
    return back_up_to_file(office.ledger.server, office.data_dir, target, Clock(NIGHT))


def test_file_gets_a_name_with_the_time_and_names_its_version(office: Office, tmp_path: Path) -> None:
    hand_in(office, "第一篇")
    (office.data_dir / "previews").mkdir()
    (office.data_dir / "previews" / "page").write_bytes(b"made again")
    (office.data_dir / "service.lock").write_bytes(b"1")
    done = backed_up(office, tmp_path)
    assert done.target == tmp_path / "jianbao-20261130-020000.tar.xz"
    assert done.target.stat().st_mode & 0o777 == 0o600
    manifest = check_packed(done.target)
    assert manifest == done.manifest
    assert (manifest.version, manifest.made_at) == (VERSION, NIGHT)
    assert {member.path.split("/")[0] for member in manifest.members} == {DATABASE, "raw"}
    last = last_backup(office.data_dir)
    assert last is not None
    assert (last.made_at, last.target) == (NIGHT, str(done.target))
    assert not list(office.data_dir.rglob(".part-*"))


def test_damaged_earlier_backup_is_named_once_and_nothing_is_removed(office: Office, tmp_path: Path) -> None:
    clock = Clock(NIGHT)
    for _ in range(2):
        folder = back_up_to_folder(office.ledger.server, office.data_dir, tmp_path / "backups", 2, clock).target
        clock.now += timedelta(days=1)
    latest = backups_in(folder)[-1]
    latest.write_bytes(b"damaged")
    with pytest.raises(DamagedBackup, match=f"已做好，但以前一次的清单 {latest} 损坏"):
        back_up_to_folder(office.ledger.server, office.data_dir, folder, 2, clock)
    assert len(backups_in(folder)) == 3
    last = last_backup(office.data_dir)
    assert last is not None
    assert last.made_at == clock.now, "the scheduled backup is not due again at the next tick"


def test_what_a_killed_backup_left_half_written_is_removed_and_what_is_being_written_stays(
    office: Office, tmp_path: Path
) -> None:
    objects = tmp_path / "backups" / "objects"
    objects.mkdir(parents=True)
    for name, written in (("killed", NIGHT - timedelta(days=1)), ("running", NIGHT + timedelta(seconds=1))):
        half = objects / f".part-{name}"
        half.write_bytes(b"half")
        os.utime(half, (written.timestamp(),) * 2)
    back_up_to_folder(office.ledger.server, office.data_dir, tmp_path / "backups", 3, Clock(NIGHT))
    assert [path.name for path in objects.glob(".part-*")] == [".part-running"]


def test_backups_made_while_letters_come_are_consistent(office: Office, tmp_path: Path) -> None:
    ended = threading.Event()

    def write() -> None:
        number = 0
        while not ended.is_set():
            hand_in(office, f"第{number}篇")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(4):
            assert backed_up(office, tmp_path / f"{number}.tar.xz").problems == ()
    finally:
        ended.set()
        writer.join()


def test_what_the_data_folder_lacks_is_named(office: Office, tmp_path: Path) -> None:
    hand_in(office, "第一篇", "第二篇")
    altered, missing = sorted((office.data_dir / "raw").rglob("*.eml"))
    altered.write_bytes(b"other")
    missing.unlink()
    problems = backed_up(office, tmp_path).problems
    assert len(problems) == 2
    assert any(altered.name in each and "不同" in each for each in problems)
    assert any(missing.name in each and "不见了" in each for each in problems)


@pytest.mark.parametrize("name", ["b.zip", "backup"])
def test_name_of_another_form_is_refused(office: Office, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadUsage, match=r"\.tar\.xz"):
        backed_up(office, tmp_path / name)


def test_existing_file_and_data_folder_are_refused(office: Office, tmp_path: Path) -> None:
    (tmp_path / "b.tar.xz").write_bytes(b"precious")
    with pytest.raises(BadUsage, match="已经有了"):
        backed_up(office, tmp_path / "b.tar.xz")
    with pytest.raises(BadUsage, match="数据文件夹里面"):
        backed_up(office, office.data_dir / "b.tar.xz")
    with pytest.raises(BadUsage, match="数据文件夹里面"):
        back_up_to_folder(office.ledger.server, office.data_dir, office.data_dir / "backups", 3, Clock(NIGHT))
    assert (tmp_path / "b.tar.xz").read_bytes() == b"precious"
    assert last_backup(office.data_dir) is None


def test_second_backup_into_the_folder_waits_for_the_first(office: Office, tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    with sole_backup(tmp_path / "to"), pytest.raises(TryLater, match="正在往"):
        back_up_to_folder(office.ledger.server, office.data_dir, tmp_path / "to", 3, Clock(NIGHT))
