"""Checks of numbers: ranges, units, approximations, and totals given twice (GB/T 15834, GB/T 15835)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, ProofLine, correction_at, finding_at, findings_of_matches
from values import rules
from values.finding import Finding, Severity

_RANGE: Final = line_pattern(
    r"(?<![A-Za-z0-9.-])(\d{1,4}(?:\.\d{1,4})?[年月日%％]?)[-－](\d{1,4}(?:\.\d{1,4})?)(?=\s?[年月日个家名人万亿元岁天周届%％])",
    "-",
    "－",
)
_UNIT_ONCE: Final = line_pattern(
    r"(?<![\d.A-Za-z年月—～~-])(\d{1,6}(?:\.\d{1,4})?)([—～~至到])(\d{1,6}(?:\.\d{1,4})?)([%％]|[万亿]元?)",
    *"—～~至到",
)
_SQUARE: Final = line_pattern(
    r"(?<=\d)\s?(㎡|m²|m2|M2|㎞|㎏|㎝|㎜)(?![A-Za-z0-9])", *("㎡", "m²", "m2", "M2", "㎞", "㎏", "㎝", "㎜")
)
_UNITS: Final = {"㎡": "平方米", "m²": "平方米", "m2": "平方米", "M2": "平方米"}
_OTHER_UNITS: Final = {"㎞": "千米", "㎏": "千克", "㎝": "厘米", "㎜": "毫米"}
_HUNDRED_MILLIONS: Final = re.compile(r"\d\s?[余多]?\s?亿元")
_TEN_THOUSANDS: Final = re.compile(r"(?<![\d.])(\d{5,12}(?:\.\d{1,6})?)\s?万元")
_COUNTED: Final = "公里|米|亩|吨|元|分钟|岁|位|场|件|个月|个小时|个星期|小时|天|年|个|家|名|人|户|次|项|里|百|千|万"
_ARABIC_GUESS: Final = re.compile(rf"([1-8])(?<![\d.第、年月].)、([2-9])(?=(?:{_COUNTED}))(?!年级|年度)")
_CHINESE_GUESS: Final = re.compile(
    rf"([一二两三四五六七八])(?<![第一二三四五六七八九十百千、零周期之].)、([二三四五六七八九])(?=(?:{_COUNTED}))(?!年级)"
)
_CHINESE: Final = "零一二三四五六七八九"
_WEEK: Final = re.compile(r"星期([1-7])(?!\d)")
_TWICE_ABOUT: Final = line_pattern(
    r"(?:将近|近|约有?|大约有?|大概有?)\s?(?:\d{1,9}(?:\.\d{1,4})?|[一二三四五六七八九十百千万]{2,5})\s?"
    r"(?:[万亿][多余]|[多余]|[\u4e00-\u9fff]{1,2}左右)"
    r"|(?:超过|逾|超)\s?\d{1,9}(?:\.\d{1,4})?\s?(?:[万亿][多余]|[多余]|[\u4e00-\u9fff]{1,2}(?:左右|以上))",
    *"近约超逾概",
)
_TOTAL: Final = re.compile(
    r"(全[区县市镇乡省]|辖区)(?:已|现|共|累计){0,2}(?:建成|有|拥有|设有|登记)\s?(\d{1,9}(?:\.\d{1,4})?)\s?"
    r"([个家名户所处座台辆条支])([\u4e00-\u9fff]{2,20})(?=[，。；、（]|$)"
)
_BREAKS: Final = re.compile("[。！？；]")
_TIMED: Final = re.compile("年|月|季度|去年|原|此前|以前|计划|将|增加|减少|由|从")


def range_hyphen(proof: Proof) -> Iterator[Finding]:
    """A range written with a hyphen (GB/T 15834: 一字线 or 浪纹线). One of full width looks right: a matter of form."""
    for line in proof.lines:
        for match in _RANGE.finditer(line.text):
            message = f"数字范围“{match[0]}”用了短横线。"
            finding = correction_at(line, match.span(), rules.RANGE_HYPHEN, message, f"{match[1]}—{match[2]}")
            yield replace(finding, severity=Severity.INFO) if "－" in match[0] else finding


def range_unit(proof: Proof) -> Iterator[Finding]:
    """A range with the unit of both numbers only after the second: 13～17万元 (GB/T 15835 5.1)."""
    return findings_of_matches(
        proof.prose,
        _UNIT_ONCE,
        rules.RANGE_UNIT,
        lambda match: (
            f"“{match[0]}”的前一个数没有“{match[4]}”，容易误解。",
            f"{match[1]}{match[4]}{match[2]}{match[3]}{match[4]}",
        ),
        exact=True,
    )


def unit_name(proof: Proof) -> Iterator[Finding]:
    """A sign for a unit in running text: offices write 平方米. Tables may keep it."""
    names = _UNITS | _OTHER_UNITS
    return findings_of_matches(
        proof.prose,
        _SQUARE,
        rules.UNIT_NAME,
        lambda match: (f"正文里的单位“{match[1]}”应写作“{names[match[1]]}”。", names[match[1]]),
        exact=True,
    )


def amount_units(proof: Proof) -> Iterator[Finding]:
    """Large amounts in 万元 where the article has others in 亿元: a reader cannot compare them."""
    if not any(_HUNDRED_MILLIONS.search(line.text) for line in proof.prose):
        return
    for line in proof.prose:
        for match in _TEN_THOUSANDS.finditer(line.text):
            amount = float(match[1]) / 10_000
            message = f"“{match[0]}”：本篇别处用“亿元”，同类金额宜用一个单位。"
            yield correction_at(line, match.span(), rules.AMOUNT_UNIT, message, f"{amount:.8g}亿元")


def approximate_numbers(proof: Proof) -> Iterator[Finding]:
    """Two neighbouring figures that mean "some": Chinese without 顿号 (三四个月: GB/T 15835 4.2.2, 5.2.2)."""
    for line in proof.prose:
        for match in _ARABIC_GUESS.finditer(line.text):
            first, second = int(match[1]), int(match[2])
            if second == first + 1:
                right = _CHINESE[first] + _CHINESE[second]
                yield _guess(line, match, right)
        for match in _CHINESE_GUESS.finditer(line.text):
            if _CHINESE.index(match[2]) == _CHINESE.index(match[1].replace("两", "二")) + 1:
                yield _guess(line, match, match[1] + match[2])


def _guess(line: ProofLine, match: re.Match[str], right: str) -> Finding:
    message = f"“{match[0]}”如果是概数，应写作“{right}”。"
    return correction_at(line, match.span(), rules.APPROXIMATE_NUMBER, message, right)


def numeral_of_weekday(proof: Proof) -> Iterator[Finding]:
    """星期3: weekdays are Chinese (GB/T 15835 4.2)."""
    for line in proof.lines:
        for match in _WEEK.finditer(line.text):
            right = "星期" + "一二三四五六日"[int(match[1]) - 1]
            yield correction_at(line, match.span(), rules.WEEKDAY_NUMERAL, f"“{match[0]}”应写作“{right}”。", right)


def doubly_approximate(proof: Proof) -> Iterator[Finding]:
    """近100余家: two words for one "about"."""
    return findings_of_matches(
        proof.prose,
        _TWICE_ABOUT,
        rules.DOUBLY_APPROXIMATE,
        lambda match: (f"“{match[0]}”前后都说是概数，重复了。", "请只留一处。"),
    )


def totals_agree(proof: Proof) -> Iterator[Finding]:
    """A total given twice with two values: the same place has another number of the very same thing.

    Only whole sentences without a time or a change are compared: numbers of two years may differ.
    """
    totals: dict[tuple[str, str, str], str] = {}
    for line in proof.prose:
        for match in _TOTAL.finditer(line.text):
            if _speaks_of_time(line.text, match):
                continue
            number = totals.setdefault((match[1], match[3], match[4]), match[2])
            if float(number) != float(match[2]):
                message = f"前面说{match[1]}有{number}{match[3]}{match[4]}，这里是{match[2]}{match[3]}。"
                yield finding_at(line, match.span(2), rules.NUMBERS_DISAGREE, message, "请核对哪一个对。")


def _speaks_of_time(text: str, match: re.Match[str]) -> bool:
    before = _BREAKS.split(text[max(0, match.start() - 60) : match.start()])[-1]
    after = _BREAKS.split(text[match.end() : match.end() + 60])[0]
    return bool(_TIMED.search(before + match[0] + after))
