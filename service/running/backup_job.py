"""The scheduled backup into the folder of `[service] backup`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog

from service.backup.back_up import back_up_to_folder
from service.backup.due import is_backup_due
from service.health.activity import Activity
from service.health.alarms import Alarm, AlarmCause
from service.health.durations import Work
from service.office import Office
from service.running.faults import unexpected_faults
from values.errors import JianbaoError, Stopped

_log = structlog.get_logger(__name__)

BACKUP_TICK: Final = timedelta(minutes=5)
"""How often it is asked whether a backup is due; costs reading a small file."""


class BackupJob:
    """One job of the scheduler. Raises no JianbaoError: it is logged and alarmed once, and the next tick tries again.

    A time that passed while the service was off is made up for at the start.
    """

    def __init__(self, office: Office, report: Callable[[Alarm], None], activity: Activity | None = None) -> None:
        """report: takes each alarm. activity: as for BulletinJobs."""
        self._office = office
        self._report = report
        self._activity = activity or Activity()
        self._failed = False

    def tick(self) -> None:
        """Makes a backup, if one was due since the last."""
        try:
            with unexpected_faults("备份"):
                self._back_up_when_due()
        except Stopped as error:
            _log.info("backup goes on after the next start", reason=str(error))
        except JianbaoError as error:
            message = f"没有备份成：{error}"
            _log.error("not backed up", reason=str(error))
            self._activity.record_attempt("", AlarmCause.BACKUP, self._office.now(), message)
            if not self._failed:
                self._report(Alarm("", AlarmCause.BACKUP, message, self._office.now(), urgent=False))
            self._failed = True

    def _back_up_when_due(self) -> None:
        office = self._office
        service = office.settings.service
        if service.backup is None or not is_backup_due(office):
            return
        folder, keep = service.backup, service.backup_keep
        record_duration = self._activity.durations.begin(Work.BACKUP)
        done = back_up_to_folder(office.ledger.server, office.data_dir, folder, keep, office.now, office.stopping)
        record_duration()
        self._failed = False
        self._activity.record_attempt("", AlarmCause.BACKUP, self._office.now())
        _log.info("backed up", target=str(done.target), files=len(done.manifest.members), octets=done.octets)
        if done.problems:
            message = "；".join(done.problems[:3])
            self._report(Alarm("", AlarmCause.ALTERED, message, self._office.now()))
