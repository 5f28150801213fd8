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
    r"|【\s*】|(?<!括号)（\s*）|《\s*》|“\s*”|【(?:此处|插入|图片|填写)[^】]{0,12}】"
    r"|(?<![一二三四五六七八九〇○])[〇○]{2,4}(?=[人家个名户年月日元万])"
    r"|(?<=20)[XxＸ×]{2}|[×XxＸ](?=[年月日])(?:[年月][×XxＸ](?=[月日]))*"
    r"|(?<=[\u4e00-\u9fff]{2})[ \u3000]{2,12}"
    r"(?=[%％]|[家个人名户件次项元](?:[，。；、）]|$)|[月日][^\u4e00-\u9fff]|[月日][召举开在]|月[前底])"
    r"|(?<=：)（(?:姓名|单位|职务|时间|地点|金额|数量|电话)）|TODO|TBD"
    r"|[（(【]?(?<![有亟尚还仍])(?:待补充|待核实|待填写|待更新|待确认|待补|待填|待查|待定(?=[）)】])|此处插入|此处补充|数据待定)[）)】]?",
    *"×╳✕XxＸ*＊＿【（《“待〇○\u3000",
    *("__", "??", "?？", "？？", "此处", "  ", "TODO", "TBD"),
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
