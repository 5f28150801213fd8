"""搜索: whatever anybody types is looked for and nothing else."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.support.desk import DeskDriver
from tests.support.ledger_rows import BULLETIN

SEARCH = f"/b/{BULLETIN}/search"


def marked(desk: DeskDriver, query: str) -> set[str]:
    return {mark.text_content() for mark in desk.html(f"{SEARCH}?q={quote(query)}").xpath("//mark")}


def test_search_results_are_linked_and_marked(desk: DeskDriver) -> None:
    [id] = desk.hand_in("普惠金融")
    desk.login("viewer")
    assert marked(desk, "惠金") == {"惠金"}
    assert marked(desk, "金融 正文") == {"金融", "正文"}
    [link] = desk.html(f"{SEARCH}?q={quote('普惠')}").xpath("//ul[@class='hits']//a/@href")
    assert link == f"/b/{BULLETIN}/articles/{id}"


@pytest.mark.parametrize("query", ['"', "%", "*", "' OR 1=1 --", "<b>", "\0", "NEAR(甲 乙)", "甲" * 500, "\u202e"])
def test_odd_queries_are_only_text(desk: DeskDriver, query: str) -> None:
    desk.hand_in("普惠金融")
    desk.login("viewer")
    html = desk.html(f"{SEARCH}?q={quote(query)}")
    assert html.xpath("//ul[@class='hits']") == []
    assert html.xpath("//main//b") == []


def test_nothing_asked_and_nothing_found_say_what_to_do(desk: DeskDriver) -> None:
    desk.login("viewer")
    assert "写下要找的字" in desk.words(SEARCH)
    assert "没有找到“没有的”" in desk.words(f"{SEARCH}?q={quote('没有的')}")


def test_more_results_are_a_click_away(desk: DeskDriver) -> None:
    desk.hand_in(*(f"稿件{nth}" for nth in range(60)))
    desk.login("viewer")
    html = desk.html(f"{SEARCH}?q={quote('正文')}")
    assert len(html.xpath("//ul[@class='hits']/li")) == 10
    [more] = html.xpath("//p[@class='pager']/a/@href")
    html = desk.html(more)
    assert len(html.xpath("//ul[@class='hits']/li")) == 50
    assert "请多写几个字" in html.text_content()
