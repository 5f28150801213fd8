"""What a decision on 本期 costs and answers with: one text is read, one row comes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import lxml.html
import pytest
from lxml.html import HtmlElement
from sqlalchemy import event

from service.office import Office
from tests.support.desk import DeskDriver

ISSUE = "/b/wuxing/issue"


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
    answer = desk.post(path, htmx=True, status=status, version=version)
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
