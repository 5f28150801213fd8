"""批示 at the page of a printed article: recorded, changed, removed; its scan; who sees what."""

from __future__ import annotations

from typing import Any

from archive.endorsements import Endorsement
from service.article.endorse import ScanUpload
from tests.support.desk import DeskDriver
from tests.support.endorsed import note, noted_on, print_articles
from tests.support.pdf import lines, pdf

ARTICLE = "/b/wuxing/articles/1"
SCAN = pdf(lines("请推广"), lines("第二页"))


def noted(desk: DeskDriver) -> Endorsement:
    [endorsement] = noted_on(desk.office, 1)
    return endorsement


def test_an_endorsement_is_recorded_changed_and_removed_by_forms(desk: DeskDriver) -> None:
    print_articles(desk.office, "甲")
    desk.login()
    form: dict[str, Any] = {"level": "市级", "leader": "张副市长", "dated": "11月9日", "text": "请推广\n<b>全市</b>"}
    added = desk.post(f"{ARTICLE}/endorsements", files={"scan": ("批示.pdf", SCAN)}, **form)
    assert added.headers["location"] == f"{ARTICLE}#endorsements"
    words = desk.words(ARTICLE)
    assert "市级 张副市长 11月9日 王编辑登记 今天 16:00" in words
    assert "请推广 <b>全市</b>看原件 批示.pdf" in words
    place = f"{ARTICLE}/endorsements/{noted(desk).id}"
    changed = desk.post(place, version=1, **(form | {"text": "请全市推广"}))
    assert changed.status_code == 303
    assert desk.post(place, version=1, **form).status_code == 409
    assert (noted(desk).words.text, noted(desk).scan is not None) == ("请全市推广", True)
    assert desk.post(f"{place}/remove", version=2, why="").status_code == 400
    assert desk.post(f"{place}/remove", version=2, why="记错了").status_code == 303
    assert noted_on(desk.office, 1) == []
    assert desk.get(f"{place}/scan").status_code == 404


def test_a_scan_is_shown_as_pictures_and_downloaded_as_it_was(desk: DeskDriver) -> None:
    print_articles(desk.office, "甲")
    id = note(desk.office, 1, scan=ScanUpload("批示.pdf", SCAN))
    desk.login("viewer")
    scan = f"{ARTICLE}/endorsements/{id}/scan"
    assert desk.html(scan).xpath("//main//img/@src") == [f"{scan}/pages/1", f"{scan}/pages/2"]
    shown = desk.get(f"{scan}/pages/2")
    assert (shown.headers["content-type"], shown.headers["cache-control"]) == ("image/png", "no-store")
    assert desk.get(f"{scan}/pages/3").status_code == 404
    file = desk.get(f"{scan}/file")
    assert (file.content, file.headers["content-type"]) == (SCAN, "application/pdf")
    assert file.headers["content-disposition"].startswith("attachment")
    assert "稿件 1 的批示原件" in changes_seen(desk)


def changes_seen(desk: DeskDriver) -> str:
    desk.login("admin")
    return desk.words("/b/wuxing/changes?about=download")


def test_who_may_look_sees_an_endorsement_and_has_no_form(desk: DeskDriver) -> None:
    print_articles(desk.office, "甲")
    id = note(desk.office, 1)
    desk.login("viewer")
    assert "市级 张副市长" in desk.words(ARTICLE)
    assert desk.html(ARTICLE).xpath("//section[@id='endorsements']//form") == []
    for path in ("", f"/{id}", f"/{id}/remove"):
        assert desk.post(f"{ARTICLE}/endorsements{path}", version=1, level="市级", text="好").status_code == 403


def test_a_marked_one_and_a_day_that_is_none_are_refused_with_the_reason(desk: DeskDriver) -> None:
    print_articles(desk.office, "甲")
    desk.login()
    refused = desk.post(f"{ARTICLE}/endorsements", level="市级", text="机密★10年")
    assert (refused.status_code, "涉密的批示不能存进本机" in refused.text) == (400, True)
    refused = desk.post(f"{ARTICLE}/endorsements", level="市级", text="好", dated="昨天")
    assert (refused.status_code, "“昨天”不是日期" in refused.text) == (400, True)


def test_an_article_that_is_not_printed_has_no_place_for_one(desk: DeskDriver) -> None:
    desk.hand_in("甲")
    desk.login()
    assert "登记批示" not in desk.words(ARTICLE)


def test_an_endorsement_is_shown_at_the_past_issue_and_found_by_searching(desk: DeskDriver) -> None:
    print_articles(desk.office, "甲")
    note(desk.office, 1, text="请全市学习借鉴")
    desk.login("viewer")
    assert "市级批示 张副市长 请全市学习借鉴" in desk.words("/b/wuxing/past/1")
    results = desk.html("/b/wuxing/search?q=学习借鉴")
    assert results.xpath("//section[@aria-labelledby='endorsements']//a/@href") == [f"{ARTICLE}#endorsements"]
    assert "请全市学习借鉴" in desk.words("/b/wuxing/search?q=张副市长&in=endorsements")
