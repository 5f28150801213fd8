"""Breaking titles into balanced lines, not inside words (GB/T 9704-2012 7.3.1: 回行词意完整，排列对称).

Widths are in characters of the title's own size. Words are recognised by a short list of those that titles are made of;
any other word may be cut where there is no better place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from math import ceil
from typing import Final

PER_LINE: Final = 20.0
"""Characters of 22 points (二号) that fit into the 156 mm of the text area."""

_PAIRS: Final = {"《": "》", "〈": "〉", "“": "”", "（": "）", "【": "】"}
_LONGEST_PAIR: Final = 14
"""Characters from bracket to bracket that are kept on one line; names of documents are mostly shorter, and longer ones
would leave lines out of balance."""
_WORD: Final = re.compile(
    "[A-Za-z0-9](?:[A-Za-z0-9.,:/&+~—–-]*[A-Za-z0-9])?[%％‰℃]?(?:[年月日号时分个项家名期届次万亿元件场起条户所](?:份|元)?)?"
)
"""A number keeps its unit and a Latin word its digits: 2022年, 5.6%, ISO9001, COVID-19."""
_MOST_ATOMS: Final = 150
"""About six lines. The time grows faster than the length; a longer text is no title, and Word breaks it."""
_NOT_FIRST: Final = frozenset("，。、；：！？）》〉”’】〕·…—%％℃的之了着等")
_NOT_LAST: Final = frozenset("（《〈“‘【〔")
_GOOD_AFTER: Final = frozenset("，、；：　 》”）—！？")
_ENDS_A_UNIT: Final = frozenset("局厅")
"""Of 民政局, 财政厅: hardly a word of a title begins with them, and a line may well end with them."""
_FAIR_AFTER: Final = frozenset("的")
_FAIR_BEFORE: Final = frozenset("和与及并")
_IN_WORD: Final = frozenset(
    re.findall(
        r"\w+",
        """
        工作 建设 发展 服务 政策 推进 推动 推行 实施 落实 落地 见效 成效 明显 显著 提升 提高
        改革 创新 创业 就业 教育 社区 居家 养老 体系 管理 治理 经济 社会 企业 产业 项目 基层
        群众 干部 党建 政府 机关 部门 单位 领导 小组 办公 会议 活动 方案 措施 机制 制度 通报
        通知 报告 简报 情况 问题 整改 安全 生产 环境 营商 优化 普惠 金融 乡村 振兴 农村 农业
        农民 城市 城乡 文明 文化 旅游 卫生 健康 医疗 保障 民生 人才 科技 数字 信息 智慧 平台
        网络 监管 执法 法治 司法 综合 全面 深入 扎实 积极 努力 大力 切实 着力 加强 加快 加大
        强化 深化 打造 构建 建成 完善 健全 聚焦 多元 多层 多方 参与 支撑 供给 高效 质量 品质
        学前 内外 兼修 多措 并举 加速 三个 全区 全市 全县 全省 街道 开展 取得 获得 助力 赋能
        促进 持续 贯彻 学习 宣传 精神 专项 行动 攻坚 示范 试点 标准 规范 资金
        """,
    )
)

# The cost of a break, where a line one character longer or shorter than the ideal costs 1. Set by trial on the titles
# in tests/assembler/test_titles.py, which are those of the printed sample issue.
_CUTS_A_WORD: Final = 60.0
"""More than a line eight characters out of balance: only where nothing else is possible."""
_GOOD: Final = -6.0
_FAIR: Final = -2.0
_SHORT_LINE: Final = 200.0
"""For a line of less than _LEAST characters, and half of it for each character that a line is too long."""
_LEAST: Final = 3.0
"""Characters: a line with less looks left over."""


def set_title(lines: Sequence[str], per_line: float = PER_LINE) -> tuple[str, ...]:
    """The title as lines of at most `per_line` characters; () for an empty one.

    lines: as the author broke it. A line that fits is kept, except that a single character joins its neighbour. A line
    without any place to break may come out longer.
    """
    return tuple(part for line in _joined(lines) for part in _balanced(line, per_line))


def width(text: str) -> float:
    """The width of a text in Chinese characters. Latin letters and digits take about half of one, capitals three
    quarters."""
    return sum(0.78 if sign.isascii() and sign.isupper() else 0.58 if sign < "\u2000" else 1.0 for sign in text)


def _joined(lines: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for line in (line.strip() for text in lines for line in text.split("\n")):
        if joined and (len(line) == 1 or len(joined[-1]) == 1):
            joined[-1] += line
        elif line:
            joined.append(line)
    return joined


def _balanced(line: str, per_line: float) -> list[str]:
    """The cheapest division into the fewest lines that can hold the text, or into up to two more where those would cut
    badly."""
    if width(line) <= per_line:
        return [line]
    atoms = list(_atoms(line))
    if not 1 < len(atoms) <= _MOST_ATOMS:
        return [line]
    edges = [0.0, *accumulate(map(width, atoms))]
    fewest = ceil(edges[-1] / per_line)
    breaks: tuple[int, ...] = ()
    for count in range(min(fewest, len(atoms)), min(fewest + 2, len(atoms)) + 1):
        cost, breaks = _cheapest(atoms, edges, count, per_line)
        if cost < _SHORT_LINE:
            break
    bounds = [0, *breaks, len(atoms)]
    parts = ("".join(atoms[start:end]).strip() for start, end in pairwise(bounds))
    return [part for part in parts if part]


def _cheapest(
    atoms: Sequence[str], edges: Sequence[float], count: int, per_line: float
) -> tuple[float, tuple[int, ...]]:
    """The least cost of setting all atoms in `count` lines, and the indexes of the atoms that begin a line.

    edges: the width of the text before each atom, and of all of it.
    """
    ideal = edges[-1] / count

    def line_cost(start: int, end: int) -> float:
        length = edges[end] - edges[start]
        over = (length - per_line) * 2 * _SHORT_LINE if length > per_line else 0.0
        return (length - ideal) ** 2 + over + (_SHORT_LINE if length < _LEAST else 0.0)

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return line_cost(start, len(atoms)), ()
        candidates = []
        for end in range(start + 1, len(atoms) - left + 2):
            rest, breaks = best(end, left - 1)
            candidates.append((line_cost(start, end) + _break_cost(atoms[end - 1], atoms[end]) + rest, (end, *breaks)))
        return min(candidates)

    return best(0, count)


def _break_cost(before: str, after: str) -> float:
    if after[0] in _NOT_FIRST or before[-1] in _NOT_LAST:
        return 4 * _SHORT_LINE
    if before[-1] + after[0] in _IN_WORD or after[0] in _ENDS_A_UNIT:
        return _CUTS_A_WORD
    if before[-1] in _GOOD_AFTER | _ENDS_A_UNIT:
        return _GOOD
    return _FAIR if before[-1] in _FAIR_AFTER or after[0] in _FAIR_BEFORE else 0.0


def _atoms(line: str) -> Iterator[str]:
    """The parts of a line that are never broken: a word or number, a short bracketed text, or else a character."""
    place = 0
    while place < len(line):
        end = _end_of_pair(line, place)
        word = _WORD.match(line, place)
        if end:
            yield line[place:end]
            place = end
        elif word:
            yield word.group()
            place = word.end()
        else:
            yield line[place]
            place += 1


def _end_of_pair(line: str, start: int) -> int:
    """The offset after the bracket that closes the one at `start`; 0 where there is none, or it is too far away."""
    closing = _PAIRS.get(line[start])
    end = line.find(closing, start) + 1 if closing else 0
    return end if end and end - start <= _LONGEST_PAIR else 0
