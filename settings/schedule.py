"""When a bulletin's draft is made: days of the week and a time, in the office's zone."""

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
    """`days` count from Monday = 0, in ascending order, each once. hour 0–23, minute 0–59."""

    days: tuple[int, ...]
    hour: int
    minute: int

    @property
    def day_names(self) -> str:
        """ "mon,thu": names, since the numbers mean other days elsewhere (cron counts from Sunday)."""
        return ",".join(DAY_NAMES[day] for day in self.days)

    def __str__(self) -> str:
        return f"{self.day_names} {self.hour:02}:{self.minute:02}"


def parse_schedule(text: str) -> Schedule | None:
    """ "fri 16:00" → `Schedule`; "" → None (by hand). Raises ValueError with a Chinese sentence."""
    if not text.strip():
        return None
    found = _FORM.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"看不懂的时间；{_EXAMPLE}（星期只用英文缩写，不用数字），留空表示手工编排")
    hour, minute = int(found["hour"]), int(found["minute"])
    if hour > 23 or minute > 59:
        raise ValueError(f"没有 {found['hour']}:{found['minute']} 这个时间；{_EXAMPLE}")
    return Schedule(tuple(sorted({_day(name.strip()) for name in found["days"].split(",")})), hour, minute)


def _day(name: str) -> int:
    if name in DAY_NAMES:
        return DAY_NAMES.index(name)
    meant = _CHINESE_DAYS.get(name) or next((known for known in DAY_NAMES if name.startswith(known)), None)
    remedy = f"是不是 {meant}？" if meant else _EXAMPLE
    raise ValueError(f"{name} 不是星期的英文缩写（{'、'.join(DAY_NAMES)}）；{remedy}")
