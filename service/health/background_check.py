"""`check`, started from the desk: it takes seconds, so it runs in a thread, and its report is kept."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

import structlog

from service.health.check import CheckLine, CheckState, check_installation
from service.office import Office

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The lines of a check so far."""

    lines: tuple[CheckLine, ...] = ()
    began_at: datetime | None = None
    """None when no check was started yet."""
    ended_at: datetime | None = None
    """None while it runs."""

    @property
    def running(self) -> bool:
        return self.began_at is not None and self.ended_at is None


class BackgroundCheck:
    """One check at a time; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._report = CheckReport()
        self._thread: threading.Thread | None = None

    @property
    def report(self) -> CheckReport:
        """Of the running check, or of the last one."""
        return self._report

    def start(self, office: Office) -> None:
        """Starts a check, unless one is running."""
        with self._lock:
            if self._report.running:
                return
            self._report = CheckReport(began_at=office.now())
            self._thread = threading.Thread(target=self._run, args=[office], name="check", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Returns when the running check has ended."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, office: Office) -> None:
        try:
            for line in check_installation(office):
                self._add(line)
        except Exception as error:  # noqa: BLE001 - whatever fails, the person who waits must learn that it ended
            _log.exception("check broke off")
            message = f"没有查完（{type(error).__name__}）；详情见服务的日志。"
            self._add(CheckLine("检查", CheckState.BROKEN, message))
        finally:
            self._report = CheckReport(self._report.lines, self._report.began_at, office.now())

    def _add(self, line: CheckLine) -> None:
        self._report = CheckReport((*self._report.lines, line), self._report.began_at)
