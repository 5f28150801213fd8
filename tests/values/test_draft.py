"""What the cover note of a draft says about an article."""

from __future__ import annotations

import pytest

from values import rules
from values.draft import DraftArticle
from values.finding import Finding

ERROR = rules.IMPOSSIBLE_DATE.finding("没有“2月30日”这一天。")
WARNING = rules.NO_BYLINE.finding("稿件没有署名。")
INFO = rules.DIGIT_SPACE.finding("…")


@pytest.mark.parametrize(
    ("findings", "flagged", "doubts"),
    [
        ((), False, ""),
        ((INFO,), False, ""),
        ((WARNING, ERROR, WARNING, INFO), False, "错误 1 处，疑问 2 处"),
        ((), True, "来信有需留意之处"),
        ((WARNING,), True, "疑问 1 处，来信有需留意之处"),
    ],
)
def test_errors_and_warnings_are_counted_and_matters_of_form_are_not(
    findings: tuple[Finding, ...], doubts: str, *, flagged: bool
) -> None:
    assert DraftArticle(1, "标题", "区民政局", findings, flagged).doubts == doubts
