"""留言 and 责任编辑 at the article's page: for editors, neither printed nor mailed."""

from __future__ import annotations

from archive.changes import changes_of
from archive.outbox import letters_out
from archive.withheld_texts import remove_texts
from tests.support.approvals import retitle
from tests.support.desk import DeskDriver
from tests.support.issue_page import ISSUE, article

ARTICLE = "/b/wuxing/articles/1"


def test_editors_write_to_each_other_at_an_article(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    answer = desk.post(f"{ARTICLE}/comments", comment="  数字要核对\n<b>李</b>去问 ")
    assert answer.headers["location"] == f"{ARTICLE}#comments"
    assert "王编辑 今天 16:00数字要核对 <b>李</b>去问" in desk.words(ARTICLE)
    assert desk.post(f"{ARTICLE}/comments", comment=" ").status_code == 400
    desk.login("viewer")
    assert "数字要核对" in desk.words(ARTICLE)
    assert "写给别的编辑" not in desk.words(ARTICLE)
    assert desk.post(f"{ARTICLE}/comments", comment="好").status_code == 403
    with desk.office.ledger.reading() as ledger:
        assert [change.summary for change in changes_of(ledger, "article", 1)] == ["对稿件 1 留言"]
        assert letters_out(ledger) == []
    assert "数字要核对" not in desk.words(ISSUE)


def test_a_comment_goes_with_the_letter_whose_words_it_may_quote(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    desk.post(f"{ARTICLE}/comments", comment="第二段的电话")
    with desk.office.ledger.writing() as ledger:
        remove_texts(ledger, 1)
    assert "第二段的电话" not in desk.words(ARTICLE)


def test_the_responsible_editor_of_an_article_is_named_against_the_version_seen(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    seen = article(desk, 1).version
    assert desk.html(ARTICLE).xpath("//datalist[@id='editor-names']/option/@value") == ["王编辑"]
    assert desk.post(f"{ARTICLE}/responsible-editor", version=seen, responsible_editor=" 李  编辑 ").status_code == 303
    assert article(desk, 1).responsible_editor == "李 编辑"
    assert "责任编辑李 编辑" in desk.words(ARTICLE)
    assert desk.post(f"{ARTICLE}/responsible-editor", version=seen, responsible_editor="王").status_code == 409
    retitle(desk.office, 1, "甲改")
    assert article(desk, 1).responsible_editor == "李 编辑"
