"""Checks of dates: those that cannot be, weekdays that are another's, words that mean nothing later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from intake.check.proof import Line, Proof, at, wrong
from values import rules
from values.finding import Finding, Severity

_DATE: Final = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"
    r"(?P<week>[（(]?(?:星期|周)(?P<weekday>[一二三四五六日天])[）)]?)?"
)
_MONTH: Final = re.compile(r"(?<!\d)(?:19|20)\d\d年(\d{1,2})月(?!\d)")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?=\d{1,2}月)")
_SHORT_YEAR: Final = re.compile(r"(?<![\d.—～~\-])\d\d年(?=\d{1,2}月(?:\d|份|底|初|末|以来))")
_PADDED: Final = re.compile(r"(?<=年)0\d月(?:\d{1,2}日)?|(?<=月)0\d日")
_WEEKDAYS: Final = "一二三四五六日"
_RELATIVE: Final = re.compile("截至目前|截止目前|目前|近日|日前|今年以来")
_DATED: Final = re.compile(r"[（(]?(?:截至)?(?:\d{4}年)?\d{1,2}月")
_ANY_YEAR: Final = 2000
"""A leap year: 29 February is only refused where the year is known."""


def impossible_date(proof: Proof) -> Iterator[Finding]:
    """2022年2月30日, 13月."""
    for line in proof.lines:
        for found in _DATE.finditer(line.text):
            year = int(found["year"] or _ANY_YEAR)
            if _date(year, found) is None:
                message = f"没有“{found[0]}”这一天。"
                yield at(line, found.span(), rules.IMPOSSIBLE_DATE, message, "请核对日期。")
        for found in _MONTH.finditer(line.text):
            if not 1 <= int(found[1]) <= 12 and not _DATE.match(line.text, found.start()):
                message = f"没有“{found[0]}”这个月。"
                yield at(line, found.span(), rules.IMPOSSIBLE_DATE, message, "请核对日期。")


def weekday(proof: Proof) -> Iterator[Finding]:
    """11月8日（星期三） that was a Tuesday.

    Where the date has no year, and all full dates of the article share one, that is taken, and the finding is a
    warning: the date may be of the next year.
    """
    years = {found[1] for line in proof.lines for found in _YEAR.finditer(line.text)}
    shared = int(next(iter(years))) if len(years) == 1 else None
    for line in proof.lines:
        for found in _DATE.finditer(line.text):
            year = int(found["year"]) if found["year"] else shared
            day = _date(year, found) if year and found["week"] else None
            if day is None or _WEEKDAYS[day.weekday()] == found["weekday"].replace("天", "日"):
                continue
            right = f"星期{_WEEKDAYS[day.weekday()]}"
            message = f"{day.year}年{day.month}月{day.day}日是{right}，不是{found['week'].strip('（()）')}。"
            severity = Severity.ERROR if found["year"] else Severity.WARNING
            written = re.sub("(?:星期|周).", right, found["week"])
            finding = at(line, found.span("week"), rules.WEEKDAY, message, right, replacement=written)
            yield replace(finding, severity=severity)


def date_form(proof: Proof) -> Iterator[Finding]:
    """A year of two digits, a month or day with a zero before it (GB/T 9704 7.3.5.4: no leading zeros)."""
    for line in proof.prose:
        for found in _SHORT_YEAR.finditer(line.text):
            message = f"年份“{found[0]}”应写全四位数字。"
            yield wrong(line, found.span(), rules.DATE_FORM, message, f"20{found[0]}")
        for found in _PADDED.finditer(line.text):
            right = re.sub(r"0(?=\d)", "", found[0])
            yield wrong(line, found.span(), rules.DATE_FORM, f"月、日前面不加 0：“{found[0]}”。", right)


def relative_dates(proof: Proof) -> Iterator[Finding]:
    """Words that mean nothing any more when the issue is read later; not where the date follows at once."""
    for line in proof.lines:
        for found in _RELATIVE.finditer(line.text):
            if not _DATED.match(line.text, found.end()):
                yield _undated(line, found)


def _undated(line: Line, found: re.Match[str]) -> Finding:
    message = f"“{found[0]}”没有写明时间。"
    return at(line, found.span(), rules.RELATIVE_DATE, message, "请补充截止日期或具体时间。")


def _date(year: int, found: re.Match[str]) -> date | None:
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
