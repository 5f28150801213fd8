"""Dates without a year where two years stand before them: 2021年投入300万元，2022年投入500万元，8月完成改造."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, finding_at
from values import rules
from values.finding import Finding

_YEAR: Final = line_pattern(r"(?<!\d)((?:19|20)\d\d)年?(?:(?=[至到—－-]\d)|(?<=年)(底|初|末)?(\d{1,2}月)?)", "19", "20")
_DATE: Final = line_pattern(
    r"(?<![\d年—－～和、月“”·-])(?<![年月日]至)(?<![年月日]到)(?:1[0-2]|[1-9])月(?:\d{1,2}日|起|底|初|末|[上中下]旬|(?=[建完竣开启正投动验通交]))"
    r"(?![至到—－～-])",
    "月",
)
_YEAR_BY_WORD: Final = line_pattern("去年|今年|明年|上年|当年|次年|翌年|同年|本年|年度|每年|[前后]年", "年")
_SENTENCE_ENDS: Final = "。；"


def omitted_years(proof: Proof) -> Iterator[Finding]:
    """A date after two different years of its line, where the nearer one has no month that the date could go on from,
    or stands in an earlier sentence."""
    for line in proof.prose:
        years = list(_YEAR.finditer(line.text))
        if len({match[1] for match in years}) < 2 or any(_YEAR_BY_WORD.finditer(line.text)):
            continue
        for match in _DATE.finditer(line.text):
            before = [year for year in years if year.end() <= match.start()]
            if len({year[1] for year in before}) < 2:
                continue
            between = line.text[before[-1].end() : match.start()]
            if (before[-1][3] is None) != bool(set(_SENTENCE_ENDS) & set(between)):
                message = f"“{match[0]}”没有写年份，前面有{before[-2][1]}、{before[-1][1]}两个年份。"
                yield finding_at(line, match.span(), rules.YEAR_OMITTED, message, "请补上年份。")
