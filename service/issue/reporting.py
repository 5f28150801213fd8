"""Which departments have sent something for the next issue, and from which nothing has come (本期未报送)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from archive import issues, statistics
from archive.articles import ArticleRecord
from archive.transaction import Transaction
from service.register.register import active_departments
from settings.model import BulletinSettings
from values.department import department_called

_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Before the first issue, everything that was ever sent is for it."""
_END: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reporting:
    """What the departments in use have sent since the last issue was signed off, in the order of the register."""

    silent: tuple[str, ...] = ()
    """Names of those from which nothing came, and which have nothing in the issue."""
    left_out: tuple[tuple[str, int], ...] = ()
    """Names of those that sent something and have nothing in the issue, each with how many articles came."""

    @property
    def left_out_in_words(self) -> str:
        """区人社局 2 篇、区民政局 1 篇; "" for none."""
        return "、".join(f"{name} {count} 篇" for name, count in self.left_out)


def reporting(ledger: Transaction, bulletin: BulletinSettings, records: Sequence[ArticleRecord]) -> Reporting:
    """records: the articles of the next ordinary issue. Articles whose sender nobody has confirmed are not counted."""
    last = issues.last_signed_off(ledger, bulletin.id, supplements=False)
    start = last.decided_at if last and last.decided_at else _BEGINNING
    departments = active_departments(ledger, bulletin)
    sent: Counter[str] = Counter()
    for row in statistics.sent(ledger, bulletin.id, start, _END):
        if row.department and (department := department_called(row.department, departments)):
            sent[department.name] += row.count
    printed = {name for record in records for name in record.departments}
    absent = [department.name for department in departments if not any(department.is_called(name) for name in printed)]
    return Reporting(
        silent=tuple(name for name in absent if not sent[name]),
        left_out=tuple((name, sent[name]) for name in absent if sent[name]),
    )
