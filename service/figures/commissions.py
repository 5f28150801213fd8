"""约稿 in the statistics: how often each department was in time, late, and did not answer. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from values.commission import Commission, CommissionStanding


@dataclass(frozen=True, slots=True)
class CommissionFigures:
    """How often a department was in time, late, and did not answer."""

    done: int = 0
    """按时."""
    late: int = 0
    """迟到."""
    missed: int = 0
    """欠稿."""

    def __add__(self, other: CommissionFigures) -> CommissionFigures:
        return CommissionFigures(self.done + other.done, self.late + other.late, self.missed + other.missed)

    @property
    def asked(self) -> int:
        """Of how many commissions the outcome is clear: awaited ones are not counted yet."""
        return self.done + self.late + self.missed


NO_COMMISSIONS = CommissionFigures()
_ONCE = {
    CommissionStanding.DONE: CommissionFigures(done=1),
    CommissionStanding.LATE: CommissionFigures(late=1),
    CommissionStanding.MISSED: CommissionFigures(missed=1),
}


def commission_figures(
    commissions: Iterable[Commission], canonical: Callable[[str | None], str], at: datetime
) -> Mapping[str, CommissionFigures]:
    """By today's name of each department that was asked. at: the moment at which they are counted.

    canonical: as `service.figures.statistics.names_of` returns it.
    """
    figures: dict[str, CommissionFigures] = {}
    for commission in commissions:
        for name in commission.departments:
            once = _ONCE.get(commission.standing_of(name, at))
            if once is not None:
                figures[canonical(name)] = figures.get(canonical(name), NO_COMMISSIONS) + once
    return figures
