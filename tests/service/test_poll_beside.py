"""What a poll does beside taking letters in, over real sockets: marks, junk, what does not come, a new password."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from archive import letters
from cli.base.output import Output
from cli.messages import list_messages
from intake.pool import ReadingPool
from service.health.alarms import DailyAlarms
from service.health.check import CheckState, check_installation
from service.letters.receive import LetterReceiver
from service.office import Office, open_office
from service.running.bulletin_jobs import BulletinJobs
from settings.load import load_settings
from tests.support.alarm_log import AlarmLog
from tests.support.imap_server import ScriptedImap
from tests.support.invariants import broken_promises
from tests.support.offices import SHANGHAI, Clock, bulletin, config, write_config
from tests.support.scripted_mailbox import raw

NOW = datetime(2022, 11, 7, 9, 0, tzinfo=SHANGHAI)
DAY = timedelta(days=1)
JUNK = "&V4NXPpCuTvY-"


class Desk:
    """An office with one bulletin on a scripted server, and everything it says."""

    def __init__(self, office: Office, clock: Clock, server: ScriptedImap, pool: ReadingPool) -> None:
        self.office = office
        self.clock = clock
        self.server = server
        log = AlarmLog()
        self.heard = log.alarms
        alarms = DailyAlarms(log.report)
        self.bulletin = office.bulletin(None)
        self.receiver = LetterReceiver(office, pool, alarms=alarms)
        self.rounds = BulletinJobs(office, self.bulletin, self.receiver, alarms, lambda: 0.0)

    def uids(self) -> list[int | None]:
        with self.office.ledger.reading() as ledger:
            return [letter.uid for letter in letters.letters(ledger)]


@pytest.fixture
def server() -> Iterator[ScriptedImap]:
    with ScriptedImap({uid: raw(uid) for uid in (11, 12, 13)}).running() as server:
        yield server


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "office" / "password"
    path.parent.mkdir()
    path.write_text("old\n")
    return path


@pytest.fixture
def desk(tmp_path: Path, server: ScriptedImap, secret: Path, pool: ReadingPool) -> Iterator[Desk]:
    text = config(bulletin(port=server.port) + 'senders = ["mzj@example.org"]\n')
    text = text.replace('{ env = "JIANBAO_IMAP_PASSWORD" }', '{ file = "password" }\nafter_read = "move:已收稿"')
    clock = Clock(NOW)
    settings = load_settings(write_config(tmp_path / "office", text))
    with open_office(settings, clock, {}) as office, capture_logs():
        yield Desk(office, clock, server, pool)
    assert broken_promises(tmp_path / "office" / "data") == []


def test_letters_are_moved_once_they_have_their_verdict(desk: Desk, server: ScriptedImap) -> None:
    server.capability += " MOVE"
    before = set(server.letters.values())
    assert desk.receiver.poll(desk.bulletin).stored == 3
    assert server.letters == {}
    (there,) = (moved for name, (_, moved) in server.folders.items() if name != JUNK)
    assert set(there.values()) == before
    assert desk.receiver.poll(desk.bulletin).stored == 0
    assert desk.heard == []


def test_a_move_that_is_refused_is_remarked_on_once_and_hurts_nothing(desk: Desk, server: ScriptedImap) -> None:
    server.on["CREATE"] = lambda talk: talk.no("quota")
    for _ in range(5):
        desk.receiver.poll(desk.bulletin)
    assert desk.uids() == [11, 12, 13]
    assert [(one.cause, one.urgent) for one in desk.heard] == [("after_read", False)]
    assert "收稿不受影响" in desk.heard[0].message
    assert server.count("CREATE") == 3


def test_a_departments_letter_in_junk_is_reported_once_a_day_and_never_taken(desk: Desk, server: ScriptedImap) -> None:
    server.folders[JUNK] = ("", {5: b"From: mzj@example.org\r\nSubject: tou gao\r\n\r\nx\r\n"})
    for _ in range(2):
        desk.receiver.poll(desk.bulletin)
    assert [one.cause for one in desk.heard] == ["junk"]
    assert "“垃圾邮件”里 mzj@example.org 的《tou gao》" in desk.heard[0].message
    desk.clock.now += DAY
    desk.receiver.poll(desk.bulletin)
    assert len(desk.heard) == 2
    assert desk.uids() == [11, 12, 13]
    line = next(line for line in check_installation(desk.office) if line.name == "垃圾邮件")
    assert (line.state, line.message) == (CheckState.ADVICE, desk.heard[0].message)


def test_letter_that_never_arrives_is_in_check_and_messages_with_a_remedy(desk: Desk, server: ScriptedImap) -> None:
    del server.letters[12]
    server.on["UID SEARCH"] = lambda talk: talk.send(b"* SEARCH 11 12 13\r\n").ok()
    for _ in range(4):
        desk.receiver.poll(desk.bulletin)
    (line,) = (line for line in check_installation(desk.office) if line.name == "没有收到的信")
    assert "UID 12" in line.message
    assert "请在网页邮箱里找到它" in line.message
    shown = StringIO()
    list_messages(desk.office, Output(shown, {"COLUMNS": "1000"}, as_json=False))
    assert line.message in shown.getvalue()


def test_a_new_password_is_used_without_a_restart(desk: Desk, server: ScriptedImap, secret: Path) -> None:
    """security.md B-1: at most five logins in ten minutes, one alarm, and then it goes on by itself."""
    honest = server.answer
    server.on["LOGIN"] = lambda talk: honest(talk) if "new" in talk.line else talk.no("LOGIN password error")
    for _ in range(600):
        desk.rounds.poll()
        desk.clock.now += timedelta(seconds=1)
    assert server.count("LOGIN") <= 5
    assert [(one.cause, one.urgent) for one in desk.heard] == [("LoginRefused", True)]
    assert "授权码" in desk.heard[0].message
    secret.write_text("new\n")
    desk.clock.now += timedelta(minutes=15)
    desk.rounds.poll()
    assert desk.uids() == [11, 12, 13]


def test_throttling_is_answered_with_fewer_and_fewer_questions(desk: Desk, server: ScriptedImap) -> None:
    """security.md B-6."""
    server.on["UID FETCH"] = lambda talk: talk.no("[LIMIT] too frequent")
    for _ in range(60):
        desk.rounds.poll()
        desk.clock.now += timedelta(seconds=1)
    assert server.count("UID FETCH") <= 6
    server.on.clear()
    desk.clock.now += timedelta(minutes=15)
    desk.rounds.poll()
    assert desk.uids() == [11, 12, 13]
