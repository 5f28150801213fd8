"""Checks of lists that announce how many points, names or slogans follow: hints, only where the count is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from intake.check.arithmetic import hint
from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, ProofLine
from values.finding import Finding
from values.ordinals import label_of, number_of, points_of

_NUMERAL: Final = r"[二两三四五六七八九十]{1,2}|\d{1,2}"
_COUNTERS: Final = "个方面|方面|点|项|条|步|类|种|个|大"
_ANNOUNCED: Final = line_pattern(
    rf"(?:以下|如下|下列|下面)({_NUMERAL})(?:个)?(?:{_COUNTERS})[\u4e00-\u9fff]{{0,6}}[：:]"
    rf"|(?:以下|如下|下列|下面)({_NUMERAL})(?:{_COUNTERS})。$",
    *("以下", "如下", "下列", "下面"),
)
_POINTS_BEGIN: Final = r"(?=一[是要]|[（(][一1][）)]|第一[，、]|1[.．、])"
_THEN_POINTS: Final = line_pattern(
    rf"(?<![第\d.—年月])({_NUMERAL})(?:{_COUNTERS})[\u4e00-\u9fff”]{{0,10}}[：:。]{_POINTS_BEGIN}",
    *("一是", "一要", "（一", "(一", "（1", "(1", "第一", "1.", "1．", "1、"),
)
_POINT: Final = re.compile(
    r"(?:^|(?<=[。；：，！;:,]))(?:([一二三四五六七八九十])[是要]|[（(]([一二三四五六七八九十]|\d{1,2})[）)]"
    r"|第([一二三四五六七八九十])[，、]|(\d{1,2})[.．、](?!\d))"
)
_MOST_COUNTED: Final = 9
"""Points up to which an announced list is counted: longer ones go over sections and headings."""
_ITEMS: Final = line_pattern(
    r"([二两三四五六七八九十]|\d{1,2})(?:名|位|家|个|所)[\u4e00-\u9fff]{0,6}[：:]((?:[\u4e00-\u9fff·]{2,12}、)+[\u4e00-\u9fff·]{2,12})[。；]",
    "、",
)
_SLOGANS: Final = line_pattern(
    r"“?([二两三四五六七八九])个([\u4e00-\u9fff]{2})”?[，：,]即?(\2[\u4e00-\u9fff]{1,16}(?:、\2[\u4e00-\u9fff]{1,16})+)",
    "、",
)


def announced_points(proof: Proof) -> Iterator[Finding]:
    """以下三点：一是…二是…: a list that has not as many points as it announces."""
    lines = list(proof.prose)
    for place, line in enumerate(lines):
        following = lines[place + 1 :]
        for match in _ANNOUNCED.finditer(line.text):
            written = match[1] or match[2]
            span = match.span(1) if match[1] else match.span(2)
            given = _points_given(line.text[match.end() :], following)
            yield from _differing(line, span, written, given, "点")
        for match in _THEN_POINTS.finditer(line.text):
            if not _ANNOUNCED.pattern.search(match.string, max(0, match.start() - 2), match.end()):
                given = _points_from(line.text[match.end() :], following)
                yield from _differing(line, match.span(1), match[1], given, "点")
        for match in _ITEMS.finditer(line.text):
            if "等" not in match[2] and "和" not in match[2]:
                yield from _differing(line, match.span(1), match[1], match[2].count("、") + 1, "个")
        for match in _SLOGANS.finditer(line.text):
            yield from _differing(line, match.span(1), match[1], match[3].count("、") + 1, "个")


def _differing(line: ProofLine, span: tuple[int, int], written: str, given: int, counter: str) -> Iterator[Finding]:
    announced = number_of(written.replace("两", "二"))
    if announced and given and announced <= _MOST_COUNTED and given != announced:
        yield hint(line, span, f"说有{written}{counter}，下面是{given}{counter}。")


def _points_given(rest: str, following: Sequence[ProofLine]) -> int:
    """How many points follow: in the rest of the line, else in lines of one level; 0 when they are not numbered."""
    here = points_of(rest)
    if here:
        return max(point.number for point in here)
    if _POINT.match(rest):
        return _points_from(rest, following)
    level, last = None, 0
    for line in following:
        label = label_of(line.text) or next(iter(points_of(line.text[:12])), None)
        if label is None or (level is not None and label.level < level):
            break
        if level in (None, label.level):
            if label.number != last + 1:
                break
            level, last = label.level, label.number
    return last


def _points_from(rest: str, following: Sequence[ProofLine]) -> int:
    """How many points of one kind are numbered from 1 on: in the rest of the line and, where they go on there, at the
    beginnings of the next ones. 0 when a number is left out or repeated, which `numbering` reports."""
    kind, last = None, 0
    for text in (rest, *(line.text for line in following)):
        matches = list(_POINT.finditer(text))
        if text is not rest and (not matches or matches[0].start() > 0 or _number(matches[0]) != (kind, last + 1)):
            break
        for match in matches:
            of_kind, number = _number(match)
            if kind is None:
                kind = of_kind
            if of_kind != kind:
                continue
            if number == 1 and last > 1:  # the next list of the line
                return last
            if number != last + 1:
                return 0
            last = number
    return last


def _number(match: re.Match[str]) -> tuple[int | None, int]:
    """Which form of label it is, and its number."""
    return match.lastindex, number_of(match[match.lastindex or 0]) or 0
