"""The jobs of one bulletin, tick by tick, with a mailbox that answers as the test says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from archive import issues, outbox
from intake.fetch.mailbox import Unfinished
from service.health.activity import Activity
from service.health.alarms import AlarmCause, DailyAlarms
from service.issue.catch_up import catch_up
from service.letters.receive import IntakeResult, LetterReceiver
from service.office import Office
from service.running.bulletin_jobs import BulletinJobs
from settings.load import load_settings
from settings.model import BulletinSettings
from tests.support.alarm_log import AlarmLog
from tests.support.ledger_rows import AT
from tests.support.offices import SHANGHAI, TEMPLATE, Clock, bulletin, hand_in, office_at, write_config
from tests.support.outboxes import sending
from values.errors import JianbaoError, LoginRefused, MailboxRefused, ReadingUnavailable, TryLater
from values.letter import Verdict

MONDAY = datetime(2022, 11, 7, 9, 0, tzinfo=SHANGHAI)
SECOND = timedelta(seconds=1)


class ScriptedReceiver(LetterReceiver):
    """Answers each poll with the next of its answers, the last one for ever; counts them."""

    def __init__(self, *answers: Exception | IntakeResult) -> None:
        self.polls = 0
        self.renewed = 0
        self._answers = answers

    def renew_readers(self) -> None:
        self.renewed += 1

    def read_waiting(self, bulletin: BulletinSettings) -> Counter[Verdict]:
        self.poll(bulletin)
        return Counter()

    def poll(self, bulletin: BulletinSettings) -> IntakeResult:
        answer = self._answers[min(self.polls, len(self._answers) - 1)]
        self.polls += 1
        if isinstance(answer, Exception):
            raise answer
        return answer


class Bench:
    """An office whose clock the test turns, and the jobs of its only bulletin (a poll each second)."""

    def __init__(self, office: Office, clock: Clock) -> None:
        self.office = Office(office.settings, office.ledger, office.raws, office.media, clock, {})
        self.bulletin = self.office.bulletin(None)
        self.clock = clock
        self.log = AlarmLog()
        self.alarms_raised = self.log.alarms
        self.activity = Activity()

    def jobs(self, *answers: Exception | IntakeResult) -> tuple[BulletinJobs, ScriptedReceiver]:
        receiver = ScriptedReceiver(*answers)
        alarms = DailyAlarms(self.log.report)
        return BulletinJobs(self.office, self.bulletin, receiver, alarms, lambda: 0.0, self.activity), receiver

    def polls_in(self, duration: timedelta, jobs: BulletinJobs, receiver: ScriptedReceiver) -> int:
        """Ticks once a second; returns how often the mailbox was asked."""
        before, end = receiver.polls, self.clock.now + duration
        while self.clock.now < end:
            jobs.poll()
            self.clock.now += SECOND
        return receiver.polls - before


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    (tmp_path / "bulletin.docx").write_bytes(TEMPLATE.read_bytes())
    path = write_config(tmp_path / "office", bulletin().replace(str(TEMPLATE), str(tmp_path / "bulletin.docx")))
    assert load_settings(path).bulletins[0].mailbox.poll_seconds == 1
    with office_at(path, MONDAY) as office, capture_logs():
        yield Bench(office, Clock(MONDAY))


def test_mailbox_that_answers_is_asked_at_every_tick(bench: Bench) -> None:
    jobs, receiver = bench.jobs(IntakeResult())
    assert bench.polls_in(60 * SECOND, jobs, receiver) == 60


def test_refused_password_is_tried_once_in_a_quarter_of_an_hour(bench: Bench) -> None:
    """security.md B-1: more tries would lock the account."""
    jobs, receiver = bench.jobs(LoginRefused("授权码不对"))
    assert bench.polls_in(timedelta(hours=1), jobs, receiver) == 4


def test_mailbox_that_fails_is_asked_less_and_less(bench: Bench) -> None:
    jobs, receiver = bench.jobs(TryLater("没有应答"))
    assert bench.polls_in(timedelta(seconds=2 + 4 + 8 + 16), jobs, receiver) == 4
    bench.clock.now += timedelta(hours=1)
    assert bench.polls_in(timedelta(hours=1), jobs, receiver) <= 10


def test_mailbox_that_answers_again_is_asked_at_every_tick_again(bench: Bench) -> None:
    jobs, receiver = bench.jobs(TryLater("没有应答"), TryLater("没有应答"), IntakeResult())
    bench.polls_in(6 * SECOND, jobs, receiver)
    assert bench.polls_in(10 * SECOND, jobs, receiver) == 10


def test_poll_that_ran_out_of_time_goes_on_at_the_next_tick(bench: Bench) -> None:
    """50,000 letters at once take many polls; each brought some (security.md B-12)."""
    jobs, receiver = bench.jobs(Unfinished("这一轮到点了，其余下一轮接着收"))
    assert bench.polls_in(60 * SECOND, jobs, receiver) == 60


def test_refused_password_rings_once_a_day_with_the_remedy(bench: Bench) -> None:
    jobs, receiver = bench.jobs(LoginRefused("授权码不对，请重新生成"))
    bench.polls_in(timedelta(hours=2), jobs, receiver)
    assert [(alarm.bulletin, alarm.cause, alarm.message, alarm.urgent) for alarm in bench.alarms_raised] == [
        (bench.bulletin.id, "LoginRefused", "授权码不对，请重新生成", True)
    ]
    bench.clock.now += timedelta(hours=22)
    bench.polls_in(timedelta(minutes=30), jobs, receiver)
    assert len(bench.alarms_raised) == 2


def test_another_cause_on_the_same_day_rings_too(bench: Bench) -> None:
    jobs, receiver = bench.jobs(LoginRefused("授权码不对"), MailboxRefused("没有这个文件夹"))
    bench.polls_in(timedelta(hours=1), jobs, receiver)
    assert [alarm.cause for alarm in bench.alarms_raised] == ["LoginRefused", "MailboxRefused"]


def test_mailbox_that_does_not_answer_rings_only_when_that_lasts(bench: Bench) -> None:
    jobs, receiver = bench.jobs(*[TryLater("没有应答")] * 2, IntakeResult(), TryLater("没有应答"))
    bench.polls_in(timedelta(seconds=8), jobs, receiver)
    assert bench.alarms_raised == []
    bench.polls_in(timedelta(hours=2), jobs, receiver)
    assert [alarm.cause for alarm in bench.alarms_raised] == ["TryLater"]


@pytest.mark.parametrize("error", [LoginRefused("授权码不对"), TryLater("没有应答")])
def test_trouble_of_many_hours_is_one_alarm_and_its_end_one_all_clear(bench: Bench, error: JianbaoError) -> None:
    """A right password that is refused for hours and then accepted, and a dead link, are over without anybody's act."""
    jobs, receiver = bench.jobs(*[error] * 40, IntakeResult())
    bench.polls_in(timedelta(hours=11), jobs, receiver)
    assert (len(bench.log.alarms), len(bench.log.all_clears)) == (1, 1)
    assert bench.log.all_clears[0].since == bench.log.alarms[0].at
    assert bench.polls_in(60 * SECOND, jobs, receiver) == 60


def test_nothing_is_assembled_before_the_first_poll(bench: Bench) -> None:
    catch_up(bench.office, bench.bulletin)
    hand_in(bench.office, "甲")
    bench.clock.now += timedelta(days=7)
    jobs, _ = bench.jobs(TryLater("没有应答"))
    jobs.assemble_when_due()
    with bench.office.ledger.reading() as ledger:
        assert issues.issues(ledger) == []
    jobs.poll()
    jobs.assemble_when_due()
    with bench.office.ledger.reading() as ledger:
        assert [issue.number.label for issue in issues.issues(ledger)] == ["第70期"]


def test_the_digest_waits_for_the_first_poll_and_reports_it(tmp_path: Path) -> None:
    text = sending(None, editors='"wang@office.example"')
    with office_at(write_config(tmp_path, text), AT, JIANBAO_IMAP_PASSWORD="pw") as office:
        clock = office.now
        assert isinstance(clock, Clock)
        jobs, _ = Bench(office, clock).jobs(IntakeResult(), IntakeResult())
        jobs.send_digest()
        jobs.poll()
        jobs.send_digest()
        clock.now += timedelta(days=7)
        jobs.poll()
        jobs.send_digest()
        with office.ledger.reading() as ledger:
            assert [(letter.kind.value, letter.to) for letter in outbox.letters_out(ledger)] == [
                ("digest", "wang@office.example")
            ]


def test_assembling_that_fails_is_logged_once_until_it_works(bench: Bench) -> None:
    catch_up(bench.office, bench.bulletin)
    hand_in(bench.office, "甲")
    bench.clock.now += timedelta(days=7)
    jobs, _ = bench.jobs(IntakeResult())
    jobs.poll()

    def ticks(times: int) -> list[str]:
        with capture_logs() as logs:
            for _ in range(times):
                jobs.assemble_when_due()
        return [log["event"] for log in logs]

    template = bench.bulletin.template
    moved = template.rename(template.with_suffix(".moved"))
    assert ticks(3) == ["assembling failed"]
    moved.rename(template)
    assert ticks(2) == ["issue assembled"]
    assert bench.activity.current_alarms(bench.clock.now) == ()
    assert [(alarm.cause, alarm.urgent) for alarm in bench.log.alarms] == [(AlarmCause.ASSEMBLING, True)]
    assert "template" in bench.log.alarms[0].message
    assert [clear.cause for clear in bench.log.all_clears] == [AlarmCause.ASSEMBLING]


UNFORESEEN = [RuntimeError("can't start new thread"), MemoryError(), KeyError("x"), OSError(5, "Input/output error")]


@pytest.mark.parametrize("error", UNFORESEEN, ids=lambda error: type(error).__name__)
def test_unforeseen_exception_of_a_poll_is_handled_as_the_known_ones(bench: Bench, error: Exception) -> None:
    jobs, receiver = bench.jobs(*[error] * 4, IntakeResult())
    assert bench.polls_in(timedelta(seconds=2 + 4 + 8 + 16), jobs, receiver) == 4
    [alarm] = bench.log.alarms
    assert (alarm.cause, alarm.urgent) == (AlarmCause.DEFECT, True)
    assert type(error).__name__ in alarm.message
    assert "重启服务" in alarm.message
    assert receiver.renewed == 4
    last = bench.activity.last_poll(bench.bulletin.id)
    assert last is not None
    assert last.failed
    bench.polls_in(10 * SECOND, jobs, receiver)
    assert [clear.cause for clear in bench.log.all_clears] == [AlarmCause.DEFECT]


def test_text_of_an_unforeseen_exception_is_in_no_alarm(bench: Bench) -> None:
    jobs, receiver = bench.jobs(ValueError("words of a letter"))
    bench.polls_in(SECOND, jobs, receiver)
    assert "words of a letter" not in bench.log.alarms[0].message


@pytest.mark.parametrize("error", [RuntimeError("broken"), ReadingUnavailable("读信的子进程起不来")])
def test_reading_that_fails_is_tried_less_and_less_and_alarmed_once(bench: Bench, error: Exception) -> None:
    jobs, receiver = bench.jobs(*[error] * 20, IntakeResult())
    for _ in range(60 * 60):
        jobs.read_waiting()
        bench.clock.now += SECOND
    assert receiver.polls < 15
    assert receiver.renewed == receiver.polls
    assert [(alarm.cause, alarm.urgent) for alarm in bench.log.alarms] == [(AlarmCause.READING, True)]
    assert [alarm.cause for alarm in bench.activity.current_alarms(bench.clock.now)] == [AlarmCause.READING]
    for _ in range(5):
        bench.clock.now += timedelta(hours=1)
        jobs.read_waiting()
    bench.clock.now += timedelta(hours=20)
    for _ in range(9):
        bench.clock.now += timedelta(minutes=20)
        jobs.read_waiting()
    assert [clear.cause for clear in bench.log.all_clears] == [AlarmCause.READING]
    assert bench.activity.current_alarms(bench.clock.now) == ()


def test_dead_pool_that_a_poll_meets_is_an_alarm_at_once(bench: Bench) -> None:
    jobs, receiver = bench.jobs(ReadingUnavailable("读信的子进程起不来"))
    bench.polls_in(SECOND, jobs, receiver)
    assert [alarm.cause for alarm in bench.log.alarms] == [AlarmCause.READING]


def test_nothing_is_fetched_or_assembled_where_the_data_folder_is_gone(bench: Bench) -> None:
    jobs, receiver = bench.jobs(IntakeResult())
    away = bench.office.data_dir.rename(bench.office.data_dir.with_name("away"))
    bench.polls_in(SECOND, jobs, receiver)
    jobs.assemble_when_due()
    assert receiver.polls == 0
    assert {alarm.cause for alarm in bench.log.alarms} == {AlarmCause.STORAGE_FAILED, AlarmCause.ASSEMBLING}
    away.rename(bench.office.data_dir)
    bench.clock.now += timedelta(hours=1)
    assert bench.polls_in(SECOND, jobs, receiver) == 1
