"""Alarms: troubles that the service cannot mend itself, passed on once a day for each cause and not at every poll."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import structlog

from values.errors import JianbaoError, LoginRefused, MailboxRefused, ReadingUnavailable, StorageFailed, TryLater

_log = structlog.get_logger(__name__)

REPEAT_AFTER: Final = timedelta(days=1)
"""How long an alarm is not repeated while its cause lasts: as often as a maintainer looks into the mail."""
LASTING_FAILURES: Final = 3
"""Failures in a row from which a mailbox that does not answer counts as lasting trouble. With the pauses after failures
that is about ten minutes: one lost packet or restart of a router is no alarm, a dead link is noticed the same hour."""


class AlarmCause(StrEnum):
    """What an alarm is about. It stays the same while the trouble lasts; the value is what the log has."""

    FETCHING = "fetching"
    """A poll failed, or letters could not be fetched."""
    LOGIN_REFUSED = "LoginRefused"
    """The mailbox refuses the password."""
    MAILBOX_REFUSED = "MailboxRefused"
    """The mailbox refuses a folder or a command."""
    STORAGE_FAILED = "StorageFailed"
    """The disk is full, read-only or broken."""
    MAILBOX_SILENT = "TryLater"
    """The mailbox has not answered for a while."""
    JUNK = "junk"
    """Letters of registered departments lie in a junk folder."""
    AFTER_READ = "after_read"
    """Letters that were read could not be marked in the mailbox."""
    ASSEMBLING = "assembling"
    """An issue that was due could not be assembled."""
    SENDING = "sending"
    """The mail server does not take letters, or some letters cannot be sent."""
    DISK = "disk"
    """The disk is nearly full."""
    ALTERED = "altered"
    """A stored file or the record of changes is not as it was recorded."""
    READING = "reading"
    """The processes that read letters do not work, or letters have been waiting for them too long."""
    DEFECT = "defect"
    """A job failed in a way that nobody foresaw."""
    REMOVING = "removing"
    """Letters whose time is over will be erased, or removed letters could not be destroyed."""
    BACKUP = "backup"
    """The scheduled backup was not made."""
    CLOCK = "clock"
    """The periodic work has stopped."""

    @property
    def chinese(self) -> str:
        """The heading of the alarm at the desk."""
        return _CHINESE.get(self, "收信")


_CHINESE: Final = {
    AlarmCause.STORAGE_FAILED: "磁盘",
    AlarmCause.DISK: "磁盘",
    AlarmCause.JUNK: "垃圾邮件",
    AlarmCause.AFTER_READ: "邮箱标记",
    AlarmCause.ASSEMBLING: "编排",
    AlarmCause.SENDING: "发信",
    AlarmCause.ALTERED: "核对",
    AlarmCause.READING: "读信",
    AlarmCause.DEFECT: "程序",
    AlarmCause.REMOVING: "删除来信",
    AlarmCause.BACKUP: "备份",
    AlarmCause.CLOCK: "定时",
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A trouble that the service cannot mend itself."""

    bulletin: str
    """Its id, "" for what all bulletins share."""
    cause: AlarmCause
    message: str
    """What is wrong, with the remedy, in Chinese."""
    at: datetime
    """Since when, as far as is known; aware."""
    urgent: bool = True
    """Whether no letters come in, or no issue is made, until somebody acts."""
    recurrence: int = 0
    """How many all-clears this process has given for the cause before: a trouble that comes back is another one."""


@dataclass(frozen=True, slots=True)
class AllClear:
    """The end of a trouble that an alarm was raised about."""

    bulletin: str
    """Its id, "" for what all bulletins share."""
    cause: AlarmCause
    since: datetime
    """When the alarm was raised; aware."""
    at: datetime
    """Aware."""


Report = Callable[[Alarm | AllClear], None]


def log_alarm(alarm: Alarm | AllClear) -> None:
    """Logs an urgent alarm as an error, any other as a warning, an all-clear as information."""
    if isinstance(alarm, AllClear):
        _log.info("all clear", bulletin=alarm.bulletin, cause=alarm.cause.value, since=alarm.since.isoformat())
        return
    write = _log.error if alarm.urgent else _log.warning
    write("alarm", bulletin=alarm.bulletin, cause=alarm.cause.value, message=alarm.message)


class DailyAlarms:
    """Passes each cause of a bulletin on to `report` once a day while it lasts, and its end once.

    May be shared by threads.
    """

    def __init__(self, report: Report = log_alarm) -> None:
        self._report = report
        self._last: dict[tuple[str, AlarmCause], datetime] = {}
        self._first: dict[tuple[str, AlarmCause], datetime] = {}
        """When the alarms that are not cleared yet were first passed on."""
        self._cleared: Counter[tuple[str, AlarmCause]] = Counter()
        self._lock = threading.Lock()

    def raise_alarm(self, alarm: Alarm) -> None:
        """Passes the alarm on, unless its cause was passed on within the last day and not cleared since."""
        key = (alarm.bulletin, alarm.cause)
        with self._lock:
            last = self._last.get(key)
            if last is not None and alarm.at - last < REPEAT_AFTER:
                return
            self._last[key] = alarm.at
            self._first.setdefault(key, alarm.at)
            recurrence = self._cleared[key]
        self._report(replace(alarm, recurrence=recurrence))

    def clear(self, bulletin: str, causes: Iterable[AlarmCause], at: datetime) -> None:
        """Passes the end of those of these causes on that an alarm was passed on about."""
        with self._lock:
            keys = [key for cause in causes if (key := (bulletin, cause)) in self._first]
            ended = [AllClear(bulletin, key[1], self._first.pop(key), at) for key in keys]
            for key in keys:
                del self._last[key]
                self._cleared[key] += 1
        for all_clear in ended:
            self._report(all_clear)


POLL_CAUSES: Final = (
    AlarmCause.FETCHING,
    AlarmCause.LOGIN_REFUSED,
    AlarmCause.MAILBOX_REFUSED,
    AlarmCause.MAILBOX_SILENT,
)
"""What ends with a poll that succeeds. A failing disk is not among it: a poll without news writes nothing."""


def cause_of_failed_poll(error: JianbaoError, failures: int) -> AlarmCause | None:
    """What a failed poll is an alarm about; None for one that the next poll will probably mend.

    failures: how many polls in a row have failed. Errors other than silence count at once: only a person mends them.
    """
    match error:
        case LoginRefused():
            return AlarmCause.LOGIN_REFUSED
        case MailboxRefused():
            return AlarmCause.MAILBOX_REFUSED
        case StorageFailed():
            return AlarmCause.STORAGE_FAILED
        case ReadingUnavailable():
            return AlarmCause.READING
        case TryLater():
            return AlarmCause.MAILBOX_SILENT if failures >= LASTING_FAILURES else None
        case _:
            return AlarmCause.FETCHING
