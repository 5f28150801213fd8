"""The editor's week in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browser import Tabs
from tests.support.desk import serving
from tests.support.desk_pages import editor
from tests.support.week import week

pytestmark = [pytest.mark.browser, pytest.mark.libreoffice, pytest.mark.usefixtures("soffice")]

ISSUE = "/b/wuxing/issue"


def test_of_two_who_sign_off_at_once_one_does_and_the_other_is_told_who_and_when(tabs: Tabs, tmp_path: Path) -> None:
    with week(tmp_path / "week") as office, serving(office) as url:
        first, second = editor(tabs, office, url, "editor"), editor(tabs, office, url, "admin")
        for tab in (first, second):
            tab.go(f"{ISSUE}/sign-off")
        for tab in (first, second):  # both have clicked before either is answered
            tab.page.evaluate("() => void setTimeout(() => document.querySelector('form.tools').requestSubmit(), 50)")
        for tab in (first, second):
            expect(tab.page.get_by_role("heading", name="第70期已签发")).to_be_visible(timeout=60_000)
        said = [tab.page.locator("#messages").inner_text() for tab in (first, second)]
    winner = next(name for name, told in zip(("王编辑", "赵管理"), said, strict=True) if "从此不变" in told)
    assert sorted("从此不变" in told for told in said) == [False, True]
    assert any(f"第70期已由{winner}于 11月08日 16:05 签发" in told for told in said)
