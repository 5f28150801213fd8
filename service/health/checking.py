"""`check`, begun by somebody at the desk: it takes seconds, so it runs beside, and what it found is kept."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

import structlog

from service.health.check import Line, State, check
from service.office import Office

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known so far. began_at: None when nobody has asked yet; ended_at: None while it runs."""

    lines: tuple[Line, ...] = ()
    began_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def running(self) -> bool:
        return self.began_at is not None and self.ended_at is None


class Checking:
    """One check at a time; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found = Checked()
        self._thread: threading.Thread | None = None

    @property
    def found(self) -> Checked:
        return self._found

    def begin(self, office: Office) -> None:
        """Starts a check, unless one runs."""
        with self._lock:
            if self._found.running:
                return
            self._found = Checked(began_at=office.now())
            self._thread = threading.Thread(target=self._run, args=[office], name="check", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Until the check that runs has ended."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, office: Office) -> None:
        try:
            for line in check(office):
                self._add(line)
        except Exception as error:  # noqa: BLE001 - whatever happens, a person who waits is told
            _log.exception("check broke off")
            self._add(Line("检查", State.BROKEN, f"没有查完（{type(error).__name__}）；详情见服务的日志。"))
        finally:
            self._found = Checked(self._found.lines, self._found.began_at, office.now())

    def _add(self, line: Line) -> None:
        self._found = Checked((*self._found.lines, line), self._found.began_at)
