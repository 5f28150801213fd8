"""本期: one decision about the articles that are ticked, and 撤销 after a decision; both without scripts too."""

from __future__ import annotations

from typing import Any

import pytest

from service.office import Office
from tests.support.desk import DeskDriver
from tests.support.issue_page import ISSUE, act, article, aside, order
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin
from values.issue import ArticleStatus


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin() + bulletin("other"))


@pytest.fixture
def editor(desk: DeskDriver) -> DeskDriver:
    desk.hand_in("甲文", "乙文", "丙文")
    desk.login()
    return desk


def shown_versions(desk: DeskDriver, *ids: int) -> list[str]:
    """The values of the boxes, as the page has them."""
    return [str(box.get("value")) for id in ids for box in desk.html(ISSUE).xpath(f"//input[@id='pick-{id}']")]


def offered(page: Any) -> list[str]:
    """What the button 撤销 of a page takes back."""
    return [str(value) for value in page.xpath("//form[@class='undo']/input[@name='article']/@value")]


def test_ticked_articles_get_one_decision_and_one_message_with_undo(editor: DeskDriver) -> None:
    ticked = shown_versions(editor, 1, 3)
    answer = editor.post(f"{ISSUE}/decide-several", status="rejected", note="与上期重复", article=ticked)
    assert (answer.status_code, answer.headers["location"]) == (303, ISSUE)
    page = editor.html(ISSUE)
    assert "2 篇退稿，不在本期" in page.get_element_by_id("messages").text_content()
    assert offered(page) == ["1:2", "3:2"]
    assert (order(editor), sorted(aside(editor))) == (["乙文"], ["丙文", "甲文"])
    assert offered(editor.html(ISSUE)) == []  # the message was shown once


def test_undo_from_the_message_takes_all_back(editor: DeskDriver) -> None:
    editor.post(f"{ISSUE}/decide-several", status="held", article=shown_versions(editor, 1, 3))
    editor.post(f"{ISSUE}/undo", article=offered(editor.html(ISSUE)), back=ISSUE)
    assert "已撤销 2 篇的决定" in editor.words(ISSUE)
    assert order(editor) == ["甲文", "乙文", "丙文"]


def test_an_article_changed_meanwhile_is_named_and_left(editor: DeskDriver) -> None:
    ticked = shown_versions(editor, 1, 2)
    act(editor, 2, "decide", status="held")
    answer = editor.post(f"{ISSUE}/decide-several", htmx=True, status="adopted", article=ticked)
    assert answer.status_code == 200
    assert "1 篇已采用。1 篇没有动：稿件 2《乙文》刚被别人改过，请看过现在的样子再改。" in answer.text
    assert (article(editor, 1).status, article(editor, 2).status) == (ArticleStatus.ADOPTED, ArticleStatus.HELD)


@pytest.mark.parametrize(
    ("form", "status", "why"),
    [
        ({"status": "adopted"}, 400, "先在稿件前面打勾"),
        ({"status": "adopted", "article": ["1"]}, 400, "没有说清楚是哪几篇"),
        ({"status": "adopted", "article": ["1:x"]}, 400, "没有说清楚是哪几篇"),
        ({"status": "adopted", "article": ["99:1"]}, 404, "没有这篇稿件"),
        ({"status": "adopted", "article": ["1:7"]}, 409, "刚被别人改过"),
        ({"article": ["1:1"]}, 400, "请选一个决定"),
        ({"status": "published", "article": ["1:1"]}, 400, "请选一个决定"),
        ({"status": "rejected", "article": ["1:1"]}, 400, "请写明退稿的原因"),
        ({"status": "returned", "article": ["1:1"], "note": " "}, 400, "请写明退改的原因"),
    ],
)
def test_what_cannot_be_done_is_refused(editor: DeskDriver, form: dict[str, Any], status: int, why: str) -> None:
    answer = editor.post(f"{ISSUE}/decide-several", **form)
    assert (answer.status_code, why in answer.text) == (status, True)
    assert article(editor, 1).version == 1


def test_articles_of_another_bulletin_are_out_of_reach(editor: DeskDriver) -> None:
    for action in ("decide-several", "undo"):
        assert editor.post(f"/b/other/issue/{action}", status="held", article=["1:1"]).status_code == 404
    assert article(editor, 1).version == 1


def test_returning_several_says_which_departments_get_no_letter(editor: DeskDriver, office: Office) -> None:
    office.raws.put(b"")
    ticked = shown_versions(editor, 1)
    answer = editor.post(f"{ISSUE}/decide-several", htmx=True, status="returned", note="请补上人数。", article=ticked)
    assert "1 篇已退改；《甲文》没有给单位寄信（没有配置发信服务器（[smtp]），系统不寄信），请另行告知" in answer.text


def test_a_decision_of_the_row_is_taken_back_by_the_toast(editor: DeskDriver) -> None:
    answer = editor.post(f"{ISSUE}/articles/2/decide", htmx=True, status="held", version=1)
    assert 'hx-post="/b/wuxing/issue/undo"' in answer.text
    undone = editor.post(f"{ISSUE}/undo", htmx=True, article=["2:2"])
    assert "已撤销：《乙文》恢复为待审" in undone.text
    assert order(editor) == ["甲文", "乙文", "丙文"]


def test_a_decision_on_the_articles_page_is_taken_back_there(editor: DeskDriver) -> None:
    page = "/b/wuxing/articles/2"
    editor.post(f"{page}/decide", status="rejected", note="重复", version=1)
    shown = editor.html(page)
    assert offered(shown) == ["2:2"]
    [back] = shown.xpath("//form[@class='undo']/input[@name='back']/@value")
    answer = editor.post(f"{ISSUE}/undo", article=["2:2"], back=back)
    assert answer.headers["location"] == page
    assert "已撤销：《乙文》恢复为待审" in editor.words(page)


def test_undoing_too_late_is_refused_with_the_reason(editor: DeskDriver) -> None:
    editor.post(f"{ISSUE}/articles/2/decide", htmx=True, status="held", version=1)
    act(editor, 2, "decide", status="adopted")
    late = editor.post(f"{ISSUE}/undo", htmx=True, article=["2:2"])
    assert (late.status_code, "刚被别人改过" in late.text) == (409, True)
    assert article(editor, 2).status is ArticleStatus.ADOPTED


def test_a_decision_that_changes_nothing_offers_no_undo(editor: DeskDriver) -> None:
    act(editor, 2, "decide", status="adopted")
    answer = editor.post(f"{ISSUE}/articles/2/decide", htmx=True, status="adopted", version=2)
    assert "undo" not in answer.text.split('id="told"')[1]


@pytest.mark.parametrize(
    "cookie", ["done|1:2<script>", "done|", "done", "done|x:y,1:2:3", "|1:1", "done|" + "9" * 30 + ":1"]
)
def test_a_message_cookie_of_any_content_makes_no_page_fail(editor: DeskDriver, cookie: str) -> None:
    editor.client.cookies.set("jianbao-message", cookie)
    page = editor.html(ISSUE)
    assert all(value.replace(":", "").isdigit() for value in offered(page))


@pytest.mark.parametrize(("number", "wanted"), [(1, ["丙文", "甲文", "乙文"]), (2, ["甲文", "丙文", "乙文"])])
def test_an_article_is_moved_to_a_place_by_its_number(editor: DeskDriver, number: int, wanted: list[str]) -> None:
    act(editor, 3, "move", place="number", number=number)
    assert order(editor) == wanted


@pytest.mark.parametrize("number", ["0", "4", "", "x"])
def test_a_place_that_is_not_there_is_refused(editor: DeskDriver, number: str) -> None:
    refused = act(editor, 3, "move", place="number", number=number)
    assert (refused.status_code, "“普通稿件”有 3 篇，请写 1 到 3。" in refused.text) == (400, True)
