"""采纳改动, 不采纳改动: a line that says yes or no to the changes of an edited draft. Pure."""

from __future__ import annotations

import re
from typing import Final

from service.by_mail.instructions import TakeEdits

_TAKE_EDITS: Final = re.compile(
    r"(?:请|我)?(?P<no>不|不予|暂不)?(?:"
    r"(?:同意)?(?:采纳|接受)(?:(?:文件|附件)(?:里|中|上)?的?)?(?:以上|上述|上面|这些|所列|所有|全部|列出)?的?(?:改动|修改|更改)?"
    r"|同意(?:以上|上述|上面|这些|所列|所有|全部|列出)?的?(?:改动|更改)"
    r"|(?:就|都)?(?:照|按)(?:此|这样|这个|上面|文件)(?:来)?(?:修?改|更改))"
    r"(?:吧|了|即可)?[。.!！\s]*"
)


def edits_in(line: str) -> TakeEdits | None:
    """None for a line that says anything else, or anything more."""
    match = _TAKE_EDITS.fullmatch(line)
    return None if match is None else TakeEdits(accepts=match["no"] is None)
