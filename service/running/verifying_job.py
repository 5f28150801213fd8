"""The nightly comparing of what is stored, with an alarm for each difference, once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

import structlog

from service.health.activity import Activity
from service.health.alarms import Alarm, AlarmCause
from service.health.difference import Difference
from service.health.verify_nightly import NightlyState, is_due, load_state, save_state, verify_part
from service.office import Office
from service.removal.finish import destroy_removed_files
from service.running.faults import UnexpectedFault, unexpected_faults
from values.errors import JianbaoError

_log = structlog.get_logger(__name__)

VERIFYING_TICK: Final = timedelta(minutes=10)
"""How often it is asked whether a part is due; costs reading a small file."""
_SHOWN: Final = 10
"""Differences that an alarm names; `verify` names all."""


class VerifyingJob:
    """One job of the scheduler. Raises nothing: a failure is logged, and the next tick tries again."""

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
        self._failed = False

    def verify(self) -> None:
        """Compares tonight's part, if it is due. The first night is the one after the first start."""
        office = self._office
        try:
            with unexpected_faults("核对"):
                office.require_data()
                self._verify_part()
        except JianbaoError as error:
            _log.error("not verified", reason=str(error))
            if isinstance(error, UnexpectedFault) and not self._failed:
                self._report(Alarm("", AlarmCause.DEFECT, str(error), office.now(), urgent=False))
            self._failed = True
        else:
            self._failed = False

    def _verify_part(self) -> None:
        office = self._office
        now = office.local(office.now())
        state = load_state(office)
        if state is None:
            save_state(office, NightlyState(now.date()))
            return
        if is_due(state, now):
            state, unreported = verify_part(office, state, now.date(), self._stop.wait)
            destroy_removed_files(office)
            if unreported:
                self._report(Alarm("", AlarmCause.ALTERED, differences_message(unreported), office.now()))
            save_state(office, state)
            _log.info("part verified", after=state.after, differences=len(state.differences))
        message = differences_message(state.differences) if state.differences else ""
        self._activity.record_attempt("", AlarmCause.ALTERED, office.now(), message)


def differences_message(differences: Sequence[Difference]) -> str:
    """The sentence about them, with the remedy."""
    named = "；".join(f"{each.path}（{each.chinese}）" for each in differences[:_SHOWN])
    more = f"；共 {len(differences)} 处" if len(differences) > _SHOWN else ""
    return f"存的文件或记录与入库时不同：{named}{more}。请运行 verify 查明原因，再从备份恢复。"
