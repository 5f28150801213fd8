"""The list of 本期: for whom it has buttons, what it says when something is missing, and whose articles it takes."""

from __future__ import annotations

from service.article.decide import DecisionRequest, decide
from service.issue.preview import issue_now
from tests.support.desk import DeskDriver
from tests.support.issue_page import ISSUE, act, article, written
from tests.support.ledger_rows import add_article, new_article
from values.issue import ArticleStatus


def test_an_issue_without_articles_says_what_to_do(desk: DeskDriver) -> None:
    desk.login()
    words = desk.words(ISSUE)
    assert "本期还没有稿件。 来稿会自动读成文章，列在这里；没有登记的来信先到“来信”认领。" in words
    assert "签发" not in words
    assert desk.post(f"{ISSUE}/sign-off/prepare").status_code == 400


def test_a_broken_template_is_reported_and_the_articles_can_still_be_decided(desk: DeskDriver) -> None:
    settings = desk.office.settings.bulletins[0]
    object.__setattr__(settings, "template", desk.office.data_dir / "no-such.docx")
    desk.hand_in("甲文")
    desk.login()
    words = desk.words(ISSUE)
    assert "Word 模板不能用，现在编不出送审稿，也不能签发" in words
    assert "读不到" in words
    assert act(desk, 1, "decide", status="adopted").status_code == 303
    assert desk.post(f"{ISSUE}/word").status_code == 400


def test_viewer_sees_no_buttons(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    decide(desk.office, DecisionRequest(1, ArticleStatus.ADOPTED, who="王编辑"))
    written(desk)
    desk.login("viewer")
    page = desk.html(ISSUE)
    assert page.xpath("//*[@id='board']//form | //*[@id='board']//button") == []
    assert "甲文" in page.text_content()
    assert act(desk, 1, "decide", status="held").status_code == 403


def test_another_bulletins_articles_are_not_to_be_had_here(desk: DeskDriver) -> None:
    with desk.office.ledger.writing() as ledger:
        id = add_article(ledger, new_article("外刊", bulletin="other"))
        with_wuxing = add_article(ledger, new_article("甲文"))
    desk.login()
    for what, form in (
        ("decide", {"status": "held"}),
        ("decide", {"status": "returned", "note": "x"}),
        ("move", {"place": "up"}),
        ("title", {"title": "x"}),
    ):
        assert act(desk, id, what, **form).status_code in (400, 404)
    assert article(desk, id).version == 1
    with desk.office.ledger.reading() as ledger:
        now = issue_now(desk.office, ledger, desk.office.bulletin(None))
    assert [record.id for record in now.records] == [with_wuxing]
