"""The periodic work for one bulletin: polling its mailbox, reading what is waiting, assembling when due."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from intake.fetch.mailbox import Unfinished
from service.health.activity import Activity
from service.health.alarms import POLL_CAUSES, Alarm, AlarmCause, DailyAlarms, cause_of_failed_poll
from service.issue.catch_up import catch_up
from service.letters.receive import IntakeResult, LetterReceiver
from service.office import Office
from service.running.back_off import pause_after
from settings.model import BulletinSettings
from values.errors import JianbaoError

_log = structlog.get_logger(__name__)

_ERRORS_LOGGED: Final = 20
"""Sentences about single letters in one log entry; a broken folder may cause thousands."""


class BulletinJobs:
    """Each method is one job of the scheduler; jobs of one kind never overlap.

    None raises a JianbaoError: it is logged, recorded in `activity`, and the next tick tries again.
    """

    def __init__(
        self,
        office: Office,
        bulletin: BulletinSettings,
        receiver: LetterReceiver,
        alarms: DailyAlarms,
        chance: Callable[[], float],
        activity: Activity | None = None,
    ) -> None:
        """chance: returns numbers from 0 to 1, by which pauses are spread. activity: None for one that nobody reads."""
        self._activity = activity or Activity()
        self._office = office
        self._bulletin = bulletin
        self._receiver = receiver
        self._alarms = alarms
        self._chance = chance
        self._failures = 0
        self._not_before: datetime | None = None
        self._polled_once = threading.Event()
        self._logged_error: str | None = None

    def poll(self) -> None:
        """Polls the mailbox, unless it is left alone after a failure."""
        if self._not_before and self._office.now() < self._not_before:
            return
        try:
            taken = self._receiver.poll(self._bulletin)
        except Unfinished as error:
            _log.info("poll goes on", bulletin=self._bulletin.id, reason=str(error))
            self._record_success()
        except JianbaoError as error:
            self._record_failure(error)
        else:
            if self._failures:
                _log.info("mailbox answers again", bulletin=self._bulletin.id, after_failures=self._failures)
            self._record_success()
            self._log_result(taken)
        finally:
            self._polled_once.set()

    def read_waiting(self) -> None:
        """Reads the letters that a person has imported or reopened, without waiting for the mailbox."""
        try:
            self._receiver.read_waiting(self._bulletin)
        except JianbaoError as error:
            _log.error("reading failed", bulletin=self._bulletin.id, reason=str(error))

    def assemble_when_due(self) -> None:
        """Waits for the first poll after a start: letters that arrived during downtime belong into a missed issue."""
        if not self._polled_once.is_set():
            return
        try:
            catch_up(self._office, self._bulletin)
        except JianbaoError as error:
            self._record_assembling(str(error))
            if str(error) != self._logged_error:  # the job runs every 30 seconds; one entry is enough
                _log.error("assembling failed", bulletin=self._bulletin.id, reason=str(error))
            self._logged_error = str(error)
        else:
            self._record_assembling("")
            self._logged_error = None

    def _record_success(self) -> None:
        self._failures, self._not_before = 0, None
        now = self._office.now()
        self._activity.record_poll(self._bulletin.id, now)
        self._alarms.clear(self._bulletin.id, POLL_CAUSES, now)

    def _record_failure(self, error: JianbaoError) -> None:
        """Leaves the mailbox alone for a while, and raises an alarm when only a person can mend it."""
        self._failures += 1
        now = self._office.now()
        every = timedelta(seconds=self._bulletin.mailbox.poll_seconds)
        pause = pause_after(self._failures, every, error, self._chance())
        rounded = timedelta(seconds=round(pause.total_seconds()))
        self._not_before = now + rounded
        _log.warning("poll failed", bulletin=self._bulletin.id, reason=str(error), again_in=str(rounded))
        cause = cause_of_failed_poll(error, self._failures)
        if cause is not None:
            self._alarms.raise_alarm(Alarm(self._bulletin.id, cause, str(error), now))
        self._activity.record_poll(self._bulletin.id, self._office.now(), str(error))

    def _log_result(self, taken: IntakeResult) -> None:
        if taken.stored or taken.errors:
            errors = list(taken.errors[:_ERRORS_LOGGED])
            _log.info("polled", bulletin=self._bulletin.id, new=taken.new, errors=errors)

    def _record_assembling(self, error: str) -> None:
        self._activity.record_attempt(self._bulletin.id, AlarmCause.ASSEMBLING, self._office.now(), error)
