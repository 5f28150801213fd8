"""The schedule and the ledger: every due time once, whoever looks, however late, and killed wherever it may be."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from archive import article_changes, articles
from archive.files import remove_leftovers
from archive.issues import IssueRecord
from archive.schedule_record import Outcome
from service.issue.assemble import discard
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.crash import ROOT, killed_at_step
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import BULLETIN, handled_due_times
from tests.support.offices import SHANGHAI, Clock, bulletin, config, hand_in, office_at, write_config
from tests.support.projection import projection
from tests.support.schedule_ticks import FRIDAY, MINUTE, MONDAY, WEEK, all_issues, first_tick_at, history, tick
from values.errors import BadTemplate
from values.issue import ArticleStatus, IssueStatus


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    """A bulletin that is watched since Monday."""
    path = write_config(tmp_path / "office")
    first_tick_at(path, MONDAY)
    return path


def titles(office: Office, issue: IssueRecord) -> list[str]:
    with office.ledger.reading() as ledger:
        return [articles.article_named(ledger, article_id).manuscript.title for article_id, _ in issue.articles]


def test_first_look_only_notes_where_watching_begins(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path / "office"), FRIDAY) as office:
        hand_in(office, "来得早")
        assert tick(office) == []
        assert history(office) == [(FRIDAY, Outcome.BASELINE)]
        assert all_issues(office) == []


def test_issue_appears_at_the_due_minute_and_not_before(config_file: Path) -> None:
    with office_at(config_file, FRIDAY - timedelta(microseconds=1)) as office:
        hand_in(office, "甲", "乙")
        assert tick(office) == []
    with office_at(config_file, FRIDAY) as office:
        assert tick(office) == [("第70期", 1)]
        assert tick(office) == []
        (issue,) = all_issues(office)
        assert (issue.status, issue.dated, titles(office, issue)) == (
            IssueStatus.DRAFT,
            date(2022, 11, 11),
            ["甲", "乙"],
        )
        text = projection((office.data_dir / issue.files[0]).read_bytes())
        assert "甲的正文。" in text
        assert "第70期" in text
        assert history(office) == [(MONDAY, Outcome.BASELINE), (FRIDAY, Outcome.ASSEMBLED)]
    assert broken_promises(config_file.parent / "data") == []


def test_one_missed_week_gives_one_issue_with_the_date_it_was_due(config_file: Path) -> None:
    with office_at(config_file, FRIDAY + timedelta(days=4)) as office:
        hand_in(office, "甲")
        assert tick(office) == [("第70期", 1)]
        assert [issue.dated for issue in all_issues(office)] == [date(2022, 11, 11)]
        assert history(office)[1:] == [(FRIDAY, Outcome.ASSEMBLED)]


def test_three_missed_weeks_give_one_draft_and_three_records(config_file: Path) -> None:
    with office_at(config_file, FRIDAY + 2 * WEEK + MINUTE) as office:
        hand_in(office, "甲", "乙")
        tick(office)
        (issue,) = all_issues(office)
        assert (issue.number.label, issue.dated, titles(office, issue)) == ("第70期", date(2022, 11, 25), ["甲", "乙"])
        assert history(office)[1:] == [
            (FRIDAY, Outcome.ASSEMBLED),
            (FRIDAY + WEEK, Outcome.ABSORBED),
            (FRIDAY + 2 * WEEK, Outcome.ABSORBED),
        ]
        with office.ledger.reading() as ledger:
            assert [of for _, _, of in handled_due_times(ledger, BULLETIN)] == [
                None,
                issue.id,
                issue.id,
                issue.id,
            ]
        assert tick(office) == []
    assert broken_promises(config_file.parent / "data") == []


def test_week_in_which_nothing_came_is_recorded_as_empty(config_file: Path) -> None:
    with office_at(config_file, FRIDAY + WEEK) as office:
        assert tick(office) == []
        assert history(office)[1:] == [(FRIDAY, Outcome.EMPTY), (FRIDAY + WEEK, Outcome.EMPTY)]
        hand_in(office, "来得晚")
        assert tick(office) == []
        assert all_issues(office) == []
    with office_at(config_file, FRIDAY + 2 * WEEK) as office:
        assert tick(office) == [("第70期", 1)]


def test_draft_still_open_takes_what_came_since(config_file: Path) -> None:
    with office_at(config_file, FRIDAY) as office:
        first = hand_in(office, "甲", "乙")[0]
        tick(office)
        with office.ledger.writing() as ledger:
            article_changes.change_status(
                ledger,
                articles.article_named(ledger, first),
                ArticleStatus.HELD,
                who="王编辑",
                note="下期用",
                at=FRIDAY,
            )
    with office_at(config_file, FRIDAY + WEEK) as office:
        hand_in(office, "丙")
        assert tick(office) == [("第70期", 2)]
        (issue,) = all_issues(office)
        assert titles(office, issue) == ["乙", "丙"]
        assert history(office)[2:] == [(FRIDAY + WEEK, Outcome.ABSORBED)]
    assert broken_promises(config_file.parent / "data") == []


def test_week_after_sign_off_has_the_next_number(config_file: Path) -> None:
    with office_at(config_file, FRIDAY) as office:
        hand_in(office, "甲")
        tick(office)
        sign_off(office, office.bulletin(None), 70, "王编辑")
    with office_at(config_file, FRIDAY + WEEK) as office:
        assert tick(office) == []
        hand_in(office, "乙")
    with office_at(config_file, FRIDAY + 2 * WEEK) as office:
        assert tick(office) == [("第71期", 1)]
        signed, draft = all_issues(office)
        assert (titles(office, signed), titles(office, draft)) == (["甲"], ["乙"])
        assert [outcome for _, outcome in history(office)] == ["baseline", "assembled", "empty", "assembled"]
    assert broken_promises(config_file.parent / "data") == []


def test_week_after_a_discarded_draft_has_its_number_and_articles(config_file: Path) -> None:
    with office_at(config_file, FRIDAY) as office:
        hand_in(office, "甲")
        tick(office)
        discard(office, office.bulletin(None), 70, "王编辑")
    with office_at(config_file, FRIDAY + WEEK) as office:
        assert tick(office) == [("第70期", 2)]
        discarded, draft = all_issues(office)
        assert (discarded.status, titles(office, draft)) == (IssueStatus.DISCARDED, ["甲"])
    assert broken_promises(config_file.parent / "data") == []


def test_bulletin_without_schedule_waits_for_a_person(tmp_path: Path) -> None:
    path = write_config(tmp_path / "office", config(bulletin(more='schedule = ""')))
    for moment in (MONDAY, FRIDAY + 10 * WEEK):
        with office_at(path, moment) as office:
            hand_in(office, f"{moment:%m-%d}")
            assert tick(office) == []
            assert (history(office), all_issues(office)) == ([], [])


def test_bulletins_have_their_own_days_and_numbers(tmp_path: Path) -> None:
    tuesdays = 'schedule = "tue 10:00"\nnumbering = "yearly"\nfirst_number = 12'
    path = write_config(tmp_path / "office", config(bulletin(), bulletin("xinxi", more=tuesdays)))
    first_tick_at(path, MONDAY)
    with office_at(path, MONDAY + timedelta(days=2)) as office:
        hand_in(office, "甲")
        hand_in(office, "乙", bulletin="xinxi")
        assert tick(office) == []
        assert tick(office, "xinxi") == [("2022年第12期", 1)]
    with office_at(path, FRIDAY) as office:
        assert tick(office) == [("第70期", 1)]
        assert tick(office, "xinxi") == []
    assert broken_promises(path.parent / "data") == []


def test_clock_that_is_set_back_makes_no_second_issue(config_file: Path) -> None:
    with office_at(config_file, FRIDAY + MINUTE) as office:
        hand_in(office, "甲")
        tick(office)
        sign_off(office, office.bulletin(None), 70, "王编辑")
        hand_in(office, "乙")
    for moment in (FRIDAY - timedelta(days=1), FRIDAY - MINUTE, FRIDAY, FRIDAY + MINUTE):
        with office_at(config_file, moment) as office:
            assert tick(office) == []
    with office_at(config_file, FRIDAY) as office:
        assert [issue.number.label for issue in all_issues(office)] == ["第70期"]


def test_minutes_of_sixty_days_give_one_firing_a_week(config_file: Path) -> None:
    clock = Clock(MONDAY)
    with office_at(config_file, MONDAY) as standing:
        office = Office(standing.settings, standing.ledger, standing.raws, standing.media, clock, {})
        while clock.now < MONDAY + timedelta(days=60):
            clock.now += timedelta(minutes=97)
            tick(office)
        fridays = [FRIDAY + weeks * WEEK for weeks in range(8)]
        assert history(office)[1:] == [(friday, Outcome.EMPTY) for friday in fridays]


def test_template_that_is_broken_leaves_the_week_due(config_file: Path) -> None:
    text = config_file.read_text()
    config_file.write_text(text.replace("bulletin.docx", "missing.docx"))
    with office_at(config_file, FRIDAY) as office:
        hand_in(office, "甲")
        with pytest.raises(BadTemplate, match=r"missing\.docx 读不到"):
            tick(office)
        assert history(office) == [(MONDAY, Outcome.BASELINE)]
    config_file.write_text(text)
    with office_at(config_file, FRIDAY + MINUTE) as office:
        assert tick(office) == [("第70期", 1)]


def test_draft_whose_file_is_gone_is_made_again(config_file: Path) -> None:
    with office_at(config_file, FRIDAY) as office:
        hand_in(office, "甲")
        tick(office)
        (issue,) = all_issues(office)
        (office.data_dir / issue.files[0]).unlink()
    with office_at(config_file, FRIDAY + WEEK) as office:
        tick(office)
        (again,) = all_issues(office)
        assert again.revision == 2
        assert (office.data_dir / again.files[0]).is_file()


def test_processes_that_look_at_the_same_minute_make_one_issue(config_file: Path) -> None:
    with office_at(config_file, FRIDAY) as office:
        hand_in(office, "甲")
    command = [sys.executable, "-m", "tests.support.catch_up_at", str(config_file), FRIDAY.isoformat(), "wait"]
    children = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.communicate(timeout=60)
    assert [child.returncode for child in children] == [0] * 4
    with office_at(config_file, FRIDAY) as office:
        assert [(issue.number.label, issue.revision) for issue in all_issues(office)] == [("第70期", 1)]
        assert history(office)[1:] == [(FRIDAY, Outcome.ASSEMBLED)]
    assert broken_promises(config_file.parent / "data") == []


def test_killed_at_any_step_of_two_missed_weeks_the_next_look_completes_them(config_file: Path, tmp_path: Path) -> None:
    """security.md A-3: the issue appears whole or not at all, and a rerun gives the same."""
    with office_at(config_file, FRIDAY) as office:
        hand_in(office, "甲", "乙")
    now = FRIDAY + WEEK + MINUTE
    expected: bytes | None = None
    kills = 0
    for step in count(1):
        copy = tmp_path / f"killed-{step}"
        shutil.copytree(config_file.parent, copy)
        killed = killed_at_step(step, ROOT / "tests/support/catch_up_at.py", copy / "config.toml", now.isoformat())
        kills += killed
        with office_at(copy / "config.toml", now + MINUTE) as office, capture_logs():
            tick(office)
            (issue,) = all_issues(office)
            assert issue.number.label == "第70期"
            assert history(office)[1:] == [(FRIDAY, Outcome.ASSEMBLED), (FRIDAY + WEEK, Outcome.ABSORBED)]
            made = (office.data_dir / issue.files[0]).read_bytes()
            assert hashlib.sha256(made).hexdigest() == issue.sha256
        expected = expected or made
        assert made == expected
        remove_leftovers(copy / "data", datetime.now(SHANGHAI) + timedelta(hours=1))
        assert broken_promises(copy / "data") == []
        if not killed:
            break
    assert kills >= 10
