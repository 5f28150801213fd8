"""A title whose words have changed is broken at the same words as before."""

from __future__ import annotations

import pytest

from service.article.title_lines import broken_alike


@pytest.mark.parametrize(
    ("lines", "title", "broken"),
    [
        (("关于台帐", "管理的通知"), "关于台账管理的通知", ("关于台账", "管理的通知")),
        (("一行标题",), "另一个标题", ("另一个标题",)),
        ((), "标题", ("标题",)),
        (("全部", "换掉"), "", ()),
    ],
)
def test_breaks_stay_at_their_words(lines: tuple[str, ...], title: str, broken: tuple[str, ...]) -> None:
    assert broken_alike(lines, title) == broken
