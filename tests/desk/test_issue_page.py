"""本期: what an editor finds there, and what each form of it does."""

from __future__ import annotations

from tests.support.desk import DeskDriver


def test_the_page_lists_the_articles(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login()
    assert "甲文" in desk.words("/b/wuxing/issue")
