"""Checks of sums, shares, growth and counts that a text gives twice: hints, only where the sum is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, ProofLine, finding_at
from values import rules
from values.finding import Finding
from values.manuscript import Table, block_lines
from values.ordinals import label_of, number_of, points_of

_NUMBER: Final = r"\d{1,9}(?:\.\d{1,4})?"
_UNIT: Final = "个工作日|小时|分钟|天|万人次|人次|万元|亿元|[个家名户人次场件项条处所座台辆套张份篇起宗亩株吨元]"
_WITH_PARTS: Final = line_pattern(
    rf"(?<![\d.])({_NUMBER})({_UNIT})[^，。；：、\d]{{0,12}}[，,（(：:]?(?:其中|分别(?:是|为))[：:，,]?", "其中", "分别"
)
_PART: Final = re.compile(
    rf"[^\d，。；、（）()]{{1,16}}?({_NUMBER})({_UNIT})[^\d，。；、（）()]{{0,6}}(?:[，、,和]|$|(?=[。；）)]))"
)
_MEN_AND_WOMEN: Final = line_pattern(
    rf"({_NUMBER})[名人位][^。；\d]{{0,12}}男(?:性)?({_NUMBER})[名人位]?[，、,]?女(?:性)?({_NUMBER})[名人位]?", "女"
)
_CHANGE: Final = re.compile(
    rf"(?:由|从)[^，。；\d]{{0,10}}({_NUMBER})({_UNIT}|%|％)?[^，。；\d]{{0,6}}"
    rf"(增加|增长|提高|提升|上升|减少|下降|降低|压缩|压减|缩短)(?:到|至|为)({_NUMBER})({_UNIT}|%|％)?，"
    rf"(?:同比|实际|累计)?(?:增长|增幅|提升|提高|上升|减少|下降|降低|降幅|压缩|压减|缩短)(?:达到?|为|了)?({_NUMBER})[%％]"
)
_FALLING: Final = frozenset({"减少", "下降", "降低", "压缩", "压减", "缩短"})
_SHARE: Final = re.compile(
    rf"(?:合格率|满意率|满意度|达标率|优良率|覆盖率|普及率|参保率|入学率|就业率|办结率|签约率|知晓率|占比|占总[\u4e00-\u9fff]{{1,4}}的)"
    rf"(?:已|均|都)?(?:达到?|为|提升至|提高到)?({_NUMBER})[%％]"
)
_TIMES_LESS: Final = re.compile(
    rf"(?:减少|下降|降低|缩短|压缩|缩小)(?:了|近|约)?(?:{_NUMBER}|[一二两三四五六七八九十]{{1,2}})倍"
)
_ANNOUNCED: Final = re.compile(
    r"(?:以下|如下|下列|下面)([二两三四五六七八九十]{1,2}|\d{1,2})(?:个)?(?:点|方面|项|条|步|类|种)[\u4e00-\u9fff]{0,6}[：:]"
)
_COUNTED: Final = 9
"""Points up to which an announced list is counted: longer ones go over sections and headings."""
_TOLERANCE: Final = Decimal("1.0")
"""Percentage points by which a percentage may be off: both numbers may be rounded."""
_TOTAL: Final = re.compile(r"\s*(?:合\s*计|总\s*计|共\s*计)\s*")
_PLAIN_NUMBER: Final = re.compile(rf"\s*({_NUMBER})\s*")


def parts_and_total(proof: Proof) -> Iterator[Finding]:
    """12场，其中线上5场、线下6场、直播2场: parts that are more than their total. Less may be left out."""
    for line in proof.prose:
        for match in _WITH_PARTS.finditer(line.text):
            parts = _parts(line.text, match.end(), match[2])
            total = sum(parts)
            if len(parts) > 1 and total > Decimal(match[1]):
                shown = "＋".join(map(str, parts))
                yield _hint(
                    line, match.span(1), f"各部分相加为{total}{match[2]}（{shown}），多于总数{match[1]}{match[2]}。"
                )
        for match in _MEN_AND_WOMEN.finditer(line.text):
            total = Decimal(match[2]) + Decimal(match[3])
            if total != Decimal(match[1]):
                yield _hint(line, match.span(1), f"男{match[2]}、女{match[3]}相加为{total}，不是{match[1]}。")


def _parts(text: str, start: int, unit: str) -> list[Decimal]:
    """The numbers of a row of parts that begins there, as far as they have this unit."""
    parts = []
    match = _PART.match(text, start)
    while match is not None and match[2] == unit:
        parts.append(Decimal(match[1]))
        match = _PART.match(text, match.end())
    return parts


def change_and_percentage(proof: Proof) -> Iterator[Finding]:
    """由100家增加到150家，增长60%: a percentage that the two numbers do not give."""
    for line in proof.prose:
        for match in _CHANGE.finditer(line.text):
            before, after, percentage = Decimal(match[1]), Decimal(match[4]), Decimal(match[6])
            if not before or "%" in (match[2] or match[5] or "") or "％" in (match[2] or match[5] or ""):
                continue
            falling = match[3] in _FALLING
            if match[2] not in (None, match[5]) or (after < before) != falling:
                continue
            right = abs(after - before) / before * 100
            if abs(right - percentage) > _TOLERANCE:
                message = f"由{match[1]}到{match[4]}，变化应为{right:.1f}%，不是{match[6]}%。"
                yield _hint(line, match.span(6), message)


def shares(proof: Proof) -> Iterator[Finding]:
    """A share or rate of more than 100 %, and 减少1倍: nothing can be less by once its size."""
    for line in proof.prose:
        for match in _SHARE.finditer(line.text):
            if Decimal(match[1]) > 100:
                yield _hint(line, match.span(1), f"“{match[0]}”超过了100%。")
        for match in _TIMES_LESS.finditer(line.text):
            yield _hint(line, match.span(), f"“{match[0]}”：减少不能用倍数，请改用百分比或分数。")


def announced_points(proof: Proof) -> Iterator[Finding]:
    """以下三点：一是…二是…: a list that has not as many points as it announces."""
    lines = list(proof.prose)
    for place, line in enumerate(lines):
        for match in _ANNOUNCED.finditer(line.text):
            announced = number_of(match[1].replace("两", "二"))
            given = _points_given(line.text[match.end() :], lines[place + 1 :])
            if announced and given and announced <= _COUNTED and given != announced:
                yield _hint(line, match.span(1), f"说有{match[1]}点，下面是{given}点。")


def _points_given(rest: str, following: Sequence[ProofLine]) -> int:
    """How many points follow: in the rest of the line, else in lines of one level; 0 when they are not numbered."""
    here = points_of(rest)
    if here:
        return max(point.number for point in here)
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


def totals_of_columns(proof: Proof) -> Iterator[Finding]:
    """A row 合计 of a table whose numbers are not the sums of the rows above."""
    first = 0
    for block in proof.manuscript.blocks:
        if isinstance(block, Table):
            yield from _wrong_totals(block, proof.lines[first : first + len(block.rows)])
        first += len(block_lines(block))


def _wrong_totals(table: Table, lines: Sequence[ProofLine]) -> Iterator[Finding]:
    rows = [[cell.text for cell in row] for row in table.rows]
    total_row = next((at for at, row in enumerate(rows) if row and _TOTAL.fullmatch(row[0])), None)
    if total_row is None or total_row < 3 or len({len(row) for row in rows}) > 1:
        return
    for column in range(1, len(rows[0])):
        numbers = [_PLAIN_NUMBER.fullmatch(row[column]) for row in rows[1:total_row]]
        total = _PLAIN_NUMBER.fullmatch(rows[total_row][column])
        if total is None or not all(numbers):
            continue
        right = sum(Decimal(number[1]) for number in numbers if number)
        if right != Decimal(total[1]):
            line = lines[total_row]
            start = len("\t".join(rows[total_row][:column])) + 1
            span = (start, start + len(rows[total_row][column]))
            yield _hint(line, span, f"“{rows[0][column]}”一列相加为{right}，合计写的是{total[1]}。")


def _hint(line: ProofLine, span: tuple[int, int], message: str) -> Finding:
    return finding_at(line, span, rules.ARITHMETIC, message, "请核对数字。")
