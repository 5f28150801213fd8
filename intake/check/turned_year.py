"""今年以来 and its like in an issue that is printed in another year than its article was sent in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import findings_of_matches, lines_of
from values import rules
from values.finding import Finding
from values.manuscript import Manuscript

_OF_A_YEAR: Final = line_pattern("今年以来|今年|去年底|去年|明年", "今年", "去年", "明年")


def words_of_another_year(manuscript: Manuscript, sent: int, printed: int) -> Iterator[Finding]:
    """For each word that means another year to the reader of the issue. sent, printed: years; nothing where they are
    the same."""
    if sent == printed:
        return
    yield from findings_of_matches(
        lines_of(manuscript),
        _OF_A_YEAR,
        rules.RELATIVE_DATE,
        lambda match: (f"“{match[0]}”是{sent}年写的，本期印发于{printed}年。", "请改为具体年份。"),
    )
