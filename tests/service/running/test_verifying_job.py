"""Each night a part is verified; within a month everything; a difference raises one alarm, also over restarts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.health.activity import Activity
from service.health.alarms import Alarm, AlarmCause
from service.health.check import CheckState, check_installation
from service.health.verify_nightly import CYCLE_NIGHTS, STATE_FILE, NightlyState, is_due, load_state
from service.office import Office
from service.running.verifying_job import VerifyingJob
from tests.support.offices import SHANGHAI, Clock, office_at, write_config
from tests.support.trusted_office import add_file, execute, file_of, fill

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_at(write_config(tmp_path / "office"), TUESDAY) as office:
        fill(office)
        for path in office.data_dir.rglob("*"):
            if path.is_file() and "sqlite3" not in path.name:
                add_file(path, path.read_bytes()) if path.stat().st_mode & 0o200 else None
        VerifyingJob(office, threading.Event(), list[Alarm]().append).verify()
        yield office


def nights(office: Office, count: int) -> list[Alarm]:
    """The alarms of so many nights, with a new process in each."""
    alarms: list[Alarm] = []
    for _ in range(count):
        clock = office.now
        assert isinstance(clock, Clock)
        clock.now += timedelta(days=1)
        clock.now = clock.now.replace(hour=3)
        for _tick in range(2):
            VerifyingJob(office, threading.Event(), alarms.append).verify()
    return alarms


@pytest.mark.parametrize("kind", ["letter", "picture", "draft", "issue", "manifest", "outbox"])
def test_a_file_altered_at_any_time_raises_one_alarm_within_a_month(kind: str, office: Office) -> None:
    assert nights(office, 3) == []
    path = file_of(office, kind)
    original = path.read_bytes()
    path.write_bytes(b"other")
    [alarm] = nights(office, CYCLE_NIGHTS + 5)
    assert (alarm.cause, alarm.urgent) == (AlarmCause.ALTERED, True)
    assert str(path.relative_to(office.data_dir)) in alarm.message
    path.write_bytes(original)
    assert nights(office, 1) == []
    assert (load_state(office) or NightlyState(TUESDAY.date())).differences == ()


def test_added_files_and_a_broken_record_are_detected_in_the_first_night(office: Office) -> None:
    add_file(office.data_dir / "issues" / "x.docx", b"added")
    execute(office, "DROP TRIGGER change_no_update", "UPDATE change SET who = '别人'")
    [alarm] = nights(office, 1)
    assert "issues/x.docx" in alarm.message
    assert "#change/1" in alarm.message
    assert nights(office, 3) == []


def test_a_letter_out_altered_in_its_row_is_detected_in_the_next_cycle(office: Office) -> None:
    execute(office, "UPDATE outbox SET raw = x'00' WHERE raw IS NOT NULL")
    assert len(nights(office, CYCLE_NIGHTS + 1)) == 1


def test_desk_and_check_show_it_until_it_is_mended(office: Office) -> None:
    added = office.data_dir / "raw" / "x.eml"
    add_file(added, b"added")
    nights(office, 1)
    activity = Activity()
    VerifyingJob(office, threading.Event(), list[Alarm]().append, activity).verify()  # after a restart, by day
    assert [alarm.cause for alarm in activity.current_alarms(office.now())] == [AlarmCause.ALTERED]
    [line] = [line for line in check_installation(office) if line.name == "核对"]
    assert line.state is CheckState.BROKEN
    added.unlink()
    nights(office, 1)
    [line] = [line for line in check_installation(office) if line.name == "核对"]
    assert line.state is CheckState.FINE


def test_a_part_is_due_once_a_night_and_by_day_after_two_days() -> None:
    state = NightlyState(TUESDAY.date(), night=TUESDAY.date())
    at = TUESDAY.replace
    assert [is_due(state, at(day=day, hour=hour)) for day, hour in ((8, 3), (8, 23), (9, 1), (9, 7))] == [False] * 4
    assert [is_due(state, at(day=day, hour=hour)) for day, hour in ((9, 2), (9, 5), (10, 12))] == [True] * 3


def test_a_damaged_state_begins_anew(office: Office) -> None:
    (office.data_dir / STATE_FILE).write_bytes(b"{")
    assert load_state(office) is None
    assert nights(office, 3) == []
    assert load_state(office) is not None


def test_a_stop_ends_the_part_early_and_the_next_night_goes_on(office: Office) -> None:
    stop = threading.Event()
    stop.set()
    clock = office.now
    assert isinstance(clock, Clock)
    clock.now += timedelta(days=2)
    VerifyingJob(office, stop, list[Alarm]().append).verify()
    state = load_state(office)
    assert state is not None
    assert state.after
    file_of(office, "letter").write_bytes(b"other")
    assert len(nights(office, CYCLE_NIGHTS * 2)) == 1
