"""The periodic part of removing letters: what a killed process left undone, what a restored backup brought back, and
at night the letters whose time is over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import structlog

from service.health.activity import Activity
from service.health.alarms import Alarm, AlarmCause
from service.health.nights import is_night_due
from service.office import Office
from service.removal.expiry import announce, erase_expired, load_expiry
from service.removal.finish import destroy_removed_files, finish_removals
from service.removal.recall import recall_removed
from service.removal.remove import erase_edited_drafts
from service.running.faults import unexpected_faults
from values.errors import JianbaoError

_log = structlog.get_logger(__name__)

REMOVING_TICK: Final = timedelta(minutes=10)
"""How often it is asked whether anything is due; costs a query and reading a small file."""


class RemovingJob:
    """One job of the scheduler. Raises nothing: a failure is logged and shown, and the next tick tries again."""

    def __init__(
        self,
        office: Office,
        stop: threading.Event,
        report: Callable[[Alarm], None],
        activity: Activity | None = None,
    ) -> None:
        """report: takes each alarm. activity: as for BulletinJobs."""
        self._office = office
        self._stop = stop
        self._report = report
        self._activity = activity or Activity()
        self._cleaned: date | None = None

    def start(self) -> None:
        """Before anything else runs: completes removals, also those that a restored ledger does not know."""
        self._guarded(self._clean)

    def tick(self) -> None:
        """Completes removals; at night also looks for files that came back, and erases the letters whose time is over.
        The first tick with a new value of keep_letters, or after a jump of the clock, only announces what it will
        erase."""
        self._guarded(self._tick)

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            with unexpected_faults("销毁来信"):
                self._office.require_data()
                work()
        except JianbaoError as error:
            _log.error("letters not removed", reason=str(error))
            self._activity.record_attempt("", AlarmCause.REMOVING, self._office.now(), str(error))
        else:
            self._activity.record_attempt("", AlarmCause.REMOVING, self._office.now())

    def _clean(self) -> None:
        recall_removed(self._office)
        destroy_removed_files(self._office)
        erase_edited_drafts(self._office)
        finish_removals(self._office)
        self._cleaned = self._office.local(self._office.now()).date()

    def _tick(self) -> None:
        finish_removals(self._office)
        now = self._office.local(self._office.now())
        if self._cleaned is None or is_night_due(self._cleaned, now):
            self._clean()
        keep = self._office.settings.service.keep_letters
        if keep is None:
            return
        state = load_expiry(self._office)
        if state is None or not state.holds(str(keep), now.date()):
            sentence = announce(self._office)
            _log.warning("letters will be erased", keep=str(keep), message=sentence)
            self._report(Alarm("", AlarmCause.REMOVING, f"{sentence}。", self._office.now(), urgent=False))
        elif is_night_due(state.night or state.announced, now):
            erase_expired(self._office, state, self._stop.is_set)
