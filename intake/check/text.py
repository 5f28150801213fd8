"""Checks of the running text: each finding tells its line and characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from intake.check.proof import Line, Proof, at
from intake.read.ordinals import POINT, Ordinal, label_of, numeral_like, points_of
from values.manuscript import Finding, Severity

_SENTENCE_END: Final = "。！？：；…”’）」』.!?:;)"
_SHORTEST_TORN: Final = 15
"""A shorter line without a full stop is more likely a heading without a label than a torn sentence."""
_RANGE: Final = re.compile(
    r"(?<![A-Za-z0-9.-])(\d{1,4}(?:\.\d{1,4})?[年月日%％]?)[-－](\d{1,4}(?:\.\d{1,4})?)(?=\s?[年月日个家名人万亿元岁天周届%％])"
)
_RELATIVE: Final = re.compile("截至目前|截止目前|目前|近日|日前|今年以来")
_CHINESE: Final = r"[\u3400-\u9fff“”《》（）]"
_HALF: Final = re.compile(rf"(?<={_CHINESE})[,;:?!()]|[,;:?!()](?={_CHINESE})")
_FULL: Final = dict(zip(",;:?!()", "，；：？！（）", strict=True))


def stray_break(proof: Proof) -> Iterator[Finding]:
    """A paragraph that breaks off in the middle of a sentence. Never joined by us: it may be meant."""
    for line, following in pairwise(line for line in proof.lines if line.kind != "caption"):
        text = line.text.rstrip()
        if line.kind != "paragraph" or following.kind != "paragraph" or not text or text[-1] in _SENTENCE_END:
            continue
        torn = text[-1] in "，、," or len(text) >= _SHORTEST_TORN
        if torn and not label_of(following.text) and not _opens_with_point(following):
            message = f"这一段没有说完（“…{text[-8:]}”），像是误按了回车。"
            suggestion = f"请核对是否与下一段“{following.text[:8]}…”合并。"
            yield at(line, (len(text) - 1, len(text)), "stray-break", Severity.WARNING, message, suggestion)


def ordinal_sequence(proof: Proof) -> Iterator[Finding]:
    """Numbers that leave a gap or come twice: 一、三、; 一是, 一是 may begin anew, 三是 after 一是 may not."""
    open_lists: dict[int, list[int]] = {}
    for line in proof.prose:
        label = label_of(line.text)
        for ordinal in (*((label,) if label else ()), *points_of(line.text)):
            for level in [level for level in open_lists if level > ordinal.level]:
                del open_lists[level]
            message = _misnumbered(open_lists.setdefault(ordinal.level, []), ordinal)
            if message:
                span = (ordinal.start, ordinal.end)
                yield at(line, span, "ordinal-sequence", Severity.WARNING, message, "请核对序号，或补上缺少的内容。")


def _misnumbered(numbers: list[int], ordinal: Ordinal) -> str | None:
    """What is wrong with the number, given the last numbers of the lists still open; brings these up to date."""
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


def range_hyphen(proof: Proof) -> Iterator[Finding]:
    """A range written with a hyphen (GB/T 15834: 一字线 or 浪纹线)."""
    for line in proof.lines:
        for found in _RANGE.finditer(line.text):
            message = f"数字范围“{found[0]}”用了短横线。"
            yield at(line, found.span(), "range-hyphen", Severity.WARNING, message, f"{found[1]}—{found[2]}")


def relative_dates(proof: Proof) -> Iterator[Finding]:
    """Words that mean nothing any more when the issue is read later."""
    for line in proof.lines:
        for found in _RELATIVE.finditer(line.text):
            message = f"“{found[0]}”没有写明时间。"
            yield at(line, found.span(), "relative-date", Severity.INFO, message, "请补充截止日期或具体时间。")


def half_width_punctuation(proof: Proof) -> Iterator[Finding]:
    """English punctuation beside Chinese. Not the full stop, which numbers and addresses hold."""
    for line in proof.lines:
        for found in _HALF.finditer(line.text):
            full = _FULL[found[0]]
            message = f"中文里用了半角标点“{found[0]}”。"
            yield at(line, found.span(), "half-width-punctuation", Severity.WARNING, message, full)


def _opens_with_point(line: Line) -> bool:
    points = points_of(line.text[:12])
    return bool(points) and points[0].start <= 1
