"""When the scheduled backup is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from service.backup.last_backup import last_backup
from service.issue.due import fire_times
from service.office import Office

GRACE: Final = timedelta(hours=6)
"""How long a scheduled backup may take, or wait for the next try, before it counts as missed."""
_LOOK_BACK: Final = timedelta(days=8)
"""A schedule names days of the week, so its last time is within a week."""


def is_backup_due(office: Office, grace: timedelta = timedelta(0)) -> bool:
    """Whether the schedule has had a time since the last backup into its folder, at least `grace` ago; False without a
    folder or a schedule. Raises StorageFailed."""
    service = office.settings.service
    if service.backup is None or service.backup_schedule is None:
        return False
    until = office.now() - grace
    after = until - _LOOK_BACK
    last = last_backup(office.data_dir)
    if last is not None and last.target == str(service.backup):
        after = max(last.made_at, after)
    return next(fire_times(service.backup_schedule, service.timezone, after, until), None) is not None
