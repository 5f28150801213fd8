"""How many articles each department sent, how many of them were printed, and what that scores (domain.md 3).

报送 counts by the day of arrival, 采用 by the date of the issue, 批示, where the office counts it, by the day it was
recorded, 上级采用 by the day of the paper. 采用率 is the part of
the articles of the period that has been printed by now, so that it cannot exceed 100 % (issue 17). Joint work counts
for each department that signed it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from archive import statistics
from archive.commissions import commissions_due
from archive.statistics import EndorsedCount, PrintedCount, SentCount
from archive.transaction import Transaction
from archive.upper_adoptions import UpperCount, upper_counts
from service.figures.commissions import NO_COMMISSIONS, CommissionFigures, commission_figures
from service.figures.points import points_in_words, points_of
from service.office import Office
from service.register.register import all_departments
from settings.model import BulletinSettings, PointsSettings
from values.department import department_called
from values.issue import ArticleStatus
from values.period import Period, last_months

UNKNOWN: Final = "（单位待定）"
"""Stands for the department of articles that have none."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DepartmentFigures:
    """The figures of a department in a period, or of all departments together."""

    department: str
    """Canonical name, UNKNOWN, or 合计 for all together."""
    received: int = 0
    """报送: articles that arrived in the period."""
    received_printed: int = 0
    """Of the received: those printed by now, in whatever issue."""
    adopted: int = 0
    """采用: articles printed in issues of the period."""
    supplement: int = 0
    """Of the adopted: those in a 增刊, outside named sections."""
    notices: int = 0
    """Of the adopted: those in a named section (情况通报)."""
    held: int = 0
    """留用, of the received."""
    returned: int = 0
    """退改, of the received."""
    rejected: int = 0
    """退稿, of the received."""
    endorsed: Mapping[str, int] = field(default_factory=dict)
    """批示 recorded in the period, by level; none where the office does not count them."""
    upper: Mapping[str, int] = field(default_factory=dict)
    """上级采用 in papers of the period, by level."""
    points: Decimal = Decimal(0)
    """得分, by the bulletin's points, not rounded; 0 where nothing is scored."""
    group: str = ""
    """分组 of the department; "": none."""
    commissions: CommissionFigures = NO_COMMISSIONS
    """约稿 whose deadline is in the period."""

    @property
    def rate(self) -> float | None:
        """采用率: the part of the received that is printed, at most 1.0; None where nothing was received."""
        return self.received_printed / self.received if self.received else None

    @property
    def rate_in_words(self) -> str:
        """采用率 as a percentage with at most one decimal place, — where nothing was received."""
        return "—" if self.rate is None else f"{100 * self.rate:.1f}".removesuffix(".0") + "%"

    @property
    def points_in_words(self) -> str:
        """得分 with at most two decimal places."""
        return points_in_words(self.points)

    @property
    def endorsements(self) -> int:
        """批示 of all levels."""
        return sum(self.endorsed.values())

    @property
    def upper_adoptions(self) -> int:
        """上级采用 of all levels."""
        return sum(self.upper.values())


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """The ledger's counts for one period, by the names that departments had then."""

    sent: Sequence[SentCount]
    """By department and status."""
    printed: Sequence[PrintedCount]
    """By department, section and kind of issue."""
    endorsed: Sequence[EndorsedCount] = ()
    """By department and level."""
    upper: Sequence[UpperCount] = ()
    """上级采用 by department and level."""
    commissions: Mapping[str, CommissionFigures] = field(default_factory=dict)
    """By today's name of the department."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The table of a period."""

    period: Period
    lines: tuple[DepartmentFigures, ...]
    """In the order of the register. Every department in use is among them, others only where they have figures."""
    total: DepartmentFigures
    scored: bool = False
    """Whether the office scores articles; where it does not, departments are never ranked."""
    counts_endorsements: bool = False
    """Whether the office counts 批示; where it does not, there is no column of them."""

    @property
    def ranked(self) -> tuple[DepartmentFigures, ...]:
        """By points, then by articles printed, then by articles sent; equals in the order of the register.

        In the order of the register where nothing is scored.
        """
        if not self.scored:
            return self.lines
        return tuple(sorted(self.lines, key=lambda line: (-line.points, -line.adopted, -line.received)))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was received, printed, endorsed, adopted above or due."""
        total = self.total
        in_issues = total.received or total.adopted
        return not (in_issues or total.endorsements or total.upper_adoptions or total.commissions.asked)

    @property
    def counts_commissions(self) -> bool:
        """Whether any commission was due in the period; where none was, there are no columns of them."""
        return bool(self.total.commissions.asked)


@dataclass(frozen=True, slots=True)
class Month:
    """The figures of all departments in a calendar month."""

    period: Period
    received: int
    """报送."""
    adopted: int
    """采用."""


def statistics_of(office: Office, bulletin: BulletinSettings, period: Period) -> Statistics:
    """The table of the period, whose days are those of the office's own clock. Raises StorageFailed."""
    start, end = moments_of(office, period)
    with office.ledger.reading() as ledger:
        in_use, canonical = names_of(ledger, bulletin)
        due = commissions_due(ledger, bulletin.id, start, end)
        counts = PeriodCounts(
            statistics.sent(ledger, bulletin.id, start, end),
            statistics.printed(ledger, bulletin.id, period.first, period.last),
            statistics.endorsed(ledger, bulletin.id, start, end) if bulletin.counts_endorsements else (),
            upper_counts(ledger, bulletin.id, period.first, period.last),
            commission_figures(due, canonical, office.now()),
        )
    lines = table_of(counts, bulletin.points, in_use, canonical)
    return Statistics(
        period,
        lines,
        total_of(lines),
        scored=bulletin.points is not None,
        counts_endorsements=bulletin.counts_endorsements,
    )


def groups_of(lines: Sequence[DepartmentFigures]) -> tuple[tuple[str, tuple[DepartmentFigures, ...]], ...]:
    """The lines of each group in their order, under its name; groups as they first occur, lines of none ("") last."""
    names = sorted(dict.fromkeys(line.group for line in lines), key=lambda name: not name)
    return tuple((name, tuple(line for line in lines if line.group == name)) for name in names)


def months_before(office: Office, bulletin: BulletinSettings, day: date, count: int = 12) -> tuple[Month, ...]:
    """So many calendar months, oldest first, up to the month of the day. Raises StorageFailed."""
    month = last_months(day, count)
    periods = [last_months(day, 1)]
    while periods[0].first > month.first:
        periods.insert(0, periods[0].before)
    days = [*(period.first for period in periods), periods[-1].last + _DAY]
    with office.ledger.reading() as ledger:
        received = statistics.sent_between(ledger, bulletin.id, [_midnight(office, first) for first in days])
        adopted = statistics.printed_between(ledger, bulletin.id, days)
    return tuple(map(Month, periods, received, adopted))


def moments_of(office: Office, period: Period) -> tuple[datetime, datetime]:
    """The beginning of its first day and the end of its last one."""
    return _midnight(office, period.first), _midnight(office, period.last + _DAY)


def _midnight(office: Office, day: date) -> datetime:
    return datetime.combine(day, time(), office.settings.service.timezone)


def names_of(ledger: Transaction, bulletin: BulletinSettings) -> tuple[Mapping[str, str], Callable[[str | None], str]]:
    """The departments in use, in the register's order, each with its group; and a function from an article's
    department to today's name.

    That is the canonical name of a department that was renamed or taken over, the article's own name for one that is
    not registered, UNKNOWN for none.
    """
    departments = all_departments(ledger, bulletin)
    in_use = [department for department in departments if not department.retired]
    retired = [department for department in departments if department.retired]
    canonical_names: dict[str, str] = {}

    def canonical(name: str | None) -> str:
        if not name:
            return UNKNOWN
        if name not in canonical_names:
            registered = department_called(name, in_use) or department_called(name, retired)
            canonical_names[name] = registered.name if registered else name
        return canonical_names[name]

    return {department.name: department.group for department in in_use}, canonical


def table_of(
    counts: PeriodCounts,
    points: PointsSettings | None,
    in_use: Mapping[str, str],
    canonical: Callable[[str | None], str],
) -> tuple[DepartmentFigures, ...]:
    """Each department in use, also without figures; then any other that has figures, by name, UNKNOWN last.

    points: None where nothing is scored. in_use, canonical: as `names_of` returns them.
    """
    received: defaultdict[str, Counter[ArticleStatus]] = defaultdict(Counter)
    printed: defaultdict[str, list[PrintedCount]] = defaultdict(list)
    endorsed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    upper: defaultdict[str, list[UpperCount]] = defaultdict(list)
    for sent in counts.sent:
        received[canonical(sent.department)][sent.status] += sent.count
    for adopted in counts.printed:
        printed[canonical(adopted.department)].append(adopted)
    for noted in counts.endorsed:
        endorsed[canonical(noted.department)][noted.level] += noted.count
    for taken in counts.upper:
        upper[canonical(taken.department)].append(taken)
    commissions = counts.commissions
    counted = (received, printed, endorsed, upper, commissions)
    unlisted = {name for by_name in counted for name in by_name} - in_use.keys()
    names = [*in_use, *sorted(unlisted, key=lambda name: (name == UNKNOWN, name))]
    lines = (_line(name, received[name], printed[name], endorsed[name]) for name in names)
    return tuple(
        replace(
            line,
            group=in_use.get(line.department, ""),
            upper=_by_level(upper[line.department]),
            points=(
                points_of(
                    printed[line.department],
                    line.endorsed,
                    points,
                    upper[line.department],
                    commissions.get(line.department),
                )
                if points
                else Decimal(0)
            ),
            commissions=commissions.get(line.department, NO_COMMISSIONS),
        )
        for line in lines
    )


def _by_level(upper: Iterable[UpperCount]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for row in upper:
        counts[row.level] += row.count
    return dict(counts)


def _line(
    name: str,
    received: Mapping[ArticleStatus, int],
    printed: Sequence[PrintedCount],
    endorsed: Mapping[str, int],
) -> DepartmentFigures:
    """The figures without points. printed: the counts of the department, several for a kind of issue and section."""
    return DepartmentFigures(
        department=name,
        received=sum(received.values()),
        received_printed=received.get(ArticleStatus.PUBLISHED, 0),
        adopted=sum(row.count for row in printed),
        supplement=sum(row.count for row in printed if row.supplement and not row.section),
        notices=sum(row.count for row in printed if row.section),
        held=received.get(ArticleStatus.HELD, 0),
        returned=received.get(ArticleStatus.RETURNED, 0),
        rejected=received.get(ArticleStatus.REJECTED, 0),
        endorsed=dict(endorsed),
    )


def total_of(lines: Iterable[DepartmentFigures]) -> DepartmentFigures:
    """合计: the sum of the lines."""
    lines = tuple(lines)
    endorsed: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for line in lines:
        endorsed.update(line.endorsed)
        upper.update(line.upper)
    return DepartmentFigures(
        department="合计",
        received=sum(line.received for line in lines),
        received_printed=sum(line.received_printed for line in lines),
        adopted=sum(line.adopted for line in lines),
        supplement=sum(line.supplement for line in lines),
        notices=sum(line.notices for line in lines),
        held=sum(line.held for line in lines),
        returned=sum(line.returned for line in lines),
        rejected=sum(line.rejected for line in lines),
        endorsed=dict(endorsed),
        upper=dict(upper),
        points=sum((line.points for line in lines), Decimal(0)),
        commissions=sum((line.commissions for line in lines), NO_COMMISSIONS),
    )
