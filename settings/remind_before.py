"""How long before its deadline departments are reminded of a commission: "1d" or "6h" in config.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

_FORM: Final = re.compile(r"([1-9][0-9]{0,2})([dh])")
_MOST_DAYS: Final = 30
"""Nobody keeps in mind a reminder that comes earlier; more likely a slip of the pen."""
_EXAMPLE: Final = '应如 "1d"（天）、"6h"（小时），最长 30 天；留空则不提醒'


@dataclass(frozen=True, slots=True)
class RemindBefore:
    """A span before a deadline."""

    count: int
    """At least 1."""
    unit: Literal["d", "h"]
    """Days or hours."""

    def before(self, deadline: datetime) -> datetime:
        """The moment so long before the deadline, on the same clock."""
        return deadline - (timedelta(days=self.count) if self.unit == "d" else timedelta(hours=self.count))

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


def parse_remind_before(written: object) -> RemindBefore | None:
    """ "1d" → `RemindBefore`; "" → None (no reminder). Raises ValueError with a Chinese sentence."""
    if not isinstance(written, str):
        raise ValueError(_EXAMPLE)
    if not written.strip():
        return None
    form = _FORM.fullmatch(written.strip().lower())
    if form is None:
        raise ValueError(f"看不懂的时间 {written}；{_EXAMPLE}")
    span = RemindBefore(int(form[1]), "d" if form[2] == "d" else "h")
    if span.count > _MOST_DAYS * (1 if span.unit == "d" else 24):
        raise ValueError(f"{written} 太长；{_EXAMPLE}")
    return span
