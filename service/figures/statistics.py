"""Who sent how much, how much of it was printed, and what that scores (domain.md 3).

报送 counts by the day of arrival, 采用 by the date of the issue, 批示 by the day it was noted. 采用率 is 采用 over
报送, as offices work it out, so it may exceed 100 % in a period that prints what came before it.
综合采用 (one article made of several departments' texts) has no place in the ledger, whose articles have one department
each; once they have several, it is one more count for `table_of`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from archive import statistics
from archive.statistics import EndorsedCount, PrintedCount, SentCount
from archive.transaction import Transaction
from service.office import Office
from service.register.register import all_departments
from settings.model import BulletinSettings, PointsSettings
from values.department import department_called
from values.issue import ArticleStatus
from values.period import Period, last_months

UNKNOWN: Final = "（单位不明）"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A department's numbers, or all departments'. received: 报送. adopted: 采用, of which `supplement` stand in a 增刊
    and `notices` in a named section. held, returned, rejected: of what was received. endorsed: 批示 by level.
    """

    department: str
    received: int = 0
    adopted: int = 0
    supplement: int = 0
    notices: int = 0
    held: int = 0
    returned: int = 0
    rejected: int = 0
    endorsed: Mapping[str, int] = field(default_factory=dict)
    points: int = 0

    @property
    def rate(self) -> float | None:
        """采用率, 1.0 for all; None where nothing was received."""
        return self.adopted / self.received if self.received else None

    @property
    def rate_in_words(self) -> str:
        return "—" if self.rate is None else f"{self.rate:.1%}"

    @property
    def endorsements(self) -> int:
        return sum(self.endorsed.values())


@dataclass(frozen=True, slots=True)
class Counts:
    """What the ledger counted of one period."""

    sent: Sequence[SentCount]
    printed: Sequence[PrintedCount]
    endorsed: Sequence[EndorsedCount] = ()


@dataclass(frozen=True, slots=True)
class Statistics:
    """lines: in the order of the register, every department in use among them; others only where they have numbers."""

    period: Period
    lines: tuple[Line, ...]
    total: Line

    @property
    def ranked(self) -> tuple[Line, ...]:
        """By points, then by what was printed, then by what was sent; equals in the order of the register."""
        return tuple(sorted(self.lines, key=lambda line: (-line.points, -line.adopted, -line.received)))

    @property
    def is_empty(self) -> bool:
        return not (self.total.received or self.total.adopted or self.total.endorsements)


@dataclass(frozen=True, slots=True)
class Month:
    """period: a calendar month."""

    period: Period
    received: int
    adopted: int


def statistics_of(office: Office, bulletin: BulletinSettings, period: Period) -> Statistics:
    """Days are those of the office's own clock."""
    start, end = moments_of(office, period)
    with office.ledger.reading() as ledger:
        counts = Counts(
            statistics.sent(ledger, bulletin.id, start, end),
            statistics.printed(ledger, bulletin.id, period.first, period.last),
            statistics.endorsed(ledger, bulletin.id, start, end),
        )
        in_use, canonical = names_of(ledger, bulletin)
    lines = table_of(counts, bulletin.points, in_use, canonical)
    return Statistics(period, lines, total_of(lines))


def months_before(office: Office, bulletin: BulletinSettings, day: date, count: int = 12) -> tuple[Month, ...]:
    """So many calendar months, oldest first, that of the day the last."""
    month = last_months(day, count)
    periods = [last_months(day, 1)]
    while periods[0].first > month.first:
        periods.insert(0, periods[0].before)
    days = [*(period.first for period in periods), periods[-1].last + _DAY]
    with office.ledger.reading() as ledger:
        received = statistics.sent_between(ledger, bulletin.id, [_midnight(office, one) for one in days])
        adopted = statistics.printed_between(ledger, bulletin.id, days)
    return tuple(map(Month, periods, received, adopted))


def moments_of(office: Office, period: Period) -> tuple[datetime, datetime]:
    """When its first day begins, and when its last one is over."""
    return _midnight(office, period.first), _midnight(office, period.last + _DAY)


def _midnight(office: Office, day: date) -> datetime:
    return datetime.combine(day, time(), office.settings.service.timezone)


def names_of(ledger: Transaction, bulletin: BulletinSettings) -> tuple[tuple[str, ...], Callable[[str | None], str]]:
    """The departments in use, in order; and what an article's department is called today: by its canonical name where
    it was renamed or taken over, as it stands with the article where the register does not know it."""
    departments = all_departments(ledger, bulletin)
    in_use = [department for department in departments if not department.retired]
    retired = [department for department in departments if department.retired]
    found: dict[str, str] = {}

    def canonical(name: str | None) -> str:
        if not name:
            return UNKNOWN
        if name not in found:
            registered = department_called(name, in_use) or department_called(name, retired)
            found[name] = registered.name if registered else name
        return found[name]

    return tuple(one.name for one in in_use), canonical


def table_of(
    counts: Counts, points: PointsSettings, in_use: Sequence[str], canonical: Callable[[str | None], str]
) -> tuple[Line, ...]:
    """A line for each department in use, zeros too, then for any other that has numbers, by name, the unknown last."""
    received: defaultdict[str, Counter[ArticleStatus]] = defaultdict(Counter)
    printed: defaultdict[str, list[PrintedCount]] = defaultdict(list)
    endorsed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sent in counts.sent:
        received[canonical(sent.department)][sent.status] += sent.count
    for adopted in counts.printed:
        printed[canonical(adopted.department)].append(adopted)
    for noted in counts.endorsed:
        endorsed[canonical(noted.department)][noted.level] += noted.count
    others = (received.keys() | printed.keys() | endorsed.keys()) - set(in_use)
    names = [*in_use, *sorted(others, key=lambda name: (name == UNKNOWN, name))]
    return tuple(_line(name, received[name], printed[name], endorsed[name], points) for name in names)


def _line(
    name: str,
    received: Mapping[ArticleStatus, int],
    printed: Sequence[PrintedCount],
    endorsed: Mapping[str, int],
    points: PointsSettings,
) -> Line:
    notices = sum(one.count for one in printed if one.section)
    supplement = sum(one.count for one in printed if one.supplement and not one.section)
    adopted = sum(one.count for one in printed)
    ordinary = adopted - notices - supplement
    score = ordinary * points.adopted + supplement * points.supplement + notices * points.notice
    score += sum(count * points.endorsed.get(level, 0) for level, count in endorsed.items())
    return Line(
        department=name,
        received=sum(received.values()),
        adopted=adopted,
        supplement=supplement,
        notices=notices,
        held=received.get(ArticleStatus.HELD, 0),
        returned=received.get(ArticleStatus.RETURNED, 0),
        rejected=received.get(ArticleStatus.REJECTED, 0),
        endorsed=dict(endorsed),
        points=score,
    )


def total_of(lines: Iterable[Line]) -> Line:
    """The sum of lines."""
    lines = tuple(lines)
    endorsed: Counter[str] = Counter()
    for line in lines:
        endorsed.update(line.endorsed)
    return Line(
        department="合计",
        received=sum(line.received for line in lines),
        adopted=sum(line.adopted for line in lines),
        supplement=sum(line.supplement for line in lines),
        notices=sum(line.notices for line in lines),
        held=sum(line.held for line in lines),
        returned=sum(line.returned for line in lines),
        rejected=sum(line.rejected for line in lines),
        endorsed=dict(endorsed),
        points=sum(line.points for line in lines),
    )
