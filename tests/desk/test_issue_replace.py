"""查找替换 at the desk: places with words around, replaced where ticked; in a browser from 本期."""

from __future__ import annotations

from typing import Any

import pytest

from service.article.edit import edit_title
from service.office import Office
from tests.support.browser import PHONE, Tabs, axe
from tests.support.desk import DeskDriver, serving
from tests.support.desk_pages import editor
from tests.support.issue_page import ISSUE, article
from tests.support.offices import hand_in

REPLACE = f"{ISSUE}/replace"
WORDS = "正文"


def fields(desk: DeskDriver) -> dict[str, Any]:
    """The fields of the form that replaces, as a browser sends it untouched."""
    [form] = desk.html(f"{REPLACE}?words={WORDS}&substitute=全文").xpath("//form[@class='places-found']")
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        if name != "csrf":
            sent.setdefault(name, []).append(value)
    return sent


def test_places_are_listed_with_their_article_and_words_around(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login("editor")
    words = desk.words(f"{REPLACE}?words={WORDS}")
    assert "2 篇，2 处" in words
    assert "甲文" in words
    assert desk.html(f"{REPLACE}?words={WORDS}").xpath("//mark/text()") == [WORDS, WORDS]
    assert "本期没有“没有的话”。" in desk.words(f"{REPLACE}?words=没有的话")
    assert desk.get(f"{REPLACE}?words={'长' * 101}").status_code == 400


def test_only_what_is_ticked_is_replaced_and_what_was_changed_meanwhile_is_named(desk: DeskDriver) -> None:
    ids = desk.hand_in("甲文", "乙文", "丙文")
    desk.login("editor")
    sent = fields(desk)
    sent["place"] = [place for place in sent["place"] if not place.startswith(f"{ids[1]}:")]
    edit_title(desk.office, ids[2], "丙文另题", "李编辑", seen=None)
    answer = desk.post(REPLACE, **sent)
    assert (answer.status_code, answer.headers["location"]) == (303, REPLACE)
    words = desk.words(REPLACE)
    assert "已替换 1 篇里的 1 处。" in words
    assert "《丙文另题》（刚被别人改过）" in words
    assert [article(desk, id).revision for id in ids] == [2, 1, 2]
    assert "全文" in article(desk, ids[0]).manuscript.text


def test_a_form_without_places_or_versions_is_refused(desk: DeskDriver) -> None:
    [id] = desk.hand_in("甲文")
    desk.login("editor")
    assert desk.post(REPLACE, words=WORDS, substitute="全文").status_code == 400
    assert desk.post(REPLACE, words=WORDS, substitute="全文", place=f"{id}:0:0").status_code == 400
    assert desk.post(REPLACE, words=WORDS, substitute="全文", place="x").status_code == 400
    desk.login("viewer")
    assert desk.get(REPLACE).status_code == 403
    assert desk.post(REPLACE, words=WORDS).status_code == 403


@pytest.mark.browser
def test_words_are_found_and_replaced_from_the_issue(office: Office, tabs: Tabs) -> None:
    ids = hand_in(office, "甲文", "乙文")
    with serving(office) as url:
        tab = editor(tabs, office, url)
        tab.page.set_viewport_size(PHONE)
        tab.go(ISSUE)
        tab.page.get_by_role("link", name="查找替换").click()
        tab.page.get_by_label("查找", exact=True).fill(WORDS)
        tab.page.get_by_label("替换为").fill("全文")
        tab.page.get_by_role("button", name="查找").click()
        tab.page.get_by_text("2 篇，2 处").wait_for()
        assert axe(tab.page) == []
        assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        tab.page.get_by_role("group", name="乙文").get_by_role("checkbox").uncheck()
        tab.page.get_by_role("button", name="替换为“全文”").click()
        tab.page.get_by_text("已替换 1 篇里的 1 处。").wait_for()
    desk = DeskDriver(office)
    assert ["全文" in article(desk, id).manuscript.text for id in ids] == [True, False]
    desk.close()
