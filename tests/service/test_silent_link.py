"""A mailbox whose link goes silent after the login, or is away for days: noticed in three polls, and nothing is lost.

Packets are dropped without a reset, as firewalls do: the server seems to think for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from archive import letters
from intake.fetch.imap_client import ImapTimeouts
from intake.pool import ReadingPool
from service.health.activity import Activity
from service.health.alarms import DailyAlarms
from service.health.readiness import readiness_of
from service.letters.receive import LetterReceiver
from service.office import Office
from service.running.bulletin_jobs import BulletinJobs
from tests.support.alarm_log import AlarmLog
from tests.support.imap_dialogues import bodies, hangs, only, sizes
from tests.support.imap_server import ScriptedImap, Talk
from tests.support.invariants import broken_promises
from tests.support.offices import SHANGHAI, Clock, bulletin, office_at, write_config
from tests.support.scripted_mailbox import raw
from values.letter import Verdict

MONDAY = datetime(2022, 11, 7, 9, 0, tzinfo=SHANGHAI)
HASTE = ImapTimeouts(connect=0.4, read=0.3, command=0.5, letter=0.8, poll=3, farewell=0.2)
DAY = timedelta(days=1)


class WatchedOffice:
    """An office that polls a scripted mailbox, with what monitoring and the maintainer see of it."""

    def __init__(self, office: Office, server: ScriptedImap, pool: ReadingPool) -> None:
        self.office = office
        self.server = server
        self.log = AlarmLog()
        self.activity = Activity()
        self.activity.record_start(office.now())
        alarms = DailyAlarms(self.log.report)
        receiver = LetterReceiver(office, pool, alarms=alarms, timeouts=HASTE)
        self._jobs = BulletinJobs(office, office.bulletin(None), receiver, alarms, lambda: 0.0, self.activity)

    def poll(self, *, after: timedelta = timedelta(minutes=16)) -> None:
        """The next poll, later than any pause."""
        assert isinstance(self.office.now, Clock)
        self.office.now.now += after
        self.activity.record_tick(self.office.now())
        self._jobs.poll()

    def is_ready(self) -> bool:
        return readiness_of(self.office, self.activity).reasons == ()

    def stored(self) -> set[bytes]:
        with self.office.ledger.reading() as ledger:
            return {self.office.raws.read(letter.sha256) for letter in letters.letters(ledger)}

    def holds_every_letter(self) -> bool:
        assert broken_promises(self.office.data_dir) == []
        return self.stored() == set(self.server.letters.values())


@pytest.fixture
def watched(tmp_path: Path, pool: ReadingPool) -> Iterator[WatchedOffice]:
    """With two letters that were fetched before."""
    with ScriptedImap({11: raw(11), 12: raw(12)}).running() as server:
        config = write_config(tmp_path / "office", bulletin(port=server.port))
        with office_at(config, MONDAY, JIANBAO_IMAP_PASSWORD="pw") as office, capture_logs():
            watched = WatchedOffice(office, server, pool)
            watched.poll()
            assert watched.holds_every_letter()
            yield watched


def go_silent(server: ScriptedImap, *commands: str) -> None:
    server.on.update(dict.fromkeys(commands, hangs))


def silent_bodies(server: ScriptedImap) -> None:
    server.on["UID FETCH"] = only(bodies, hangs)


def silent_sizes(server: ScriptedImap) -> None:
    server.on["UID FETCH"] = only(sizes, hangs)


SILENCES: list[tuple[Callable[[ScriptedImap], None], int]] = [
    (lambda server: go_silent(server, "ID"), 0),
    (lambda server: go_silent(server, "EXAMINE"), 0),
    (lambda server: go_silent(server, "UID SEARCH"), 0),
    (silent_sizes, 1),
    (silent_bodies, 1),
    (silent_bodies, 2),
    (silent_bodies, 5),
]
"""Where the link goes silent, and how many letters are waiting."""


@pytest.mark.parametrize(("silence", "new"), SILENCES)
def test_silent_link_is_noticed_in_three_polls_and_its_end_too(
    watched: WatchedOffice, silence: Callable[[ScriptedImap], None], new: int
) -> None:
    server = watched.server
    server.letters |= {uid: raw(uid) for uid in range(13, 13 + new)}
    silence(server)
    ready = []
    for _ in range(3):
        watched.poll()
        ready.append(watched.is_ready())
    assert ready == [True, True, False]
    watched.poll()
    assert [alarm.cause for alarm in watched.log.alarms] == ["TryLater"]
    server.on.clear()
    for _ in range(3):
        watched.poll()
    assert watched.is_ready()
    assert (len(watched.log.alarms), len(watched.log.all_clears)) == (1, 1)
    assert watched.holds_every_letter()


def test_sole_letter_that_never_comes_is_given_up_as_the_link_works(watched: WatchedOffice) -> None:
    server = watched.server
    server.letters[13] = raw(13)
    server.on["UID FETCH"] = only(lambda talk: bodies(talk) and 13 in talk.uids, hangs)
    for _ in range(4):
        watched.poll()
    assert watched.is_ready()
    assert watched.log.alarms == []
    server.letters[14] = raw(14)
    watched.poll()
    assert server.letters[14] in watched.stored()


@pytest.mark.parametrize("away", [DAY, 40 * DAY])
def test_downtime_loses_no_letter(watched: WatchedOffice, away: timedelta) -> None:
    """The service itself was off: no poll was made meanwhile."""
    watched.server.letters |= {uid: raw(uid) for uid in range(13, 73)}
    watched.poll(after=away)
    assert watched.holds_every_letter()
    with watched.office.ledger.reading() as ledger:
        assert Verdict.PENDING not in {letter.verdict for letter in letters.letters(ledger)}


@pytest.mark.parametrize("away", [DAY, 40 * DAY])
def test_mailbox_that_is_away_for_days_loses_no_letter(watched: WatchedOffice, away: timedelta) -> None:
    """The service was running: it asks again and again, and nobody has to start anything."""
    server = watched.server
    server.on["GREETING"] = Talk.hang_up
    for uid in range(13, 25):
        server.letters[uid] = raw(uid)
        watched.poll(after=away / 12)
    server.on.clear()
    watched.poll()
    assert watched.holds_every_letter()
    assert watched.is_ready()
    assert len(watched.log.all_clears) == 1


def test_letters_that_the_provider_hid_come_once_it_shows_them(watched: WatchedOffice) -> None:
    """163 shows programs the last thirty days only, until 收取全部邮件 is set: then older UIDs appear."""
    server = watched.server
    hidden = {uid: raw(uid) for uid in range(13, 30)}
    server.letters |= {uid: raw(uid) for uid in range(30, 40)}
    watched.poll(after=40 * DAY)
    assert watched.holds_every_letter()
    server.letters |= hidden
    watched.poll(after=DAY)
    assert watched.holds_every_letter()
