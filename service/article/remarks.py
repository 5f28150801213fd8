"""An article's findings, sorted for whoever reads it: those in the text, those about the whole, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from intake.check.again import RULES
from values.manuscript import Finding, Severity

AUTO_FIXED: Final = "auto-fixed"
FIX_NAMES: Final[Mapping[str, str]] = {
    "digit-space": "数字旁的空格",
    "half-width-punctuation": "半角标点",
    "full-width-characters": "全角字符",
    "straight-quotes": "英文引号",
    "ellipsis": "省略号",
    "dash": "破折号",
    "doubled-mark": "重复的标点",
    "comma-between-marks": "多余的顿号",
    "file-number": "文号",
    "date-form": "日期写法",
    "weekday-numeral": "星期写法",
    "weekday": "星期",
    "range-hyphen": "数字范围",
    "range-unit": "范围的单位",
    "unit-name": "单位名称",
    "amount-unit": "金额单位",
    "approximate-number": "概数",
    "confusable-word": "易错词",
    "repeated-word": "重复的词",
    "heading-full-stop": "小标题句号",
    "ordinal-punctuation": "序号标点",
    "department-name": "单位简称",
    "office-word": "本单位用词",
}
"""What several findings of a rule are called together, where all can be mended at once."""
_OF_THE_LETTER: Final = frozenset(
    {"unknown-sender", "near-duplicate", "erratum", "correction-unconfirmed", "correction-unmatched"}
    | {"corrected-over-edit", "title-guessed", "title-from-name", "title-missing", "unread-copy"}
)
"""Not made by a check of the text, but no report of what the reader left out of the file either."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its index in the article, and the number by which the page calls it, from 1."""

    index: int
    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Remarks:
    """whole: about title, byline, or the article as a whole. lines: by line of `Manuscript.lines`, in order.

    changed: what was mended at the reading, also among `lines`. left_out: what the file holds and the article does not.
    fixable: rule → how many of its findings can be done at once, where there are several.
    """

    whole: tuple[Remark, ...]
    lines: Mapping[int, tuple[Remark, ...]]
    changed: tuple[Remark, ...]
    left_out: tuple[Remark, ...]
    fixable: Mapping[str, int]
    count: Mapping[Severity, int]


def sorted_remarks(findings: Iterable[Finding]) -> Remarks:
    """Numbered in the order of the text: the whole first, then line by line; what was left out has no number."""
    found = list(enumerate(findings))
    left_out = [(at, one) for at, one in found if _is_left_out(one)]
    read = [(at, one) for at, one in found if not _is_left_out(one)]
    read.sort(key=lambda pair: _place(pair[1]))
    remarks = [Remark(at, number, one) for number, (at, one) in enumerate(read, 1)]
    lines: dict[int, tuple[Remark, ...]] = {}
    for remark in remarks:
        if remark.finding.paragraph is not None:
            line = remark.finding.paragraph
            lines[line] = (*lines.get(line, ()), remark)
    return Remarks(
        whole=tuple(one for one in remarks if one.finding.paragraph is None),
        lines=lines,
        changed=tuple(one for one in remarks if one.finding.rule == AUTO_FIXED),
        left_out=tuple(Remark(at, 0, one) for at, one in left_out),
        fixable=_fixable(one.finding for one in remarks),
        count={severity: sum(one.finding.severity is severity for one in remarks) for severity in Severity},
    )


def _is_left_out(finding: Finding) -> bool:
    return finding.paragraph is None and finding.rule not in RULES and finding.rule not in _OF_THE_LETTER


def _place(finding: Finding) -> tuple[int, int]:
    return (-1, 0) if finding.paragraph is None else (finding.paragraph, finding.start or 0)


def _fixable(findings: Iterable[Finding]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in findings:
        if one.replacement is not None and one.paragraph is not None:
            counts[one.rule] = counts.get(one.rule, 0) + 1
    return {rule: count for rule, count in counts.items() if count > 1}
