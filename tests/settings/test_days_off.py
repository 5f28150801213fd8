"""The days off in config.toml: what may be written, and what each mistake is told with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from settings.days_off import DaysOff
from settings.load import parse_settings
from settings.model import Settings
from values.errors import BadConfig

BULLETIN = """\
[[bulletin]]
id = "wuxing"
title = "章贡区“五型”政府建设"
office = "区“五型”政府建设领导小组办公室"
{}
[bulletin.mailbox]
host = "imap.163.com"
username = "zgqwxzfb@163.com"
"""


def read(service: str, bulletin: str = "") -> Settings:
    text = f"[service]\n{service}\n{BULLETIN.format(bulletin)}"
    return parse_settings(text.encode(), name="config.toml", home=Path("/srv"))


def problems(service: str, bulletin: str = "") -> list[str]:
    with pytest.raises(BadConfig) as refused:
        read(service, bulletin)
    return [problem.removeprefix("config.toml ") for problem in refused.value.problems]


def test_spans_single_days_and_days_as_toml_has_them_are_one_calendar() -> None:
    settings = read('free_days = ["2026-10-01..2026-10-03", "2027-01-01", 2026-05-01]\nwork_days = ["2026-10-10"]')
    days_off = settings.service.days_off("after")
    free = {date(2026, 5, 1), date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3), date(2027, 1, 1)}
    assert days_off == DaysOff(frozenset(free), frozenset({date(2026, 10, 10)}), "after")


def test_nothing_is_off_and_every_day_counts_until_the_office_says_otherwise() -> None:
    settings = read("")
    assert settings.bulletins[0].holidays == "ignore"
    assert settings.service.days_off("ignore") == DaysOff()


@pytest.mark.parametrize("holidays", ["ignore", "skip", "before", "after"])
def test_a_bulletin_says_what_it_does_on_a_day_off(holidays: str) -> None:
    assert read("", f'holidays = "{holidays}"').bulletins[0].holidays == holidays


def test_another_word_is_refused_with_the_one_that_was_meant() -> None:
    assert problems("", 'holidays = "befor"') == [
        "第 7 行 bulletin[0].holidays：只能是 ignore、skip、before、after；是不是 before？"
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('"10月1日"', '看不懂的日期；写成 "2026-10-01" 或 "2026-10-01..2026-10-07"'),
        ('"2026-10-01-2026-10-07"', "看不懂的日期"),
        ("20261001", "看不懂的日期"),
        ("2026-10-01T08:00:00", "看不懂的日期"),
        ('"2026-02-30"', "没有 2026-02-30 这一天"),
        ('"2026-10-01..2026-09-31"', "没有 2026-09-31 这一天"),
        ('"2026-10-07..2026-10-01"', "2026-10-07 在 2026-10-01 之后；先写第一天"),
        ('"2026-10-01..2027-10-07"', "从 2026-10-01 到 2027-10-07 超过 92 天；请核对年份"),
    ],
)
def test_a_day_that_cannot_be_is_reported_with_its_line(written: str, said: str) -> None:
    [problem] = problems(f'free_days = [\n  "2026-05-01",\n  {written},\n]')
    assert problem.startswith(f"第 4 行 service.free_days[1]：{said}")


def test_a_day_cannot_be_off_and_worked_and_weekdays_are_worked_anyway() -> None:
    written = 'free_days = ["2026-10-01..2026-10-07"]\nwork_days = [\n "2026-10-03",\n "2026-10-10",\n "2026-10-09"]'
    assert problems(written) == [
        "第 4 行 service.work_days[0]：2026-10-03 也在 free_days 里；一天不能又放假又上班",
        "第 6 行 service.work_days[2]：2026-10-09 是星期五，本来就上班；work_days 只写调休上班的星期六、星期日",
    ]


def test_all_mistakes_are_reported_at_once() -> None:
    assert len(problems('free_days = "2026-10-01"\nwork_days = ["?"]', 'holidays = "never"')) == 3


def test_a_weekend_is_free_unless_the_office_works_on_it() -> None:
    days_off = read('free_days = ["2026-10-01..2026-10-07"]\nwork_days = ["2026-10-10"]').service.days_off("after")
    week = [day for day in range(1, 15) if days_off.is_working(date(2026, 10, day))]
    assert week == [8, 9, 10, 12, 13, 14]
