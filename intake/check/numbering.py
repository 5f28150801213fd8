"""Checks of ordinals before points and headings: order, style, the mark after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, ProofLine, correction_at, finding_at
from values import rules
from values.finding import Finding
from values.ordinals import POINT, Ordinal, label_of, number_of, numeral_like, points_of

_WRONG_LABEL: Final = re.compile(
    r"(?P<spaced>[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)])[、.．，]"
    r"|(?P<arabic>\d{1,2})、(?!\d)"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})[.．，](?=[\u3400-\u9fff])"
)
_CLAUSE: Final = r"(?:^|(?<=[。；：]))"
_WRONG_POINT: Final = line_pattern(
    rf"{_CLAUSE}(?:第[一二三四五六七八九十](?!、[一二三四五六七八九十])|首先|其次|再次|最后|[一二三四五六七八九十]是)、",
    *("第", "先、", "次、", "后、", "是、"),
)
_ORDERED: Final = line_pattern(
    rf"{_CLAUSE}(?:(第([一二三四五六七八九十]{{1,2}}))[，,]|(首先|其次|再次)[，,])", "第", "首先", "其次", "再次"
)
_RUN_ON: Final = {2: 2, 3: 1, 4: 2}
"""Levels (`values.ordinals`) that may count on over all sections, as opinions number （一） to （二十七）.

The value is up to which number they must have counted: after a single （一）, a （二） below 二、 is rather a gap."""
_NEVER: Final = 100
"""More than any label counts to."""
_ARTICLE: Final = re.compile(r"[“\"]?第[一二三四五六七八九十百零〇\d]{1,6}[编章节条款项](?!的|之|第|规定|所)")
"""第七条 at the beginning of a line: what is numbered below it begins again."""
_ATTACHED: Final = re.compile(r"附件[：:]\s*")
_NAMES: Final = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}


def ordinal_sequence(proof: Proof) -> Iterator[Finding]:
    """Ordinals that leave a gap or occur twice. 一是 may follow 一是 (a new list), 三是 may not."""
    open_lists: dict[int, list[int]] = {}
    last: dict[int, int] = {}
    for line, ordinal in _ordinals(proof):
        if ordinal is None:
            open_lists.clear()
            last.clear()
            continue
        for level in [level for level in open_lists if level > ordinal.level]:
            del open_lists[level]
        before = last.get(ordinal.level, 0)
        runs_on = before >= _RUN_ON.get(ordinal.level, _NEVER) and ordinal.number == before + 1
        numbers = open_lists.setdefault(ordinal.level, [before] if runs_on else [])
        last[ordinal.level] = ordinal.number
        message = _misnumbered(numbers, ordinal)
        if message:
            span = (ordinal.start, ordinal.end)
            yield finding_at(line, span, rules.ORDINAL_SEQUENCE, message, "请核对序号，或补上缺少的内容。")


def level_jump(proof: Proof) -> Iterator[Finding]:
    """A level that is skipped here and used elsewhere in the article.

    1. directly below 一、 is allowed where there are only these two levels (GB/T 9704 7.3.3).
    """
    labelled = [(line, label) for line, label in _ordinals(proof) if label is not None and label.level < POINT]
    used = {label.level for _, label in labelled}
    before = 0
    for line, label in labelled:
        left_out = [level for level in range(before + 1, label.level) if level in used]
        if left_out and before:
            message = f"层次跳级：“{_NAMES[before]}”之下直接用了“{label.text}”，本篇别处有“{_NAMES[left_out[0]]}”一层。"
            yield finding_at(line, (label.start, label.end), rules.ORDINAL_LEVEL, message, "请统一各层序号。")
        before = label.level


def ordinal_punctuation(proof: Proof) -> Iterator[Finding]:
    """Another mark after an ordinal than in 一、 （一） 1. （1） 第一， 首先， 一是 (GB/T 9704 7.3.3, GB/T 15834)."""
    for line in proof.prose:
        label = _WRONG_LABEL.match(line.text)
        labels = [label] if label else []
        for match in (*labels, *_WRONG_POINT.finditer(line.text)):
            right = _right_mark(match)
            message = f"序号“{match[0]}”后的标点不对，应写作“{right}”。"
            yield correction_at(line, match.span(), rules.ORDINAL_PUNCTUATION, message, right)


def _right_mark(match: re.Match[str]) -> str:
    kinds = match.groupdict()
    if not kinds:
        return match[0][:-1] + ("" if match[0][1] == "是" else "，")
    return kinds["spaced"] or (f"{kinds['arabic']}." if kinds["arabic"] else f"{kinds['chinese']}、")


def mixed_ordinals(proof: Proof) -> Iterator[Finding]:
    """A row that begins in one style and continues in another: 一是 … 第二， and 首先 … 第二，."""
    counted: set[tuple[str, int]] = set()
    for line in proof.prose:
        points = [("是", point.number, point.text, point.start, point.end) for point in points_of(line.text)]
        for style, number, text, start, end in sorted([*points, *_ordered(line.text)], key=lambda ordinal: ordinal[3]):
            styles_before = {other for other, last in counted if last == number - 1 and other != style}
            if number > 1 and (style, number - 1) not in counted and styles_before and style != "是":
                shown = {"是": "一是、二是", "第": "第一、第二", "先": "首先、其次"}
                message = f"“{text}”与前面的“{shown[min(styles_before)]}”不是同一种序号。"
                yield finding_at(line, (start, end), rules.MIXED_ORDINALS, message, "一组序号只用一种写法。")
            counted.add((style, number))


def _ordered(text: str) -> Iterator[tuple[str, int, str, int, int]]:
    for match in _ORDERED.finditer(text):
        if match[1]:
            number = number_of(match[2])
            if number:
                yield "第", number, match[1], match.start(1), match.end(1)
        else:
            yield "先", ("首先", "其次", "再次").index(match[3]) + 1, match[3], match.start(3), match.end(3)


def _ordinals(proof: Proof) -> Iterator[tuple[ProofLine, Ordinal | None]]:
    """The labels and points of the running text; None for a line below which numbers begin again."""
    for line in proof.prose:
        if _ARTICLE.match(line.text):
            yield line, None
        label = _label(line.text)
        for ordinal in (*((label,) if label else ()), *points_of(line.text)):
            yield line, ordinal


def _label(text: str) -> Ordinal | None:
    """The label at the beginning of a line, or after 附件： there: 附件：1.…, and below it 2.…"""
    attached = _ATTACHED.match(text)
    if attached is None:
        return label_of(text)
    label = label_of(text[attached.end() :])
    at = attached.end()
    return label and replace(label, start=label.start + at, end=label.end + at)


def _misnumbered(numbers: list[int], ordinal: Ordinal) -> str | None:
    """What is wrong with the number, in Chinese; None if nothing is. Updates `numbers`, the last ones of open lists."""
    number = ordinal.number
    repeated = bool(numbers) and numbers[-1] == number and (number > 1 or ordinal.level < POINT)
    before = numbers[-1] if numbers else 0
    if number == 1 and not repeated:
        numbers.append(1)
        return None
    while number - 1 in numbers and numbers[-1] != number - 1:
        numbers.pop()
    continued = bool(numbers) and numbers[-1] == number - 1
    numbers[-1:] = [number]
    if continued:
        return None
    if repeated:
        return f"序号“{ordinal.text}”出现了两次。"
    expected = numeral_like(ordinal, number - 1)
    last = f"，上一个是“{numeral_like(ordinal, before)}”" if before else ""
    return f"序号不连续：“{ordinal.text}”之前没有“{expected}”{last}。"
