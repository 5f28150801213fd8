"""The periodic sending of letters."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from courier.faults import MailServerUnavailable
from service.health.activity import Activity
from service.health.alarms import AlarmCause
from service.letters.mailing import alarm_about_failed, outbox_sender
from service.office import Office
from service.running.back_off import pause_after
from values.errors import JianbaoError

_log = structlog.get_logger(__name__)

SENDING_TICK: Final = timedelta(seconds=30)
"""A receipt arrives within a minute; with nothing due a tick costs one query of an index."""


class SendingJob:
    """Sends what is due in the outbox. After a failure the mail server is left alone for a while."""

    def __init__(
        self, office: Office, stop: threading.Event, chance: Callable[[], float], activity: Activity | None = None
    ) -> None:
        """stop: ends the sending after the current letter. chance, activity: as for BulletinJobs."""
        self._activity = activity or Activity()
        self._office = office
        self._stop = stop
        self._chance = chance
        self._failures = 0
        self._not_before: datetime | None = None

    def send(self) -> None:
        """Sends what is due, unless the server is left alone after a failure."""
        if self._not_before and self._office.now() < self._not_before:
            return
        try:
            done = outbox_sender(self._office).send_due(stopping=self._stop.is_set)
        except JianbaoError as error:
            self._record_failure(error)
        else:
            self._failures, self._not_before = 0, None
            self._activity.record_attempt("", AlarmCause.SENDING, self._office.now())
            alarm_about_failed(self._office, done.failed)

    def _record_failure(self, error: JianbaoError) -> None:
        self._failures += 1
        pause = pause_after(self._failures, SENDING_TICK, error, self._chance())
        if isinstance(error, MailServerUnavailable) and error.after is not None:
            pause = max(pause, error.after)  # the server has asked for it
        self._not_before = self._office.now() + pause
        _log.error("sending failed", reason=str(error), again_in=str(pause))
        self._activity.record_attempt("", AlarmCause.SENDING, self._office.now(), str(error))
