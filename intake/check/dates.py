"""Checks of dates: those that cannot be, wrong weekdays, words without a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, ProofLine, correction_at, finding_at
from values import rules
from values.finding import Finding, Severity
from values.ordinals import number_of

_DATE: Final = line_pattern(
    r"(?<!\d)(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"
    r"(?P<week>(?:[，,]?\s?[（(]?|\s)(?:星期|礼拜|周)(?P<weekday>[一二三四五六日天])[）)]?)?",
    "月",
)
_MONTH: Final = line_pattern(r"(?<!\d)(?:19|20)\d\d年(\d{1,2})月(?!\d)", "月")
_YEAR: Final = line_pattern(r"(?<!\d)((?:19|20)\d\d)年(?=\d{1,2}月)", "月")
_SHORT_YEAR: Final = line_pattern(r"(?<![\d.—～~\-])\d\d年(?=\d{1,2}月(?:\d|份|底|初|末|以来))", "月")
_PADDED: Final = line_pattern(r"(?<=年)0\d月(?:\d{1,2}日)?|(?<=月)0\d日", "年0", "月0")
_CHINESE_DATE: Final = line_pattern(
    r"(?P<year>[一二][〇○零一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,3})月(?P<day>[一二三四五六七八九十]{1,3})日",
    "月",
)
_CHINESE_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TIME: Final = line_pattern(
    r"(?<=[日午上晚晨至于间\s])(?P<hour>\d{1,2})[时点](?:(?P<minute>\d{1,2})分|(?![\d个间段速辰长代期光空钟多余]))",
    "时",
    "点",
)
_WEEKDAYS: Final = "一二三四五六日"
_SPAN: Final = line_pattern(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日?(?:至|到|—|－|-|～)"
    r"(?P<year2>\d{4}年|次年|翌年)?(?:(?P<month2>\d{1,2})月)?(?P<day2>\d{1,2})日",
    "月",
)
_YEAR_TURNS: Final = (11, 2)
"""A span from November or later to February or earlier reaches into the next year."""
_WINTER: Final = (9, 6)
"""The same of spans of whole months, as heating periods and school years have them."""
_YEARS: Final = line_pattern(r"(?<!\d)((?:19|20)\d\d)年?(?:至|到|—|－|-|～)((?:19|20)\d\d)年(?!\d{1,2}月)", "年")
_YEAR_AND_MONTH: Final = line_pattern(
    r"((?:19|20)\d\d)年(\d{1,2})月?(?:(\d{1,2})日)?(?:至|到|—|－|-|～)((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日)?",
    "年",
)
_MONTHS: Final = line_pattern(r"(?<![\d年—－～至到-])(\d{1,2})月(?:至|到|—|－|～)(\d{1,2})月(?!\d)", "月")
_CLOCK_SPAN: Final = line_pattern(r"(?<![\d:：])(\d{1,2}):([0-5]\d)(?:至|到|—|－|-|～)(\d{1,2}):([0-5]\d)", ":")
_FORENOON: Final = 12
"""Hours before which a span does not reach into the night."""
_NAMES_WEEKDAY: Final = re.compile("周|星期|礼拜")
_SLASHED: Final = line_pattern(
    r"(?<![\dA-Za-z./-])((?:19|20)\d\d)([/.-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?![\dA-Za-z./-])",
    *"/.-",
)
_OF_VERSION: Final = re.compile(r"(?:版本|版|编号|型号|文号|号)[号为是：:]?\s?$")
_YEAR_ALONE: Final = line_pattern(
    r"(?<=[自从至])\d\d年(?=起|底|初|末|开始|以来)|(?<=（)\d\d年(?=）|底|初)|(?<=（)\d\d[—－-]\d\d年(?=）)"
    r"|(?:(?<=^)|(?<=[，。；、]))[6-9]\d年(?=建成|出生|参军|入伍|入党|毕业|参加|投用)",
    "年",
)
_DAY: Final = line_pattern(r"(?<=\d月)(\d{1,2})号(?![楼线令文馆院公台机\d])", "号")
_CLAUSE: Final = r"(?:^|(?<=[。；！？，：\s]))"
_UNIT: Final = r"(?<=[局委办镇乡区市县部厅院处站校会])"
_RELATIVE: Final = line_pattern(
    rf"(?<![最接临])近日(?!期)|(?:{_CLAUSE}|{_UNIT})日前(?=[，,\u3400-\u9fff])|{_CLAUSE}目前(?=，?[^。；！？]{{0,40}}\d)",
    *("近日", "日前", "目前"),
)
"""近日 and 日前 as the time of an event; 目前 before a number, which is of some day. Not 12月10日前 or 到目前为止."""
_DATELINE: Final = re.compile(r"日(?:电|讯)\s*$")
"""新华社北京4月14日电: the day stands before."""
_DATED: Final = re.compile(r"[（(]?(?:截至)?(?:\d{4}年)?\d{1,2}月")
_ANY_YEAR: Final = 2000
"""A leap year: 29 February is refused only where the year is given."""


def impossible_date(proof: Proof) -> Iterator[Finding]:
    """A day or month that does not exist: 2022年2月30日, 13月."""
    for line in proof.lines:
        for match in _DATE.finditer(line.text):
            year = int(match["year"] or _ANY_YEAR)
            if _date(year, match) is None:
                message = f"没有“{match[0]}”这一天。"
                yield finding_at(line, match.span(), rules.IMPOSSIBLE_DATE, message, "请核对日期。")
        for match in _MONTH.finditer(line.text):
            if not 1 <= int(match[1]) <= 12 and not _DATE.match(line.text, match.start()):
                message = f"没有“{match[0]}”这个月。"
                yield finding_at(line, match.span(), rules.IMPOSSIBLE_DATE, message, "请核对日期。")
        for match in _CHINESE_DATE.finditer(line.text):
            if _chinese_date(match) is None:
                message = f"没有“{match[0]}”这一天。"
                yield finding_at(line, match.span(), rules.IMPOSSIBLE_DATE, message, "请核对日期。")
        for match in _TIME.finditer(line.text):
            if int(match["hour"]) > 24 or int(match["minute"] or 0) > 59:
                message = f"没有“{match[0]}”这个时刻。"
                yield finding_at(line, match.span(), rules.IMPOSSIBLE_DATE, message, "请核对时间。")


def weekday(proof: Proof) -> Iterator[Finding]:
    """A weekday that is not that of the date: 11月8日（星期三） for a Tuesday.

    Where the date has no year, and all full dates of the article have the same, that one is taken, and the finding is a
    warning: the date may be of the next year.
    """
    years = {match[1] for line in proof.lines for match in _YEAR.finditer(line.text)}
    shared = int(next(iter(years))) if len(years) == 1 else None
    for line in proof.lines:
        if not _NAMES_WEEKDAY.search(line.text):
            continue
        for match in _DATE.finditer(line.text):
            year = int(match["year"]) if match["year"] else shared
            day = _date(year, match) if year and match["week"] else None
            if day is None or _WEEKDAYS[day.weekday()] == match["weekday"].replace("天", "日"):
                continue
            right = f"星期{_WEEKDAYS[day.weekday()]}"
            message = f"{day.year}年{day.month}月{day.day}日是{right}，不是{match['week'].strip('（()），, ')}。"
            severity = Severity.ERROR if match["year"] else Severity.WARNING
            written = re.sub("(?:星期|礼拜|周).", right, match["week"])
            finding = finding_at(line, match.span("week"), rules.WEEKDAY, message, right, replacement=written)
            yield replace(finding, severity=severity)


def date_spans(proof: Proof) -> Iterator[Finding]:
    """11月10日至11月5日: a span that ends before it begins."""
    for line in proof.lines:
        for match in _SPAN.finditer(line.text):
            begin = (int(match["month"]), int(match["day"]))
            end = (int(match["month2"] or match["month"]), int(match["day2"]))
            over_new_year = begin[0] >= _YEAR_TURNS[0] and end[0] <= _YEAR_TURNS[1]
            if begin > end and match["year2"] is None and not over_new_year:
                message = f"“{match[0]}”的结束日期早于开始日期。"
                yield finding_at(line, match.span(), rules.DATE_SPAN, message, "请核对日期。")

        for span, written in _spans_backwards(line.text):
            message = f"“{written}”的结束时间早于开始时间。"
            yield finding_at(line, span, rules.DATE_SPAN, message, "请核对时间。")


def _spans_backwards(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Spans of years, of months and of hours that end before they begin."""
    for match in _YEARS.finditer(text):
        if int(match[2]) < int(match[1]):
            yield match.span(), match[0]
    for match in _YEAR_AND_MONTH.finditer(text):
        begin, end = ([int(match[group] or 0) for group in groups] for groups in ((1, 2, 3), (4, 5, 6)))
        compared = 3 if begin[2] and end[2] else 2  # days only where both have one
        if begin[:compared] > end[:compared]:
            yield match.span(), match[0]
    for match in _MONTHS.finditer(text):
        first, last = int(match[1]), int(match[2])
        if last < first <= 12 and not (first >= _WINTER[0] and last <= _WINTER[1]):
            yield match.span(), match[0]
    for match in _CLOCK_SPAN.finditer(text):
        opens, closes = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
        if closes < opens and int(match[1]) < _FORENOON:
            yield match.span(), match[0]


def date_form(proof: Proof) -> Iterator[Finding]:
    """A year of two digits, a month or day with a zero before it (GB/T 9704 7.3.5.4: no leading zeros), 2022/10/12."""
    for line in proof.prose:
        for match in _SHORT_YEAR.finditer(line.text):
            message = f"年份“{match[0]}”应写全四位数字。"
            yield correction_at(line, match.span(), rules.DATE_FORM, message, f"20{match[0]}")
        for match in _PADDED.finditer(line.text):
            right = re.sub(r"0(?=\d)", "", match[0])
            yield correction_at(line, match.span(), rules.DATE_FORM, f"月、日前面不加 0：“{match[0]}”。", right)
        for match in _YEAR_ALONE.finditer(line.text):
            yield finding_at(
                line, match.span(), rules.DATE_FORM, f"年份“{match[0]}”应写全四位数字。", "请写全四位数字。"
            )
        for match in _DAY.finditer(line.text):
            message = f"书面写日期用“日”：“{match[0]}”。"
            yield correction_at(line, match.span(), rules.DATE_FORM, message, f"{match[1]}日")
        for match in _SLASHED.finditer(line.text):
            if _OF_VERSION.search(line.text[: match.start()]):
                continue
            right = f"{match[1]}年{int(match[3])}月{int(match[4])}日"
            yield correction_at(line, match.span(), rules.DATE_FORM, f"日期“{match[0]}”宜写作“{right}”。", right)


def relative_dates(proof: Proof) -> Iterator[Finding]:
    """Words that need a date once the issue is read later (目前, 近日); not where the date follows at once, nor in
    tables."""
    for line in proof.prose:
        for match in _RELATIVE.finditer(line.text):
            if not _DATED.match(line.text, match.end()) and not _DATELINE.search(line.text[: match.start()]):
                yield _undated(line, match)


def _undated(line: ProofLine, match: re.Match[str]) -> Finding:
    message = f"“{match[0]}”没有写明时间。"
    return finding_at(line, match.span(), rules.RELATIVE_DATE, message, "请补充截止日期或具体时间。")


def _chinese_date(match: re.Match[str]) -> date | None:
    """The date of `_CHINESE_DATE`; None for one that does not exist."""
    year = int(match["year"].translate(_CHINESE_DIGITS))
    month, day = number_of(match["month"]), number_of(match["day"])
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


def _date(year: int, match: re.Match[str]) -> date | None:
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
