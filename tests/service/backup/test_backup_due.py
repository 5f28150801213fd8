from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.backup.due import is_backup_due
from service.backup.last_backup import LastBackup, record_backup
from service.office import Office
from tests.support.offices import SHANGHAI, Clock, office_at, write_config

TUESDAY = datetime(2022, 11, 8, 1, 30, tzinfo=SHANGHAI)
"""When the backup of Tuesday is due."""


def office_with(office: Office, now: datetime, folder: Path | None) -> Office:
    service = office.settings.service.model_copy(update={"backup": folder})
    settings = office.settings.model_copy(update={"service": service})
    return Office(settings, office.ledger, office.raws, office.media, Clock(now), {})


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        (None, timedelta(0), True),
        (timedelta(minutes=-1), timedelta(0), True),
        (timedelta(0), timedelta(hours=1), False),
        (timedelta(0), timedelta(hours=23, minutes=59), False),
        (timedelta(0), timedelta(days=1), True),
        (timedelta(days=-60), timedelta(hours=5), True),
    ],
)
def test_a_backup_is_due_once_for_each_time_of_the_schedule(
    office: Office, tmp_path: Path, last: timedelta | None, now: timedelta, expected: bool
) -> None:
    if last is not None:
        record_backup(office.data_dir, LastBackup(TUESDAY + last, str(tmp_path / "to")))
    assert is_backup_due(office_with(office, TUESDAY + now, tmp_path / "to")) is expected


def test_backup_by_hand_into_another_place_does_not_count(office: Office, tmp_path: Path) -> None:
    record_backup(office.data_dir, LastBackup(TUESDAY + timedelta(minutes=1), str(tmp_path / "b.tar.xz")))
    assert is_backup_due(office_with(office, TUESDAY + timedelta(hours=1), tmp_path / "to"))


def test_without_folder_or_within_the_grace_nothing_is_due(office: Office, tmp_path: Path) -> None:
    assert not is_backup_due(office_with(office, TUESDAY, None))
    record_backup(office.data_dir, LastBackup(TUESDAY - timedelta(hours=1), str(tmp_path / "to")))
    late = office_with(office, TUESDAY + timedelta(hours=5), tmp_path / "to")
    assert is_backup_due(late)
    assert not is_backup_due(late, timedelta(hours=6))


def test_settings_are_read_from_the_configuration(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    service = '[service]\nbackup = "elsewhere"\nbackup_schedule = ""\nbackup_keep = 3\n'
    config.write_text(service + config.read_text(encoding="utf-8"), encoding="utf-8")
    with office_at(config, TUESDAY) as office:
        read = office.settings.service
        assert (read.backup, read.backup_schedule, read.backup_keep) == (tmp_path / "elsewhere", None, 3)
        assert not is_backup_due(office)
