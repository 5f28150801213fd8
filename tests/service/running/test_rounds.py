"""One bulletin's rounds, tick by tick, with a mailbox that behaves as told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from archive import issues
from intake.fetch.mailbox import Unfinished
from service.health.alarms import Alarm, Alarms
from service.issue.catch_up import catch_up
from service.letters.take_in import Reception, TakenIn
from service.office import Office
from service.running.run import Rounds
from settings.load import load_settings
from settings.model import BulletinSettings
from tests.support.offices import SHANGHAI, Clock, hand_in, office_at, write_config
from values.errors import JianbaoError, LoginRefused, MailboxRefused, TryLater

MONDAY = datetime(2022, 11, 7, 9, 0, tzinfo=SHANGHAI)
SECOND = timedelta(seconds=1)


class ScriptedReception(Reception):
    """Answers each poll with the next of its answers, the last one for ever; counts them."""

    def __init__(self, *answers: JianbaoError | TakenIn) -> None:
        self.polls = 0
        self._answers = answers

    def poll(self, bulletin: BulletinSettings) -> TakenIn:
        answer = self._answers[min(self.polls, len(self._answers) - 1)]
        self.polls += 1
        if isinstance(answer, JianbaoError):
            raise answer
        return answer


class Bench:
    """An office whose clock the test turns, and the rounds of its only bulletin (a poll each second)."""

    def __init__(self, office: Office, clock: Clock) -> None:
        self.office = Office(office.settings, office.ledger, office.raws, office.media, clock, {})
        self.bulletin = self.office.bulletin(None)
        self.clock = clock
        self.heard: list[Alarm] = []

    def rounds(self, *answers: JianbaoError | TakenIn) -> tuple[Rounds, ScriptedReception]:
        reception = ScriptedReception(*answers)
        return Rounds(self.office, self.bulletin, reception, Alarms(self.heard.append), lambda: 0.0), reception

    def polls_in(self, duration: timedelta, rounds: Rounds, reception: ScriptedReception) -> int:
        """Ticks once a second; returns how often the mailbox was asked."""
        before, end = reception.polls, self.clock.now + duration
        while self.clock.now < end:
            rounds.poll()
            self.clock.now += SECOND
        return reception.polls - before


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    path = write_config(tmp_path / "office")
    assert load_settings(path).bulletins[0].mailbox.poll_seconds == 1
    with office_at(path, MONDAY) as office, capture_logs():
        yield Bench(office, Clock(MONDAY))


def test_mailbox_that_answers_is_asked_at_every_tick(bench: Bench) -> None:
    rounds, reception = bench.rounds(TakenIn())
    assert bench.polls_in(60 * SECOND, rounds, reception) == 60


def test_refused_password_is_tried_once_in_a_quarter_of_an_hour(bench: Bench) -> None:
    """security.md B-1: more tries would lock the account."""
    rounds, reception = bench.rounds(LoginRefused("授权码不对"))
    assert bench.polls_in(timedelta(hours=1), rounds, reception) == 4


def test_mailbox_that_fails_is_asked_less_and_less(bench: Bench) -> None:
    rounds, reception = bench.rounds(TryLater("没有应答"))
    assert bench.polls_in(timedelta(seconds=2 + 4 + 8 + 16), rounds, reception) == 4
    bench.clock.now += timedelta(hours=1)
    assert bench.polls_in(timedelta(hours=1), rounds, reception) <= 10


def test_mailbox_that_answers_again_is_asked_at_every_tick_again(bench: Bench) -> None:
    rounds, reception = bench.rounds(TryLater("没有应答"), TryLater("没有应答"), TakenIn())
    bench.polls_in(6 * SECOND, rounds, reception)
    assert bench.polls_in(10 * SECOND, rounds, reception) == 10


def test_poll_that_ran_out_of_time_goes_on_at_the_next_tick(bench: Bench) -> None:
    """50,000 letters at once take many polls; each brought some (security.md B-12)."""
    rounds, reception = bench.rounds(Unfinished("这一轮到点了，其余下一轮接着收"))
    assert bench.polls_in(60 * SECOND, rounds, reception) == 60


def test_refused_password_rings_once_a_day_with_the_remedy(bench: Bench) -> None:
    rounds, reception = bench.rounds(LoginRefused("授权码不对，请重新生成"))
    bench.polls_in(timedelta(hours=2), rounds, reception)
    assert [(one.bulletin, one.cause, one.said, one.urgent) for one in bench.heard] == [
        (bench.bulletin.id, "LoginRefused", "授权码不对，请重新生成", True)
    ]
    bench.clock.now += timedelta(hours=22)
    bench.polls_in(timedelta(minutes=30), rounds, reception)
    assert len(bench.heard) == 2


def test_another_cause_on_the_same_day_rings_too(bench: Bench) -> None:
    rounds, reception = bench.rounds(LoginRefused("授权码不对"), MailboxRefused("没有这个文件夹"))
    bench.polls_in(timedelta(hours=1), rounds, reception)
    assert [one.cause for one in bench.heard] == ["LoginRefused", "MailboxRefused"]


def test_mailbox_that_does_not_answer_rings_only_when_that_lasts(bench: Bench) -> None:
    rounds, reception = bench.rounds(*[TryLater("没有应答")] * 4, TakenIn(), TryLater("没有应答"))
    bench.polls_in(timedelta(seconds=40), rounds, reception)
    assert bench.heard == []
    bench.polls_in(timedelta(hours=2), rounds, reception)
    assert [one.cause for one in bench.heard] == ["TryLater"]


def test_nothing_is_assembled_before_the_first_poll(bench: Bench) -> None:
    catch_up(bench.office, bench.bulletin)
    hand_in(bench.office, "甲")
    bench.clock.now += timedelta(days=7)
    rounds, _ = bench.rounds(TryLater("没有应答"))
    rounds.assemble_when_due()
    with bench.office.ledger.reading() as ledger:
        assert issues.issues(ledger) == []
    rounds.poll()
    rounds.assemble_when_due()
    with bench.office.ledger.reading() as ledger:
        assert [issue.number.label for issue in issues.issues(ledger)] == ["第70期"]


def test_assembling_that_fails_is_said_once_until_it_works(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    catch_up(bench.office, bench.bulletin)
    hand_in(bench.office, "甲")
    bench.clock.now += timedelta(days=7)
    rounds, _ = bench.rounds(TakenIn())
    rounds.poll()

    def ticks(times: int) -> list[str]:
        with capture_logs() as logs:
            for _ in range(times):
                rounds.assemble_when_due()
        return [log["event"] for log in logs]

    with monkeypatch.context() as broken:
        broken.setattr("service.issue.planning.check_template", lambda _: ("没有标记",))
        assert ticks(3) == ["assembling failed"]
    assert ticks(2) == ["issue assembled"]
