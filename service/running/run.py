"""The service: polls, assembles when due, sends letters, and stops cleanly.

The clock rings; the ledger decides what there is to do.

One interval tick for each kind of work, none of them recorded: whatever a killed process left undone is found in the
ledger by the next tick of any process (stack.md section 3).
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from archive.files import remove_leftovers
from courier.faults import MailServerUnavailable
from intake.fetch.mailbox import Unfinished
from intake.pool import ReadingPool
from service.health.alarms import Alarm, Alarms, needs_a_hand, to_the_log
from service.health.pulse import Pulse
from service.issue.catch_up import begin_to_watch, catch_up
from service.issue.sign_off import complete_issues
from service.letters.mailing import alarm_about_failed, outbox_sender
from service.letters.searching import make_searchable
from service.letters.take_in import Reception
from service.office import Office
from service.running.notify import notify
from settings.model import BulletinSettings
from values.errors import JianbaoError, LoginRefused

_log = structlog.get_logger(__name__)

SCHEDULE_TICK: Final = timedelta(seconds=30)
READ_TICK: Final = timedelta(seconds=2)
"""What a person waits for at the desk; with nothing to be read it costs one look into an index."""
POST_TICK: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(minutes=15)
_LEFTOVER_AGE: Final = timedelta(hours=1)
_ERRORS_LOGGED: Final = 20
_LOOK_AGAIN: Final = 1.0
"""Seconds. The kernel may hand SIGTERM to another thread; then nothing wakes the main one, which runs the handler."""


def pause(failures: int, every: timedelta, error: JianbaoError, chance: float) -> timedelta:
    """How long to leave a mailbox alone after its n-th failure in a row: doubling, at most 15 minutes.

    A refused password at once for at least 15 minutes: more tries would lock the account (security.md B-1).
    chance: 0 to 1; spreads the tries of several mailboxes by up to a quarter, so that they do not come back together.
    """
    if isinstance(error, LoginRefused):
        return LONGEST_PAUSE * (1 + chance / 4)
    return min(every * (1 << min(failures, 10)), LONGEST_PAUSE) * (1 - chance / 4)


class Rounds:
    """The work of one bulletin, tick by tick. Ticks of one kind never overlap. `chance` gives numbers from 0 to 1.

    pulse: is told of every poll.
    """

    def __init__(
        self,
        office: Office,
        bulletin: BulletinSettings,
        reception: Reception,
        alarms: Alarms,
        chance: Callable[[], float],
        pulse: Pulse | None = None,
    ) -> None:
        self._pulse = pulse or Pulse()
        self._office = office
        self._bulletin = bulletin
        self._reception = reception
        self._alarms = alarms
        self._chance = chance
        self._failures = 0
        self._not_before: datetime | None = None
        self._polled_once = threading.Event()
        self._said: str | None = None

    def poll(self) -> None:
        if self._not_before and self._office.now() < self._not_before:
            return
        try:
            taken = self._reception.poll(self._bulletin)
        except Unfinished as error:
            _log.info("poll goes on", bulletin=self._bulletin.id, said=str(error))
            self._failures, self._not_before = 0, None
            self._pulse.polled(self._bulletin.id, self._office.now())
        except JianbaoError as error:
            self._back_off(error)
            self._pulse.polled(self._bulletin.id, self._office.now(), str(error))
        else:
            if self._failures:
                _log.info("mailbox answers again", bulletin=self._bulletin.id, after_failures=self._failures)
            self._failures, self._not_before = 0, None
            self._pulse.polled(self._bulletin.id, self._office.now())
            if taken.stored or taken.errors:
                _log.info(
                    "polled", bulletin=self._bulletin.id, new=taken.new, errors=list(taken.errors[:_ERRORS_LOGGED])
                )
        finally:
            self._polled_once.set()

    def read_waiting(self) -> None:
        """Reads what a person wants read again, or has brought in, without waiting for the mailbox."""
        try:
            self._reception.read_waiting(self._bulletin)
        except JianbaoError as error:
            _log.error("reading failed", bulletin=self._bulletin.id, said=str(error))

    def _back_off(self, error: JianbaoError) -> None:
        self._failures += 1
        now = self._office.now()
        every = timedelta(seconds=self._bulletin.mailbox.poll_seconds)
        wait = timedelta(seconds=round(pause(self._failures, every, error, self._chance()).total_seconds()))
        self._not_before = now + wait
        _log.warning("poll failed", bulletin=self._bulletin.id, said=str(error), again_in=str(wait))
        if needs_a_hand(error, self._failures):
            self._alarms.ring(Alarm(self._bulletin.id, type(error).__name__, str(error), now))

    def assemble_when_due(self) -> None:
        """Waits for the first poll after a start: what arrived during downtime belongs into a missed issue."""
        if not self._polled_once.is_set():
            return
        try:
            catch_up(self._office, self._bulletin)
        except JianbaoError as error:
            self._pulse.tried(self._bulletin.id, "编排", self._office.now(), str(error))
            if str(error) != self._said:  # the tick comes again every 30 seconds; say it once
                _log.error("assembling failed", bulletin=self._bulletin.id, said=str(error))
            self._said = str(error)
        else:
            self._pulse.tried(self._bulletin.id, "编排", self._office.now())
            self._said = None


class PostRound:
    """The sending of letters, tick by tick. After a failure the server is left alone as a mailbox is."""

    def __init__(
        self, office: Office, stop: threading.Event, chance: Callable[[], float], pulse: Pulse | None = None
    ) -> None:
        self._pulse = pulse or Pulse()
        self._office = office
        self._stop = stop
        self._chance = chance
        self._failures = 0
        self._not_before: datetime | None = None

    def send(self) -> None:
        if self._not_before and self._office.now() < self._not_before:
            return
        try:
            done = outbox_sender(self._office).send_due(stopping=self._stop.is_set)
        except JianbaoError as error:
            self._failures += 1
            wait = pause(self._failures, POST_TICK, error, self._chance())
            if isinstance(error, MailServerUnavailable) and error.after is not None:
                wait = max(wait, error.after)
            self._not_before = self._office.now() + wait
            _log.error("sending failed", said=str(error), again_in=str(wait))
            self._pulse.tried("", "发信", self._office.now(), str(error))
        else:
            self._failures, self._not_before = 0, None
            self._pulse.tried("", "发信", self._office.now())
            alarm_about_failed(self._office, done.failed)


def run(
    office: Office,
    pool: ReadingPool,
    stop: threading.Event,
    hear: Callable[[Alarm], None] = to_the_log,
    pulse: Pulse | None = None,
) -> None:
    """Serves until `stop` is set. A poll under way ends after its current batch, letter or conversion.

    `hear` gets the alarms. pulse: is told when the clock rings and a poll ends.
    """
    pulse = pulse or Pulse()
    pulse.start(office.now())
    remove_leftovers(office.data_dir, office.now() - _LEFTOVER_AGE)

    def hear_it(alarm: Alarm) -> None:
        pulse.rang(alarm)
        hear(alarm)

    alarms = Alarms(hear_it)
    reception = Reception(office, pool, stopping=stop.is_set, alarms=alarms)
    bulletins = office.settings.bulletins
    bell = BackgroundScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        # one for each job there is: hanging mailboxes must not keep the watchdog waiting
        executors={"default": ThreadPoolExecutor(3 * len(bulletins) + 5)},
    )
    for bulletin in bulletins:
        if bulletin.schedule is not None:
            begin_to_watch(office, bulletin)
        rounds = Rounds(office, bulletin, reception, alarms, random.random, pulse)
        at_once = {"next_run_time": office.now()}
        bell.add_job(rounds.poll, "interval", seconds=bulletin.mailbox.poll_seconds, **at_once)
        bell.add_job(rounds.read_waiting, "interval", seconds=READ_TICK.total_seconds())
        bell.add_job(rounds.assemble_when_due, "interval", seconds=SCHEDULE_TICK.total_seconds(), **at_once)
    bell.add_job(complete_issues, "date", run_date=office.now(), args=[office])
    bell.add_job(make_searchable, "date", run_date=office.now(), args=[office, pool, stop])
    if office.settings.smtp.host:
        post = PostRound(office, stop, random.random, pulse)
        bell.add_job(post.send, "interval", seconds=POST_TICK.total_seconds(), next_run_time=office.now())
    _keep_pulse(office, bell, pulse)
    _keep_watchdog(office, bell)
    bell.start()
    notify(office.environ, "READY=1", f"STATUS=收稿中：{len(bulletins)} 个刊物")
    _log.info("running", bulletins=[bulletin.id for bulletin in bulletins])
    while not stop.wait(_LOOK_AGAIN):
        pass
    notify(office.environ, "STOPPING=1")
    bell.shutdown(wait=True)
    _log.info("stopped")


def _keep_pulse(office: Office, bell: BackgroundScheduler, pulse: Pulse) -> None:
    def tick() -> None:
        pulse.tick(office.now())

    bell.add_job(tick, "interval", seconds=SCHEDULE_TICK.total_seconds(), next_run_time=office.now())


def _keep_watchdog(office: Office, bell: BackgroundScheduler) -> None:
    """Tells systemd's watchdog that the bell still rings, at half its limit (sd_watchdog_enabled(3))."""
    limit = int(office.environ.get("WATCHDOG_USEC", "0")) / 1e6
    if limit:
        bell.add_job(notify, "interval", args=[office.environ, "WATCHDOG=1"], seconds=limit / 2)
