"""The periodic work for one bulletin: polling its mailbox, reading what is waiting, assembling when due."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog

from archive.letters import has_pending
from intake.fetch.mailbox import Unfinished
from service.digest.send_digest import send_digest_when_due
from service.health.activity import Activity
from service.health.alarms import POLL_CAUSES, Alarm, AlarmCause, DailyAlarms, cause_of_failed_poll
from service.health.durations import Work
from service.issue.catch_up import catch_up
from service.letters.receive import IntakeResult, LetterReceiver
from service.office import Office
from service.running.faults import UnexpectedFault, unexpected_faults
from service.running.patience import Patience
from settings.model import BulletinSettings
from values.errors import JianbaoError, ReadingUnavailable, Stopped, StorageFailed

_log = structlog.get_logger(__name__)

SCHEDULE_TICK: Final = timedelta(seconds=30)
"""An issue is assembled in the minute in which it is due."""
READING_TICK: Final = timedelta(seconds=2)
"""What a person waits for at the desk; with nothing to be read it costs one query of an index."""
_ERRORS_LOGGED: Final = 20
"""Sentences about single letters in one log entry; a broken folder may cause thousands."""


class BulletinJobs:
    """Each method is one job of the scheduler; jobs of one kind never overlap.

    None raises anything: what fails is logged, recorded in `activity`, alarmed once a day, and tried again.
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
        self._polling = Patience(timedelta(seconds=bulletin.mailbox.poll_seconds), chance)
        self._reading = Patience(READING_TICK, chance)
        self._assembling = Patience(SCHEDULE_TICK, chance)
        self._digesting = Patience(SCHEDULE_TICK, chance)
        self._polled_once = threading.Event()
        self._logged_error: str | None = None

    def poll(self) -> None:
        """Polls the mailbox, unless it is left alone after a failure."""
        if self._polling.is_waiting(self._office.now()):
            return
        try:
            with unexpected_faults("收信"):
                self._office.require_data()
                done = self._activity.durations.begin(Work.POLL)
                taken = self._receiver.poll(self._bulletin)
                done()
        except Unfinished as error:
            _log.info("poll goes on", bulletin=self._bulletin.id, reason=str(error))
            self._record_success()
        except JianbaoError as error:
            self._record_failure(error)
        else:
            if self._polling.failures:
                _log.info("mailbox answers again", bulletin=self._bulletin.id, after_failures=self._polling.failures)
            self._record_success()
            self._log_result(taken)
        finally:
            self._polled_once.set()

    def read_waiting(self) -> None:
        """Reads the letters that a person has imported or reopened, without waiting for the mailbox."""
        if self._reading.is_waiting(self._office.now()):
            return
        try:
            with unexpected_faults("读信"):
                self._office.require_data()
                self._record_waiting()
                done = self._activity.durations.begin(Work.READ)
                if self._receiver.read_waiting(self._bulletin):
                    done()
        except JianbaoError as error:
            now = self._office.now()
            pause = self._reading.failed(error, now)
            _log.error("reading failed", bulletin=self._bulletin.id, reason=str(error), again_in=str(pause))
            self._receiver.renew_readers()
            cause = AlarmCause.STORAGE_FAILED if isinstance(error, StorageFailed) else AlarmCause.READING
            self._alarms.raise_alarm(Alarm(self._bulletin.id, cause, str(error), now))
            self._activity.record_attempt(self._bulletin.id, AlarmCause.READING, now, str(error))
        else:
            self._reading.succeeded()
            self._end_alarm(AlarmCause.READING)

    def assemble_when_due(self) -> None:
        """Waits for the first poll after a start: letters that arrived during downtime belong into a missed issue.

        What fails is tried again at the next tick; after an unexpected fault, after a pause.
        """
        if not self._polled_once.is_set() or self._assembling.is_waiting(self._office.now()):
            return
        try:
            with unexpected_faults("编排"):
                self._office.require_data()
                done = self._activity.durations.begin(Work.ASSEMBLE)
                if catch_up(self._office, self._bulletin):
                    done()
        except Stopped as error:
            _log.info("assembling goes on after the next start", bulletin=self._bulletin.id, reason=str(error))
        except JianbaoError as error:
            now = self._office.now()
            if isinstance(error, UnexpectedFault):
                self._assembling.failed(error, now)
            if str(error) != self._logged_error:  # the job runs every 30 seconds; one entry is enough
                _log.error("assembling failed", bulletin=self._bulletin.id, reason=str(error))
            self._logged_error = str(error)
            self._alarms.raise_alarm(Alarm(self._bulletin.id, AlarmCause.ASSEMBLING, str(error), now))
            self._activity.record_attempt(self._bulletin.id, AlarmCause.ASSEMBLING, now, str(error))
        else:
            self._assembling.succeeded()
            self._logged_error = None
            self._end_alarm(AlarmCause.ASSEMBLING)

    def send_digest(self) -> None:
        """Mails the editors how the week went, when that is due. Waits for the first poll after a start, whose success
        it reports."""
        if not self._polled_once.is_set() or self._digesting.is_waiting(self._office.now()):
            return
        try:
            with unexpected_faults("近况"):
                self._office.require_data()
                send_digest_when_due(self._office, self._bulletin, self._activity)
        except JianbaoError as error:
            pause = self._digesting.failed(error, self._office.now())
            _log.error("digest not sent", bulletin=self._bulletin.id, reason=str(error), again_in=str(pause))
        else:
            self._digesting.succeeded()

    def _record_waiting(self) -> None:
        with self._office.ledger.reading() as ledger:
            waiting = has_pending(ledger, self._bulletin.id)
        self._activity.record_waiting(self._bulletin.id, self._office.now(), waiting=waiting)

    def _end_alarm(self, cause: AlarmCause) -> None:
        now = self._office.now()
        self._activity.record_attempt(self._bulletin.id, cause, now)
        self._alarms.clear(self._bulletin.id, (cause,), now)

    def _record_success(self) -> None:
        self._polling.succeeded()
        now = self._office.now()
        self._activity.record_poll(self._bulletin.id, now)
        self._alarms.clear(self._bulletin.id, (*POLL_CAUSES, AlarmCause.DEFECT), now)

    def _record_failure(self, error: JianbaoError) -> None:
        """Leaves the mailbox alone for a while, and raises an alarm when only a person can mend it."""
        now = self._office.now()
        pause = self._polling.failed(error, now)
        _log.warning("poll failed", bulletin=self._bulletin.id, reason=str(error), again_in=str(pause))
        if isinstance(error, UnexpectedFault | ReadingUnavailable):
            self._receiver.renew_readers()
        cause = (
            AlarmCause.DEFECT
            if isinstance(error, UnexpectedFault)
            else cause_of_failed_poll(error, self._polling.failures)
        )
        if cause is not None:
            self._alarms.raise_alarm(Alarm(self._bulletin.id, cause, str(error), now))
        if cause is AlarmCause.READING:  # ended by the letters that are read next, not by the mailbox
            self._activity.record_attempt(self._bulletin.id, cause, now, str(error))
        self._activity.record_poll(self._bulletin.id, now, str(error))

    def _log_result(self, taken: IntakeResult) -> None:
        if taken.stored or taken.errors:
            errors = list(taken.errors[:_ERRORS_LOGGED])
            _log.info("polled", bulletin=self._bulletin.id, new=taken.new, errors=errors)
