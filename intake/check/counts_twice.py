"""The same count given twice with two numbers: 全年共走访企业230家 … 全年共走访企业320家."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intake.check.arithmetic import NUMBER, hint
from intake.check.proof import Proof
from values.finding import Finding

_SCOPES: Final = "今年以来|今年|全年|全区|全县|全市|全镇|活动|该区|截至目前，?|目前，?|累计|已|通过|对|该项|先后|现|共"
"""Words before a count that do not say of what part it is: 一季度共 and 水东镇共 do."""
_COUNT: Final = re.compile(
    rf"(?:^|(?<=[，。；！？：、\s]))(?:{_SCOPES})*(?:(?<=[共有计现])计?|(?<=全[区县市镇])(?=建成|拥有|设有|登记))([\u4e00-\u9fff]{{2,10}}?)({NUMBER})"
    r"(万?余?多?(?:人次|家次|户次|场次|万元|亿元|[个家名户人场件项条处所座台辆份篇起宗亩株吨]))(?![多余])"
    r"([\u4e00-\u9fff]{0,6})"
)
_OF_A_PART: Final = re.compile(
    "上半年|下半年|季度|月|去年|上年|其中|每|各|分别|平均|原|计划|将|拟|新|期间|昨|当天|当日|首批|本次|本届|此次"
)
_VAGUE: Final = re.compile("[余多]")


def counts_twice(proof: Proof) -> Iterator[Finding]:
    """At the second number. Only counts of the whole, with the same words before the number and the same unit."""
    numbers: dict[tuple[str, str], str] = {}
    for line in proof.prose:
        for match in _COUNT.finditer(line.text):
            sentence = re.split("[。；！？]", line.text[: match.start()])[-1] + match[0]
            if _OF_A_PART.search(sentence) or _VAGUE.search(match[3]):
                continue
            number = numbers.setdefault((match[1], match[3]), match[2])
            if float(number) != float(match[2]):
                message = f"前面写的是{match[1]}{number}{match[3]}，这里是{match[2]}{match[3]}。"
                yield hint(line, match.span(2), message)
