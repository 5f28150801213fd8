"""拆分 at the desk: places first, then title, department and byline of each part; what was typed is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.desk import DeskDriver
from tests.support.issue_page import article
from tests.support.joint_office import joint_office_setup, written
from tests.support.office_fixtures import OfficeSetup
from values.manuscript import Heading, Paragraph

ARTICLE = "/b/wuxing/articles/1"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return joint_office_setup()


@pytest.fixture
def desk(desk: DeskDriver) -> DeskDriver:
    written(desk.office, "食堂", Paragraph("老年食堂。"), Heading("校园食堂", 1), Paragraph("三十家。"))
    desk.login()
    return desk


def test_the_places_are_chosen_and_then_each_part_is_named(desk: DeskDriver) -> None:
    [link] = desk.html(ARTICLE).xpath("//a[text()='拆分…']/@href")
    assert desk.html(link).xpath("//input[@name='at']/@value") == ["1", "2"]
    step = desk.html(f"{link}?at=1&at=77&at=x&at=0")
    assert step.xpath("//input[@name='title-1']/@value") == ["校园食堂"]
    assert step.xpath("//form[@method='post']//input[@name='at']/@value") == ["1"]
    seen = article(desk, 1).version
    form: dict[str, Any] = {
        "at": "1",
        "title-1": "校园食堂",
        "department-1": "区教体局",
        "byline-1": "",
        "why": "两件事",
    }
    done = desk.post(f"{ARTICLE}/split", version=seen, **form)
    assert (done.status_code, done.headers["location"]) == (303, ARTICLE)
    assert "拆出：《校园食堂》" in desk.words(ARTICLE)
    assert "由《食堂》拆出" in desk.words("/b/wuxing/articles/2")
    part = article(desk, 2)
    assert (part.departments, part.manuscript.blocks[0]) == (("区教体局",), Heading("校园食堂", 1))
    assert "有新稿" not in desk.words("/b/wuxing/issue")
    assert desk.post(f"{ARTICLE}/split", version=seen, **form).status_code == 409


def test_what_was_typed_is_shown_again_where_it_is_refused(desk: DeskDriver) -> None:
    seen = article(desk, 1).version
    form: dict[str, Any] = {"at": ["1", "2"], "title-1": "校园食堂", "title-2": " ", "byline-1": "王老师"}
    refused = desk.post(f"{ARTICLE}/split", version=seen, **form)
    assert refused.status_code == 400
    assert "从第 3 块拆出的一篇还没有标题" in refused.text
    assert 'value="王老师"' in refused.text
    assert desk.post(f"{ARTICLE}/split", version=seen).status_code == 400
    assert article(desk, 1).revision == 1


def test_a_reader_is_not_offered_to_split(desk: DeskDriver) -> None:
    desk.login("viewer")
    assert "拆分…" not in desk.words(ARTICLE)
    assert desk.get(f"{ARTICLE}/split").status_code == 403
