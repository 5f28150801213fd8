"""What `check` says of the schedule: the next three times, and days off that nobody has written down yet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from service.health.check import CheckLine, CheckState, check_installation
from tests.support.offices import SHANGHAI, bulletin, config, office_at, write_config

OCTOBER = '[service]\nfree_days = ["2026-10-01..2026-10-07"]\nwork_days = ["2026-09-20", "2026-10-10"]\n'


def lines(home: Path, service: str, more: str, at: tuple[int, int, int] = (2026, 9, 28)) -> dict[str, CheckLine]:
    text = service + config(bulletin(more=more))
    with office_at(write_config(home, text), datetime(*at, tzinfo=SHANGHAI)) as office:
        return {line.name: line for line in check_installation(office) if line.name in ("编排时间", "放假安排")}


@pytest.mark.parametrize(
    ("holidays", "message"),
    [
        ("ignore", "10-02 16:00、10-09 16:00、10-16 16:00"),
        ("skip", "10-09 16:00、10-16 16:00、10-23 16:00（逢放假不编）"),
        ("before", "09-30 16:00、10-09 16:00、10-16 16:00（逢放假提前到放假前最后一个工作日）"),
        ("after", "10-08 16:00、10-09 16:00、10-16 16:00（逢放假推到放假后第一个工作日）"),
    ],
)
def test_the_next_three_times_are_shown_as_they_will_be(holidays: str, message: str, tmp_path: Path) -> None:
    checked = lines(tmp_path, OCTOBER, f'holidays = "{holidays}"')
    assert checked == {"编排时间": CheckLine("编排时间", CheckState.FINE, message)}


@pytest.mark.parametrize(("at", "year"), [((2026, 11, 29), None), ((2026, 12, 1), 2027), ((2027, 3, 1), 2027)])
def test_days_off_of_the_coming_year_are_asked_for_once_they_are_known(
    at: tuple[int, int, int], year: int | None, tmp_path: Path
) -> None:
    checked = lines(tmp_path, OCTOBER, 'holidays = "after"', at).get("放假安排")
    if year is None:
        assert checked is None
    else:
        assert checked is not None
        assert checked.state is CheckState.ADVICE
        assert f"没有 {year} 年的日子" in checked.message


@pytest.mark.parametrize("more", ['holidays = "ignore"', 'holidays = "after"\nschedule = ""'])
def test_schedule_without_days_off_needs_no_list_of_them(more: str, tmp_path: Path) -> None:
    assert "放假安排" not in lines(tmp_path, "", more)
