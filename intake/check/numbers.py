"""Checks of numbers: ranges, units, approximations, and totals that are told twice (GB/T 15834, GB/T 15835)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intake.check.proof import Line, Proof, at, every, wrong
from values import rules
from values.finding import Finding

_RANGE: Final = re.compile(
    r"(?<![A-Za-z0-9.-])(\d{1,4}(?:\.\d{1,4})?[年月日%％]?)[-－](\d{1,4}(?:\.\d{1,4})?)(?=\s?[年月日个家名人万亿元岁天周届%％])"
)
_UNIT_ONCE: Final = re.compile(
    r"(?<![\d.A-Za-z年月—～~-])(\d{1,6}(?:\.\d{1,4})?)([—～~])(\d{1,6}(?:\.\d{1,4})?)([%％]|[万亿]元?)"
)
_SQUARE: Final = re.compile(r"(?<=\d)\s?(㎡|m²|m2|M2|㎞|㎏|㎝|㎜)(?![A-Za-z0-9])")
_UNITS: Final = {"㎡": "平方米", "m²": "平方米", "m2": "平方米", "M2": "平方米"}
_OTHER_UNITS: Final = {"㎞": "千米", "㎏": "千克", "㎝": "厘米", "㎜": "毫米"}
_HUNDRED_MILLIONS: Final = re.compile(r"\d\s?[余多]?\s?亿元")
_TEN_THOUSANDS: Final = re.compile(r"(?<![\d.])(\d{5,12}(?:\.\d{1,6})?)\s?万元")
_COUNTED: Final = "个月|个小时|个星期|小时|天|年|个|家|名|人|户|次|项|里|百|千|万"
_ARABIC_GUESS: Final = re.compile(rf"(?<![\d.第、年月])([1-8])、([2-9])(?=(?:{_COUNTED}))(?!年级|年度)")
_CHINESE_GUESS: Final = re.compile(
    rf"(?<![第一二三四五六七八九十百千、零周期之])([一二三四五六七八])、([二三四五六七八九])(?=(?:{_COUNTED}))(?!年级)"
)
_CHINESE: Final = "零一二三四五六七八九"
_WEEK: Final = re.compile(r"星期([1-7])(?!\d)")
_TWICE_ABOUT: Final = re.compile(
    r"(?:将近|近|约|大约)\s?\d{1,9}(?:\.\d{1,4})?\s?(?:[万亿][多余]|[多余]|[\u4e00-\u9fff]{1,2}左右)"
    r"|(?:超过|逾|超)\s?\d{1,9}(?:\.\d{1,4})?\s?(?:[万亿][多余]|[多余]|[\u4e00-\u9fff]{1,2}(?:左右|以上))"
)
_TOTAL: Final = re.compile(
    r"(全[区县市镇乡省]|辖区)(?:已|现|共|累计){0,2}(?:建成|有|拥有|设有|登记)\s?(\d{1,9}(?:\.\d{1,4})?)\s?"
    r"([个家名户所处座台辆条支])([\u4e00-\u9fff]{2,20})(?=[，。；、（]|$)"
)
_BREAKS: Final = re.compile("[。！？；]")
_TIMED: Final = re.compile("年|月|季度|去年|原|此前|以前|计划|将|增加|减少|由|从")


def range_hyphen(proof: Proof) -> Iterator[Finding]:
    """A range written with a hyphen (GB/T 15834: 一字线 or 浪纹线)."""
    return every(
        proof.lines,
        _RANGE,
        rules.RANGE_HYPHEN,
        lambda found: (f"数字范围“{found[0]}”用了短横线。", f"{found[1]}—{found[2]}"),
        exact=True,
    )


def range_unit(proof: Proof) -> Iterator[Finding]:
    """A range whose unit belongs to both numbers and stands only once: 13～17万元 (GB/T 15835 5.1)."""
    return every(
        proof.prose,
        _UNIT_ONCE,
        rules.RANGE_UNIT,
        lambda found: (
            f"“{found[0]}”的前一个数没有“{found[4]}”，容易误解。",
            f"{found[1]}{found[4]}{found[2]}{found[3]}{found[4]}",
        ),
        exact=True,
    )


def unit_name(proof: Proof) -> Iterator[Finding]:
    """A sign for a unit in running text: offices write 平方米. Tables may keep it."""
    names = _UNITS | _OTHER_UNITS
    return every(
        proof.prose,
        _SQUARE,
        rules.UNIT_NAME,
        lambda found: (f"正文里的单位“{found[1]}”应写作“{names[found[1]]}”。", names[found[1]]),
        exact=True,
    )


def amount_units(proof: Proof) -> Iterator[Finding]:
    """万元 for what is 亿元 elsewhere in the article, so that a reader cannot compare the amounts."""
    if not any(_HUNDRED_MILLIONS.search(line.text) for line in proof.prose):
        return
    for line in proof.prose:
        for found in _TEN_THOUSANDS.finditer(line.text):
            amount = float(found[1]) / 10_000
            message = f"“{found[0]}”：本篇别处用“亿元”，同类金额宜用一个单位。"
            yield wrong(line, found.span(), rules.AMOUNT_UNIT, message, f"{amount:.8g}亿元")


def approximate_numbers(proof: Proof) -> Iterator[Finding]:
    """Two neighbouring figures that stand for "some": Chinese without 顿号 (三四个月: GB/T 15835 4.2.2, 5.2.2)."""
    for line in proof.prose:
        for found in _ARABIC_GUESS.finditer(line.text):
            first, second = int(found[1]), int(found[2])
            if second == first + 1:
                right = _CHINESE[first] + _CHINESE[second]
                yield _guess(line, found, right)
        for found in _CHINESE_GUESS.finditer(line.text):
            if _CHINESE.index(found[2]) == _CHINESE.index(found[1]) + 1:
                yield _guess(line, found, found[1] + found[2])


def _guess(line: Line, found: re.Match[str], right: str) -> Finding:
    message = f"“{found[0]}”如果是概数，应写作“{right}”。"
    return wrong(line, found.span(), rules.APPROXIMATE_NUMBER, message, right)


def numeral_of_weekday(proof: Proof) -> Iterator[Finding]:
    """星期3: weekdays are Chinese (GB/T 15835 4.2)."""
    for line in proof.lines:
        for found in _WEEK.finditer(line.text):
            right = "星期" + "一二三四五六日"[int(found[1]) - 1]
            yield wrong(line, found.span(), rules.WEEKDAY_NUMERAL, f"“{found[0]}”应写作“{right}”。", right)


def doubly_approximate(proof: Proof) -> Iterator[Finding]:
    """近100余家: two words for one "about"."""
    return every(
        proof.prose,
        _TWICE_ABOUT,
        rules.DOUBLY_APPROXIMATE,
        lambda found: (f"“{found[0]}”前后都说是概数，重复了。", "请只留一处。"),
    )


def totals_agree(proof: Proof) -> Iterator[Finding]:
    """A total told twice with two values: the same place has or has built another number of the very same thing.

    Only whole sentences without a time or a change are compared: numbers of two years may differ.
    """
    told: dict[tuple[str, str, str], str] = {}
    for line in proof.prose:
        for found in _TOTAL.finditer(line.text):
            if _speaks_of_time(line.text, found):
                continue
            number = told.setdefault((found[1], found[3], found[4]), found[2])
            if float(number) != float(found[2]):
                message = f"前面说{found[1]}有{number}{found[3]}{found[4]}，这里是{found[2]}{found[3]}。"
                yield at(line, found.span(2), rules.NUMBERS_DISAGREE, message, "请核对哪一个对。")


def _speaks_of_time(text: str, found: re.Match[str]) -> bool:
    before = _BREAKS.split(text[max(0, found.start() - 60) : found.start()])[-1]
    after = _BREAKS.split(text[found.end() : found.end() + 60])[0]
    return bool(_TIMED.search(before + found[0] + after))
