"""Checks of sums, shares and growth within a sentence: hints, only where the sum is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, ProofLine, finding_at
from values import rules
from values.finding import Finding

NUMBER: Final = r"\d{1,9}(?:\.\d{1,4})?"
_UNIT: Final = (
    "个工作日|小时|分钟|天|万人次|人次|户次|家次|万元|亿元|万亩|万吨|平方米|公里"
    "|[个家名户人次场件项条处所座台辆套张份篇起宗亩株吨元支间栋幅批期]"
)
_WITH_PARTS: Final = line_pattern(
    rf"(?<![\d.])({NUMBER})({_UNIT})[^，。；：、\d]{{0,12}}[，,（(：:]?(?:其中|分别(?:是|为))[：:，,]?", "其中", "分别"
)
_PART: Final = re.compile(
    rf"[^\d，。；、（）()]{{1,16}}?({NUMBER})({_UNIT})[^\d，。；、（）()]{{0,6}}(?:[，、,和]|$|(?=[。；）)]))"
)
_MEN_AND_WOMEN: Final = line_pattern(
    rf"({NUMBER})[名人位][^。；\d]{{0,12}}男(?:性)?({NUMBER})[名人位]?[，、,]?女(?:性)?({NUMBER})[名人位]?", "女"
)
_ADDED_UP: Final = line_pattern(
    rf"((?:[^\d，。；、：（）()]{{1,14}}{NUMBER}(?:{_UNIT})[，、,]){{2,6}})"
    rf"(?:(?:合计|总计|全年|一共|总共|两项|三项)(?:共计|共|合计|总计|累计)?|共计|共|合计|总计|累计)"
    rf"(?:办结|完成|新增|建成|新建|受理|开展|举办)?({NUMBER})({_UNIT})(?=[，。；、]|$)",
    *("共", "合计", "总计", "全年", "两项", "三项", "累计"),
)
_ADDEND: Final = re.compile(rf"({NUMBER})({_UNIT})[，、,]")
_RISES: Final = "增加|增长|提高|提升|上升|扩大|增|升|涨"
_FALLS: Final = "减少|下降|降低|压缩|压减|缩短|缩减|精简|减|降|缩"
_PERCENT: Final = "[%％]"
_CHANGE: Final = re.compile(
    rf"(?:由|从)[^，。；\d]{{0,10}}({NUMBER})({_UNIT}|{_PERCENT})?[^，。；\d]{{0,6}}({_RISES}|{_FALLS})(?:到|至|为|成)"
    rf"({NUMBER})({_UNIT}|{_PERCENT})?，"
    rf"(?:同比|实际|累计|比例)?(?:{_RISES}|{_FALLS})(?:率|幅|幅度|比例)?(?:达到?|为|了|约)?"
    rf"(?:({NUMBER})(个百分点|{_PERCENT})|(三分之一|三分之二|四分之一|四分之三|一半))"
)
_FRACTIONS: Final = {
    "三分之一": Decimal(100) / 3,
    "三分之二": Decimal(200) / 3,
    "四分之一": Decimal(25),
    "四分之三": Decimal(75),
    "一半": Decimal(50),
}
_RATES: Final = (
    "合格|满意|达标|优良|优秀|普及|参保|入学|入园|巩固|就业|办结|签约|知晓|接种|回复|答复|整改|识字|录取|及格|出勤|到会|参会|参与"
    "|绿化|成功|准确|通过|通电|通水|入户|见面|回访|参训|治愈|森林覆盖|人群覆盖|疫苗覆盖|网络覆盖|有效覆盖"
)
_REACHES: Final = r"(?:已|均|都|也|高)*(?:达到?|为|至|提升至|提高到|提高至|上升到)?"
_SHARE: Final = line_pattern(
    rf"(?:(?:{_RATES})率|(?<!拨备)覆盖率|满意度|占比|占总[\u4e00-\u9fff]{{1,4}}的){_REACHES}({NUMBER}){_PERCENT}",
    *("%", "％"),
)
_SEVERAL_RATES: Final = line_pattern(
    rf"(?:{_RATES})率[^，。；\d]{{0,4}}分别(?:达到?|为|是)((?:{NUMBER}{_PERCENT}[、和，]?){{2,5}})", "%", "％"
)
_SHARES: Final = line_pattern(
    rf"(?:占比分别(?:为|是|达)|分别占[^，。；\d]{{0,8}})((?:{NUMBER}{_PERCENT}[、和，]?){{2,6}})"
    rf"|男(?:性|生)?占({NUMBER}){_PERCENT}[，、]女(?:性|生)?占({NUMBER}){_PERCENT}",
    *("%", "％"),
)
_PERCENTAGE: Final = re.compile(rf"({NUMBER}){_PERCENT}")
_TIMES_LESS: Final = line_pattern(
    rf"(?:减少|下降|降低|缩短|压缩|缩小|缩减|(?<![升下])降|(?<![至不多缺])少了)(?:了|近|约)?(?:{NUMBER}|[一二两三四五六七八九十]{{1,2}})倍",
    "倍",
)
_TOLERANCE: Final = Decimal("1.0")
"""Percentage points by which a percentage may be off: both numbers may be rounded."""
_ROUNDED: Final = Decimal("0.15")
"""Percentage points by which a difference of two percentages may be off."""
_WHOLE: Final = Decimal("100.5")
"""Per cent that shares may add up to, each being rounded."""


def parts_and_total(proof: Proof) -> Iterator[Finding]:
    """12场，其中线上5场、线下6场、直播2场: parts that are more than their total. Less may be left out. Where the total
    comes after its parts (新建12座、改建8座，共22座), it must be their sum."""
    for line in proof.prose:
        for match in _WITH_PARTS.finditer(line.text):
            parts = _parts(line.text, match.end(), match[2])
            total = sum(parts)
            if len(parts) > 1 and total > Decimal(match[1]):
                message = f"各部分相加为{total}{match[2]}（{_sum(parts)}），多于总数{match[1]}{match[2]}。"
                yield hint(line, match.span(1), message)
        for match in _MEN_AND_WOMEN.finditer(line.text):
            total = Decimal(match[2]) + Decimal(match[3])
            if total != Decimal(match[1]):
                yield hint(line, match.span(1), f"男{match[2]}、女{match[3]}相加为{total}，不是{match[1]}。")
        for match in _ADDED_UP.finditer(line.text):
            addends = [(Decimal(addend[1]), addend[2]) for addend in _ADDEND.finditer(match[1])]
            if {unit for _, unit in addends} == {match[3]}:
                parts = [number for number, _ in addends]
                if sum(parts) != Decimal(match[2]):
                    message = f"{_sum(parts)}＝{sum(parts)}，合计写的是{match[2]}{match[3]}。"
                    yield hint(line, match.span(2), message)


def _sum(parts: list[Decimal]) -> str:
    return "＋".join(map(str, parts))


def _parts(text: str, start: int, unit: str) -> list[Decimal]:
    """The numbers of a row of parts that begins there, as far as they have this unit."""
    parts = []
    match = _PART.match(text, start)
    while match is not None and match[2] == unit:
        parts.append(Decimal(match[1]))
        match = _PART.match(text, match.end())
    return parts


def change_and_percentage(proof: Proof) -> Iterator[Finding]:
    """由100家增加到150家，增长60%: a percentage, or a fraction, that the two numbers do not give."""
    for line in proof.prose:
        for match in _CHANGE.finditer(line.text):
            right = _right_change(match)
            if right is not None:
                yield hint(line, match.span(6) if match[6] else match.span(8), right)


def _right_change(match: re.Match[str]) -> str | None:
    """What is wrong with a change; None when nothing certainly is."""
    before, after = Decimal(match[1]), Decimal(match[4])
    falling = re.fullmatch(_FALLS, match[3]) is not None
    if not before or match[2] not in (None, match[5]) or (after < before) != falling:
        return None
    of_percentages = (match[5] or "") in ("%", "％")
    change = abs(after - before)
    if match[7] == "个百分点":
        if not of_percentages or abs(change - Decimal(match[6])) <= _ROUNDED:
            return None
        return f"由{match[1]}%到{match[4]}%，相差{change}个百分点，不是{match[6]}个。"
    written = Decimal(match[6]) if match[6] else _FRACTIONS[match[8]]
    if of_percentages or abs(change / before * 100 - written) <= _TOLERANCE:
        return None
    shown = f"{match[6]}%" if match[6] else match[8]
    return f"由{match[1]}到{match[4]}，变化应为{change / before * 100:.1f}%，不是{shown}。"


def shares(proof: Proof) -> Iterator[Finding]:
    """A share or rate of more than 100 %, shares that add up to more, and 减少1倍: nothing can be less by once its
    size."""
    for line in proof.prose:
        for match in _SHARE.finditer(line.text):
            if Decimal(match[1]) > 100:
                yield hint(line, match.span(1), f"“{match[0]}”超过了100%。")
        for match in _SEVERAL_RATES.finditer(line.text):
            for rate in _PERCENTAGE.finditer(line.text, *match.span(1)):
                if Decimal(rate[1]) > 100:
                    yield hint(line, rate.span(1), f"“{rate[0]}”超过了100%。")
        for match in _SHARES.finditer(line.text):
            parts = [Decimal(part[1]) for part in _PERCENTAGE.finditer(match[0])]
            if sum(parts) > _WHOLE:
                span = match.span(1) if match[1] else match.span()
                yield hint(line, span, f"各项占比相加为{sum(parts)}%（{_sum(parts)}），超过了100%。")
        for match in _TIMES_LESS.finditer(line.text):
            yield hint(line, match.span(), f"“{match[0]}”：减少不能用倍数，请改用百分比或分数。")


def hint(line: ProofLine, span: tuple[int, int], message: str) -> Finding:
    """A finding of the rule arithmetic. message: shows the sum."""
    return finding_at(line, span, rules.ARITHMETIC, message, "请核对数字。")
