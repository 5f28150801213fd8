"""A schedule that is changed, and days off: what is due because of it, and what was not missed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from archive.schedule_record import Outcome
from service.office import Office
from tests.support.invariants import broken_promises
from tests.support.offices import bulletin, config, hand_in, office_at, write_config
from tests.support.schedule_ticks import FRIDAY, MINUTE, MONDAY, WEEK, all_issues, first_tick_at, history, tick


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    """A bulletin that is watched since Monday."""
    path = write_config(tmp_path / "office")
    first_tick_at(path, MONDAY)
    return path


def reschedule(config_file: Path, *lines: str, free_days: str = "") -> None:
    """What the office writes into its config.toml, between two runs."""
    more = "\n".join(("first_number = 70", *lines))
    service = f"[service]\nfree_days = [{free_days}]\n" if free_days else ""
    config_file.write_text(service + config(bulletin(more=more)), encoding="utf-8")


def test_time_that_only_a_changed_schedule_knows_of_is_no_missed_one(config_file: Path) -> None:
    friday_morning, wednesday = FRIDAY - timedelta(hours=6), FRIDAY + timedelta(days=5)
    with office_at(config_file, friday_morning) as office:
        hand_in(office, "甲")
        assert tick(office) == []
    reschedule(config_file, 'schedule = "wed 16:00"')
    with office_at(config_file, friday_morning + MINUTE) as office:
        assert tick(office) == []  # last Wednesday is over
        assert history(office) == [(MONDAY, Outcome.BASELINE)]
    with office_at(config_file, wednesday) as office:
        assert tick(office) == [("第70期", 1)]
        assert history(office)[1:] == [(wednesday, Outcome.ASSEMBLED)]
    assert broken_promises(config_file.parent / "data") == []


def test_days_off_written_down_afterwards_make_nothing_due_in_the_past(config_file: Path) -> None:
    with office_at(config_file, FRIDAY) as office:
        assert tick(office) == []
        hand_in(office, "甲")
    reschedule(config_file, 'holidays = "before"', free_days='"2022-11-18"')
    thursday = FRIDAY + timedelta(days=6)
    with office_at(config_file, thursday + MINUTE) as office:  # written an hour too late: due on Thursday, not told
        assert tick(office) == []
    with office_at(config_file, FRIDAY + 2 * WEEK) as office:
        assert tick(office) == [("第70期", 1)]
        assert history(office)[1:] == [(FRIDAY, Outcome.EMPTY), (FRIDAY + 2 * WEEK, Outcome.ASSEMBLED)]


def test_moved_time_is_handled_like_any_other_also_after_downtime(config_file: Path) -> None:
    reschedule(config_file, 'holidays = "before"', free_days='"2022-11-11..2022-11-13"')
    first_tick_at(config_file, MONDAY)
    thursday = FRIDAY - timedelta(days=1)
    with office_at(config_file, thursday - MINUTE) as office:
        hand_in(office, "甲")
        assert tick(office) == []
    with office_at(config_file, FRIDAY + timedelta(days=3)) as office:
        assert tick(office) == [("第70期", 1)]
        (issue,) = all_issues(office)
        assert issue.dated == date(2022, 11, 10)
        assert history(office)[1:] == [(thursday, Outcome.ASSEMBLED)]
    assert broken_promises(config_file.parent / "data") == []


def test_week_that_is_skipped_leaves_no_trace_and_its_articles_wait(config_file: Path) -> None:
    reschedule(config_file, 'holidays = "skip"', free_days='"2022-11-11"')
    first_tick_at(config_file, MONDAY)
    with office_at(config_file, FRIDAY + timedelta(days=2)) as office:
        hand_in(office, "甲")
        assert (tick(office), history(office)) == ([], [(MONDAY, Outcome.BASELINE)])
    with office_at(config_file, FRIDAY + WEEK) as office:
        assert tick(office) == [("第70期", 1)]


def test_bulletin_that_was_made_by_hand_for_weeks_has_missed_none_of_them(config_file: Path) -> None:
    reschedule(config_file, 'schedule = ""')
    with office_at(config_file, MONDAY + timedelta(days=1)) as office:
        hand_in(office, "甲")
        assert tick(office) == []
    reschedule(config_file)
    for moment in (FRIDAY + 3 * WEEK + MINUTE, FRIDAY + 4 * WEEK - MINUTE):
        with office_at(config_file, moment) as office:
            assert tick(office) == []
    with office_at(config_file, FRIDAY + 4 * WEEK) as office:
        assert tick(office) == [("第70期", 1)]


def test_issue_due_while_the_machine_was_off_is_made_after_a_change_of_schedule(
    config_file: Path,
) -> None:
    """Both the old and the new schedule have a Friday at four; the Wednesday before it is only in the new one."""
    reschedule(config_file, 'schedule = "wed,fri 16:00"')
    with office_at(config_file, FRIDAY + MINUTE) as office:
        hand_in(office, "甲")
        assert tick(office) == [("第70期", 1)]
        assert history(office)[1:] == [(FRIDAY, Outcome.ASSEMBLED)]


def test_ledger_of_an_earlier_version_still_catches_up_on_what_was_missed(config_file: Path) -> None:
    with office_at(config_file, FRIDAY + MINUTE) as office:
        with office.ledger.writing() as ledger:
            ledger.sql.exec_driver_sql("DELETE FROM next_firing")
        hand_in(office, "甲")
        assert tick(office) == [("第70期", 1)]


def test_looking_again_writes_nothing(config_file: Path) -> None:
    with office_at(config_file, FRIDAY) as office:
        tick(office)
        before = _noted(office)
    with office_at(config_file, FRIDAY + timedelta(days=2)) as office:
        tick(office)
        assert _noted(office) == before == [("2022-11-18 08:00:00.000000", "2022-11-11 08:00:00.000000")]


def _noted(office: Office) -> list[tuple[str, str]]:
    with office.ledger.reading() as ledger:
        return [tuple(row) for row in ledger.sql.exec_driver_sql("SELECT fire_time, noted_at FROM next_firing")]
