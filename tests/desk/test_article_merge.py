"""综合采用 at the desk: ticked at 本期 or on the page itself, put in order, merged and undone, without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.desk import DeskDriver
from tests.support.issue_page import ISSUE, article
from tests.support.joint_office import in_issue, joint_office_setup, written
from tests.support.office_fixtures import OfficeSetup
from values.issue import ArticleStatus

MERGE = "/b/wuxing/articles/merge"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return joint_office_setup()


@pytest.fixture
def desk(desk: DeskDriver) -> DeskDriver:
    for name, department in (("食堂", "区民政局"), ("校园", "区教体局"), ("摊点", "区城管局")):
        written(desk.office, name, department=department)
    desk.login()
    return desk


def form_of(desk: DeskDriver, *ids: int, into: int, **more: str) -> dict[str, Any]:
    """The form as the page sends it with these articles ticked, in this order."""
    versions = {f"version-{id}": str(article(desk, id).version) for id in (1, 2, 3)}
    places = {f"place-{id}": str(place) for place, id in enumerate(ids, 1)}
    return {"article": [str(id) for id in (1, 2, 3) if id in ids], "into": str(into), **versions, **places, **more}


def test_articles_ticked_at_the_issue_are_merged_in_their_order_and_undone(desk: DeskDriver) -> None:
    [picked] = desk.html(ISSUE).xpath("//button[@id='several-merge']/@formaction")
    chosen = desk.post(picked, article=["2:1", "1:1"])
    assert chosen.headers["location"] == f"{MERGE}?article=2&article=1"
    page = desk.html(chosen.headers["location"])
    assert page.xpath("//input[@name='article'][@checked]/@value") == ["2", "1"]
    assert page.xpath("//input[@name='article']/@value") == ["2", "1", "3"]
    assert page.xpath("//input[@name='into'][@checked]/@value") == ["2"]
    done = desk.post(MERGE, **form_of(desk, 2, 1, into=1, title="齐抓食堂"))
    assert (done.status_code, done.headers["location"]) == (303, "/b/wuxing/articles/1")
    joint = article(desk, 1)
    assert (joint.manuscript.text, joint.departments) == ("校园的正文。\n食堂的正文。", ("区教体局", "区民政局"))
    words = desk.words("/b/wuxing/articles/1")
    assert "综合采用，并入的有： 《校园》 区教体局 · 来信" in words
    assert "已并入《齐抓食堂》" in desk.words("/b/wuxing/articles/2")
    assert "看并入的那篇" in desk.words(ISSUE)
    assert "区教体局、区民政局" in desk.words(ISSUE)
    undone = desk.post("/b/wuxing/articles/1/merge/undo", version=joint.version)
    assert undone.status_code == 303
    assert in_issue(desk.office) == [1, 2, 3]


def test_the_page_of_an_article_offers_the_others(desk: DeskDriver) -> None:
    [link] = desk.html("/b/wuxing/articles/3").xpath("//a[text()='合并…']/@href")
    page = desk.html(link)
    assert page.xpath("//input[@name='article'][@checked]/@value") == ["3"]
    assert page.xpath("//input[@name='article']/@value")[0] == "3"
    assert len(page.xpath("//input[@name='article']")) == 3


def test_what_was_typed_is_shown_again_where_it_is_refused(desk: DeskDriver) -> None:
    alone = desk.post(MERGE, **form_of(desk, 1, into=1, title="齐抓食堂", headings="1"))
    assert (alone.status_code, "合并要选两篇或更多的稿件" in alone.text) == (400, True)
    assert 'value="齐抓食堂"' in alone.text
    none = desk.post(MERGE, title="无")
    assert none.status_code == 400
    foreign = desk.post(MERGE, **{**form_of(desk, 1, 2, into=1), "article": ["1", "99"], "version-99": "1"})
    assert foreign.status_code == 404
    stale = desk.post(MERGE, **{**form_of(desk, 1, 2, into=1), "version-2": "77"})
    assert stale.status_code == 409
    blind = {key: value for key, value in form_of(desk, 1, 2, into=1).items() if key != "version-2"}
    assert "看到的是哪一稿" in desk.post(MERGE, **blind).text
    assert [article(desk, id).status for id in (1, 2, 3)] == [ArticleStatus.DRAFT] * 3


def test_a_reader_merges_nothing(desk: DeskDriver) -> None:
    desk.login("viewer")
    assert desk.get(MERGE).status_code == 403
    assert desk.post(MERGE, **form_of(desk, 1, 2, into=1)).status_code == 403
