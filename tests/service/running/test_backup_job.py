from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from service.backup.collected import backups_in
from service.health.activity import Activity
from service.health.alarms import Alarm, AlarmCause
from service.health.check import CheckState, check_installation
from service.office import Office
from service.running.backup_job import BackupJob
from tests.support.offices import Clock, hand_in


@pytest.fixture
def backing_up(office: Office, tmp_path: Path) -> Office:
    service = office.settings.service.model_copy(update={"backup": tmp_path / "to"})
    settings = office.settings.model_copy(update={"service": service})
    return Office(settings, office.ledger, office.raws, office.media, office.now, {})


def next_day(office: Office) -> None:
    assert isinstance(office.now, Clock)
    office.now.now += timedelta(days=1)


def test_one_backup_for_each_time_however_often_it_ticks(backing_up: Office, tmp_path: Path) -> None:
    hand_in(backing_up, "第一篇")
    alarms: list[Alarm] = []
    job = BackupJob(backing_up, alarms.append, Activity())
    for _ in range(3):
        job.tick()
    assert len(backups_in(tmp_path / "to")) == 1
    next_day(backing_up)
    job.tick()
    assert len(backups_in(tmp_path / "to")) == 2
    assert alarms == []


def test_folder_that_is_gone_is_alarmed_once_and_then_tried_again(backing_up: Office, tmp_path: Path) -> None:
    (tmp_path / "to").write_bytes(b"a file where the folder should be")
    alarms: list[Alarm] = []
    job = BackupJob(backing_up, alarms.append)
    for _ in range(3):
        job.tick()
    assert [alarm.cause for alarm in alarms] == [AlarmCause.BACKUP]
    next_day(backing_up)
    states = {line.name: line for line in check_installation(backing_up)}
    assert states["备份"].state is CheckState.BROKEN
    (tmp_path / "to").unlink()
    job.tick()
    assert len(backups_in(tmp_path / "to")) == 1
    assert len(alarms) == 1


def test_damage_of_the_data_folder_is_alarmed(backing_up: Office) -> None:
    hand_in(backing_up, "第一篇")
    next(backing_up.raws.root.rglob("*.eml")).unlink()
    alarms: list[Alarm] = []
    BackupJob(backing_up, alarms.append).tick()
    assert [alarm.cause for alarm in alarms] == [AlarmCause.ALTERED]
