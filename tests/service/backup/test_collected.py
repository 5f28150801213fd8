from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.backup.back_up import BackedUp, back_up_to_folder
from service.backup.collected import backups_in
from service.office import DATABASE, Office
from tests.support.offices import SHANGHAI, Clock, hand_in
from values.errors import BadUsage

NIGHT = datetime(2026, 11, 30, 2, 0, tzinfo=SHANGHAI)


def backed_up(office: Office, folder: Path, night: int, keep: int = 2) -> BackedUp:
    return back_up_to_folder(office.ledger.server, office.data_dir, folder, keep, Clock(NIGHT + timedelta(days=night)))


def test_second_backup_copies_what_is_new_alone(office: Office, tmp_path: Path) -> None:
    hand_in(office, *(f"第{number}篇" for number in range(5)))
    backed_up(office, tmp_path / "to", 0)
    hand_in(office, "新的一篇")
    done = backed_up(office, tmp_path / "to", 1)
    sizes = {member.path: member.size for member in done.manifest.members}
    new_letter = min(size for path, size in sizes.items() if path.startswith("raw/"))
    assert sizes[DATABASE] < done.octets <= sizes[DATABASE] + 2 * new_letter
    assert len(backups_in(tmp_path / "to")) == 2


def test_the_latest_n_are_kept_with_their_files(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "to"
    for night in range(4):
        hand_in(office, f"第{night}夜的一篇")
        backed_up(office, folder, night)
    assert [path.name for path in backups_in(folder)] == ["20261202T020000.json", "20261203T020000.json"]
    objects = {path.name for path in (folder / "objects").rglob("*") if path.is_file()}
    raws = {path.stem for path in (office.data_dir / "raw").rglob("*.eml")}
    assert len(objects - raws) == 2  # the two ledgers
    assert raws < objects


def test_altered_object_is_copied_again(office: Office, tmp_path: Path) -> None:
    hand_in(office, "第一篇")
    backed_up(office, tmp_path / "to", 0)
    raw = next((office.data_dir / "raw").rglob("*.eml"))
    copy = tmp_path / "to" / "objects" / raw.stem[:2] / raw.stem
    copy.write_bytes(b"rotten")
    assert backed_up(office, tmp_path / "to", 1).problems == ()
    assert copy.read_bytes() == raw.read_bytes()


def test_two_within_a_second_are_refused(office: Office, tmp_path: Path) -> None:
    backed_up(office, tmp_path / "to", 0)
    with pytest.raises(BadUsage, match="同一秒"):
        backed_up(office, tmp_path / "to", 0)
