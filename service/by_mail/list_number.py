"""The number that a list of instructions has before a line: 1. or 一、."""

from __future__ import annotations

import re
from typing import Final

from service.by_mail.clauses import folded

_CHINESE: Final = "一二三四五六七八九十"
LIST_NUMBER: Final = re.compile(r"\s*(?P<digits>\d{1,2}|[一二三四五六七八九十])\s*[.、)）]\s*(?=\D)")


def list_number(line: str) -> int:
    """The number before an instruction, as 1. or 一、; 0 for none."""
    match = LIST_NUMBER.match(folded(line))
    if match is None:
        return 0
    return int(match["digits"]) if match["digits"].isdigit() else _CHINESE.index(match["digits"]) + 1
