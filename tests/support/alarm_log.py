"""What `DailyAlarms` passes on, alarms and all-clears apart."""

from __future__ import annotations

from service.health.alarms import Alarm, AllClear


class AlarmLog:
    """`report` is what a `DailyAlarms` is made with."""

    def __init__(self) -> None:
        self.alarms: list[Alarm] = []
        self.all_clears: list[AllClear] = []

    def report(self, item: Alarm | AllClear) -> None:
        if isinstance(item, Alarm):
            self.alarms.append(item)
        else:
            self.all_clears.append(item)
