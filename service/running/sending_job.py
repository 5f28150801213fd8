"""The periodic sending of letters."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from courier.faults import AccountLimited, MailServerUnavailable, limit_notice
from courier.replies import Deferred
from service.backup.hold import held_message
from service.commission.remind import queue_reminders
from service.health.activity import Activity
from service.health.alarms import AlarmCause
from service.health.durations import Work
from service.letters.letters_out import give_all_clear, raise_alarm
from service.letters.mailing import alarm_about_failed, outbox_sender
from service.office import Office
from service.running.back_off import pause_after
from service.running.faults import UnexpectedFault, unexpected_faults
from values.errors import JianbaoError

_log = structlog.get_logger(__name__)

SENDING_TICK: Final = timedelta(seconds=30)
"""A receipt arrives within a minute; with nothing due a tick costs one query of an index."""


ACCOUNT_LIMITED: Final = "发信邮箱被服务商限制"
"""What the alarm and its all-clear are about."""


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
        self._limited_since: datetime | None = None
        """Since when the provider has limited the account that sends; None while it does not."""
        self._limits_ended = 0
        self._reminding_failed = ""

    def send(self) -> None:
        """Sends what is due, unless the server is left alone after a failure, or letters are held after a restore."""
        if self._not_before and self._office.now() < self._not_before:
            return
        if message := held_message(self._office):
            self._activity.record_attempt("", AlarmCause.SENDING, self._office.now(), message)
            return
        self._remind()
        try:
            with unexpected_faults("发信"):
                self._office.require_data()
                record_duration = self._activity.durations.begin(Work.SEND)
                done = outbox_sender(self._office).send_due(stopping=self._stop.is_set)
                if done.sent or done.deferred or done.open or done.failed:
                    record_duration()
        except JianbaoError as error:
            self._record_failure(error)
        else:
            alarm_about_failed(self._office, done.failed)
            if done.limited is not None:
                self._record_limit(done.limited)
            elif done.sent or self._limited_since is None:
                self._record_success()

    def _remind(self) -> None:
        """Queues the reminders of commissions that are due. A failure keeps no letter from being sent: it is logged,
        and tried again at the next tick."""
        try:
            with unexpected_faults("约稿提醒"):
                self._office.require_data()
                for bulletin in self._office.settings.bulletins:
                    queue_reminders(self._office, bulletin)
        except JianbaoError as error:
            if str(error) != self._reminding_failed:  # a tick every 30 seconds; an entry for each trouble is enough
                _log.error("reminders not queued", reason=str(error))
            self._reminding_failed = str(error)
        else:
            self._reminding_failed = ""

    def _record_success(self) -> None:
        self._failures, self._not_before = 0, None
        self._activity.record_attempt("", AlarmCause.SENDING, self._office.now())
        if self._limited_since is not None:
            give_all_clear(self._office, ACCOUNT_LIMITED, self._limited_since)
            self._limited_since = None
            self._limits_ended += 1

    def _record_limit(self, refusal: Deferred) -> None:
        """Leaves the server alone for as long as the limit may last: every letter would be refused alike."""
        wait = refusal.after or SENDING_TICK
        account = self._office.settings.smtp.address
        notice = limit_notice(account, f"{refusal.code} {refusal.text}", wait)
        self._not_before = self._office.now() + wait
        _log.error("sending account limited", reason=notice, again_in=str(wait))
        self._activity.record_attempt("", AlarmCause.SENDING, self._office.now(), notice)
        self._alarm_about_limit(notice)

    def _alarm_about_limit(self, notice: str) -> None:
        """One alarm for each limit, however many letters meet it."""
        if self._limited_since is None:
            self._limited_since = self._office.now()
            raise_alarm(self._office, ACCOUNT_LIMITED, notice, recurrence=self._limits_ended)

    def _record_failure(self, error: JianbaoError) -> None:
        self._failures += 1
        pause = pause_after(self._failures, SENDING_TICK, error, self._chance())
        if isinstance(error, MailServerUnavailable) and error.after is not None:
            pause = max(pause, error.after)  # the server has asked for it
        self._not_before = self._office.now() + pause
        _log.error("sending failed", reason=str(error), again_in=str(pause))
        self._activity.record_attempt("", AlarmCause.SENDING, self._office.now(), str(error))
        if isinstance(error, UnexpectedFault):
            raise_alarm(self._office, "发信程序出错", str(error))
        if isinstance(error, AccountLimited):
            self._alarm_about_limit(str(error))
