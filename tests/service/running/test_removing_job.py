"""The periodic part of removing letters: a fault is shown and tried again; a tick without anything to do is idle."""

from __future__ import annotations

import threading
from datetime import timedelta

from archive import removals
from archive.files import write_durably
from service.health.activity import Activity
from service.health.alarms import Alarm, AlarmCause
from service.office import Office
from service.running.removing_job import RemovingJob
from tests.support.ledger_rows import AT, keep_letter
from tests.support.offices import Clock
from values.letter import Removal, RemovalKind


def job(office: Office, activity: Activity | None = None) -> RemovingJob:
    return RemovingJob(office, threading.Event(), list[Alarm]().append, activity)


def unfinished(office: Office) -> int:
    with office.ledger.reading() as ledger:
        return len(removals.unfinished(ledger))


def remove_one(office: Office) -> None:
    """As a process does that is killed right after its commit."""
    with office.ledger.writing() as ledger:
        letter = keep_letter(ledger, "a")
        removals.remove(ledger, letter, Removal(RemovalKind.ERASED, "赵管理", "理由", AT))


def test_a_tick_completes_what_a_killed_process_left(office: Office) -> None:
    remove_one(office)
    job(office).tick()
    assert unfinished(office) == 0


def test_a_fault_is_shown_and_the_next_tick_tries_again(office: Office) -> None:
    remove_one(office)
    in_the_way = office.data_dir / "removed"
    write_durably(in_the_way, b"a file where the folder belongs")
    activity = Activity()
    running = job(office, activity)
    running.start()
    [alarm] = activity.current_alarms(office.now())
    assert (alarm.cause, "removed" in alarm.message) == (AlarmCause.REMOVING, True)
    assert unfinished(office) == 1
    in_the_way.unlink()
    running.tick()
    assert unfinished(office) == 0
    assert activity.current_alarms(office.now()) == ()


def test_what_a_backup_brings_back_by_day_goes_at_night(office: Office) -> None:
    running = job(office)
    running.start()
    picture = office.media.put(b"of no article")
    running.tick()
    assert office.media.path(picture).exists()
    assert isinstance(office.now, Clock)
    office.now.now += timedelta(days=2)
    running.tick()
    assert not office.media.path(picture).exists()
