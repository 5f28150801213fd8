"""Places that a writer meant to fill in: ××, XX, 待补充, empty brackets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, findings_of_matches
from values import rules
from values.finding import Finding

_PLACEHOLDER: Final = line_pattern(
    r"[×╳✕]{2,8}|(?<![A-Za-z0-9])[Xx]{2,8}(?![A-Za-z0-9])|[*＊]{2,8}|[_＿]{2,20}|[?？]{3,8}"
    r"|【\s*】|（\s*）|《\s*》|“\s*”"
    r"|[（(【]?(?:待补充|待核实|待填写|待更新|此处插入|此处补充|数据待定)[）)】]?",
    *("×", "╳", "✕", "X", "x", "*", "＊", "__", "_＿", "＿", "??", "?？", "？？", "【", "（", "《", "“", "待", "此处"),
)
_TITLE_PLACE: Final = "标题里还有没有填写的地方（“{}”）。"


def placeholders(proof: Proof) -> Iterator[Finding]:
    """In the title and in the text."""
    for match in _PLACEHOLDER.finditer(proof.manuscript.title):
        yield rules.UNFILLED.finding(_TITLE_PLACE.format(match[0]), suggestion="请补上，或删去。")
    yield from findings_of_matches(
        proof.lines,
        _PLACEHOLDER,
        rules.UNFILLED,
        lambda match: (f"“{match[0]}”像是还没有填写的地方。", "请补上，或删去。"),
    )
