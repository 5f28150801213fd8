"""When a bulletin's draft is made: days of the week and a time of day, in the office's time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

DAY_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FORM = re.compile(r"(?P<days>[^\s:0-9]+(?:\s*,\s*[^\s:0-9]+)*)\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})")
_EXAMPLE = '写成 "fri 16:00" 或 "mon,thu 09:30"'
_CHINESE_DAYS: Final = {
    f"{week}{day}": name
    for week in ("周", "星期", "礼拜")
    for day, name in (*zip("一二三四五六日", DAY_NAMES, strict=True), ("天", "sun"))
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """Days of the week and a time of day."""

    days: tuple[int, ...]
    """From Monday = 0, ascending, each once."""
    hour: int
    """0 to 23."""
    minute: int
    """0 to 59."""

    @property
    def day_names(self) -> str:
        """ "mon,thu": as names, since numbers are ambiguous (cron counts from Sunday)."""
        return ",".join(DAY_NAMES[day] for day in self.days)

    def __str__(self) -> str:
        return f"{self.day_names} {self.hour:02}:{self.minute:02}"


def parse_schedule(text: str) -> Schedule | None:
    """ "fri 16:00" → `Schedule`; "" → None (by hand). Raises ValueError with a Chinese sentence."""
    if not text.strip():
        return None
    written = _FORM.fullmatch(text.strip().lower())
    if written is None:
        raise ValueError(f"看不懂的时间；{_EXAMPLE}（星期只用英文缩写，不用数字），留空表示手工编排")
    hour, minute = int(written["hour"]), int(written["minute"])
    if hour > 23 or minute > 59:
        raise ValueError(f"没有 {written['hour']}:{written['minute']} 这个时间；{_EXAMPLE}")
    return Schedule(tuple(sorted({_day(name.strip()) for name in written["days"].split(",")})), hour, minute)


def _day(name: str) -> int:
    if name in DAY_NAMES:
        return DAY_NAMES.index(name)
    meant = _CHINESE_DAYS.get(name) or next((day for day in DAY_NAMES if name.startswith(day)), None)
    remedy = f"是不是 {meant}？" if meant else _EXAMPLE
    raise ValueError(f"{name} 不是星期的英文缩写（{'、'.join(DAY_NAMES)}）；{remedy}")
