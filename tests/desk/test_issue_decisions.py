"""What a decision on 本期 costs and answers with: one text is read, one row comes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import lxml.html
import pytest
from lxml.html import HtmlElement
from sqlalchemy import event

from archive.changes import changes_of
from service.office import Office
from tests.support.desk import DeskDriver
from tests.support.issue_page import ISSUE, act, article, aside, order, paper
from values.issue import ArticleStatus


@contextmanager
def texts_read(office: Office) -> Iterator[list[int]]:
    """How many texts of articles each statement of the block has read."""
    counts: list[int] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "revision.manuscript" in statement and statement.startswith("SELECT"):
            counts.append(1)

    event.listen(office.ledger.engine, "after_cursor_execute", note)
    yield counts
    event.remove(office.ledger.engine, "after_cursor_execute", note)


def decide(desk: DeskDriver, article: int, status: str, version: int = 1) -> HtmlElement:
    path = f"{ISSUE}/articles/{article}/decide"
    answer = desk.post(path, htmx=True, status=status, version=version, note="与上期重复")
    assert answer.status_code == 200, answer.text
    return lxml.html.fragment_fromstring(answer.text, create_parent="div")


def test_the_answer_is_the_row_where_it_stands(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文", "丙文")
    desk.login()
    [row] = decide(desk, 2, "adopted").xpath(".//li[contains(@class, 'row')]")
    assert (row.get("id"), row.get("data-version")) == ("article-2", "2")
    assert row.xpath(".//*[@class='row-number']")[0].text == "2."
    assert [button.get("value") for button in row.xpath(".//button[@name='status']")] == ["draft", "held", "rejected"]
    shown = desk.html(ISSUE).get_element_by_id("article-2")
    assert "".join(row.text_content().split()) == "".join(shown.text_content().split())


@pytest.mark.parametrize("status", ["held", "rejected"])
def test_nothing_comes_in_the_place_of_a_row_that_left_the_list(desk: DeskDriver, status: str) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login()
    answer = decide(desk, 1, status)
    assert answer.xpath(".//li") == []
    assert "《甲文》" in answer.get_element_by_id("told").text_content()


def test_nothing_comes_in_the_place_of_a_row_that_came_back_into_the_list(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login()
    decide(desk, 1, "held")
    assert decide(desk, 1, "draft", version=2).xpath(".//li") == []


@pytest.mark.parametrize("status", ["adopted", "held"])
def test_a_decision_reads_one_text(desk: DeskDriver, status: str) -> None:
    desk.hand_in("甲文", "乙文", "丙文")
    desk.login()
    with texts_read(desk.office) as counts:
        decide(desk, 2, status)
    assert len(counts) == 1


def test_an_article_of_another_bulletin_is_not_there(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    for action in ("decide", "move", "title", "supplement"):
        answer = desk.post(f"{ISSUE}/articles/99/{action}", version=1, status="held", place="up", title="新", chosen=1)
        assert answer.status_code == 404, action


def test_held_and_rejected_articles_are_folded_away_and_come_back(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文", "丙文")
    desk.login()
    act(desk, 1, "decide", status="held")
    act(desk, 2, "decide", status="rejected", note="重复")
    assert (order(desk), sorted(aside(desk)), paper(desk)) == (["丙文"], ["乙文", "甲文"], ["丙文"])
    act(desk, 1, "decide", status="draft")
    assert (order(desk), aside(desk)) == (["甲文", "丙文"], ["乙文"])
    with desk.office.ledger.reading() as ledger:
        said = [(change.who, change.summary) for change in changes_of(ledger, "article", 1)]
    assert said == [("王编辑", "《甲文》由留用改为待审"), ("王编辑", "《甲文》由待审改为留用")]


def test_returned_article_says_where_no_letter_goes_out(desk: DeskDriver) -> None:
    desk.office.raws.put(b"")
    [id] = desk.hand_in("甲文")
    desk.login()
    page = desk.words(f"{ISSUE}/articles/{id}/return")
    assert "不会给单位寄信：没有配置发信服务器" in page
    refused = act(desk, id, "decide", status="returned", note="  ")
    assert (refused.status_code, article(desk, id).status) == (400, ArticleStatus.DRAFT)
    assert "请写明退改的原因" in refused.text
    act(desk, id, "decide", status="returned", note="请补上人数。")
    assert article(desk, id).status is ArticleStatus.RETURNED
    words = desk.words(ISSUE)
    assert "没有给单位寄信：没有配置发信服务器（[smtp]），系统不寄信。请另行告知单位。" in words
    assert "王编辑 今天 16:00：请补上人数。" in words


def test_a_stale_form_changes_nothing_and_loses_no_word(desk: DeskDriver) -> None:
    [id] = desk.hand_in("甲文")
    desk.login()
    act(desk, id, "decide", status="adopted")
    late = desk.post(f"{ISSUE}/articles/{id}/decide", version=1, status="returned", note="我写了很久的原因")
    assert (late.status_code, article(desk, id).status) == (409, ArticleStatus.ADOPTED)
    assert "我写了很久的原因" in late.text
    assert "刚被别人改过" in late.text
    title = desk.post(f"{ISSUE}/articles/{id}/title", htmx=True, version=1, title="我想了很久的标题")
    assert (title.status_code, title.headers["HX-Retarget"]) == (409, "#board")
    assert "我想了很久的标题" in title.text
    assert desk.post(f"{ISSUE}/articles/{id}/decide", version=1, status="held").status_code == 409
    assert article(desk, id).manuscript.title == "甲文"
