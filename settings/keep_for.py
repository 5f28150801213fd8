"""How long letters are kept: "3y" in config.toml."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

_FORM: Final = re.compile(r"([1-9][0-9]{0,3})([ymd])")
_DAYS: Final = {"y": 365, "m": 30, "d": 1}
"""About how many days a unit has."""
_SHORTEST_DAYS: Final = 30
"""A shorter time would erase letters whose issue is hardly printed; more likely a slip of the pen."""
_LONGEST_DAYS: Final = 100 * 365
_CHINESE: Final = {"y": " 年", "m": " 个月", "d": " 天"}
_EXAMPLE: Final = '应如 "3y"（年）、"18m"（月）、"400d"（天），至少 30 天；留空则一直保存'


@dataclass(frozen=True, slots=True)
class KeepFor:
    """A span of the calendar."""

    count: int
    """At least 1."""
    unit: Literal["y", "m", "d"]
    """Years, months or days."""

    def before(self, moment: datetime) -> datetime:
        """The moment so long before; of a day that its month lacks, the month's last one."""
        if self.unit == "d":
            return moment - timedelta(days=self.count)
        months = moment.year * 12 + moment.month - 1 - self.count * (12 if self.unit == "y" else 1)
        year, month = divmod(months, 12)
        day = min(moment.day, calendar.monthrange(year, month + 1)[1])
        return moment.replace(year=year, month=month + 1, day=day)

    @property
    def chinese(self) -> str:
        return f"{self.count}{_CHINESE[self.unit]}"

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


def parse_keep_for(written: object) -> KeepFor | None:
    """ "3y" → `KeepFor`; "" → None (for ever). Raises ValueError with a Chinese sentence."""
    if not isinstance(written, str):
        raise ValueError(_EXAMPLE)
    if not written.strip():
        return None
    form = _FORM.fullmatch(written.strip().lower())
    if form is None:
        raise ValueError(f"看不懂的期限 {written}；{_EXAMPLE}")
    count, unit = int(form[1]), form[2]
    if not _SHORTEST_DAYS <= count * _DAYS[unit] <= _LONGEST_DAYS:
        raise ValueError(f"{written} 太短或太长；{_EXAMPLE}")
    return KeepFor(count, "y" if unit == "y" else "m" if unit == "m" else "d")
