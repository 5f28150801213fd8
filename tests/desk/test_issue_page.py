"""本期 without scripts: what an editor finds there, and what each of its forms does."""

from __future__ import annotations

import pytest

from archive.issues import open_draft
from archive.viewings import record_viewing
from tests.support.desk import DeskDriver
from tests.support.issue_page import ISSUE, act, article, order, paper, written
from tests.support.ledger_rows import AT, add_article, keep_letter, new_article
from values import rules
from values.finding import Finding, Severity
from values.manuscript import Manuscript, Paragraph, Picture


def test_number_date_status_and_what_is_missing_or_unsure_stand_at_the_top(desk: DeskDriver) -> None:
    finding = Finding(rules.ORDINAL_SEQUENCE, Severity.ERROR, "序号缺“三是”")
    with desk.office.ledger.writing() as ledger:
        add_article(ledger, new_article("甲文", department="区教体局", findings=(finding,)))
        add_article(ledger, new_article("乙文", department=None, confirmed=False))
        for name, verdict in (("一", "unconfirmed"), ("二", "quarantined"), ("三", "quarantined")):
            ledger.sql.exec_driver_sql(
                "UPDATE letter SET verdict = ? WHERE id = ?", (verdict, keep_letter(ledger, name))
            )
    desk.login()
    words = desk.words(ISSUE)
    assert "第70期 11月8日 · 尚未生成送审稿 · 1 篇" in words
    for told in ("1 封来信待认领", "2 封来信待处理", "错误 1 处未改", "1 篇未阅", "1 个单位本期未报送区民政局"):
        assert told in words
    links = {str(path) for path in desk.html(ISSUE).xpath("//ul[@class='notices']//a/@href")}
    assert links == {
        "/b/wuxing/letters?verdict=unconfirmed",
        "/b/wuxing/letters?verdict=quarantined",
        "/b/wuxing/commissions",
    }
    draft = written(desk)
    assert f"送审 第 {draft.revision} 稿" in desk.words(ISSUE)
    act(desk, 1, "decide", status="adopted")
    assert "第 1 稿 ·" in desk.words(ISSUE)  # a decision that prints nothing else leaves the draft what it is
    act(desk, 1, "title", title="另一个标题")
    assert "第 1 稿后有修改，尚未重新生成" in desk.words(ISSUE)


def test_each_article_is_listed_with_department_words_pictures_and_findings(desk: DeskDriver) -> None:
    picture = Picture("ab" * 32, "image/png", 914_400, 914_400)
    manuscript = Manuscript(("甲文",), "区民政局", (Paragraph("一二三 四。"), picture))
    findings = (Finding(rules.UNPAIRED, Severity.WARNING, "疑"), Finding(rules.DASH, Severity.INFO, "提"))
    with desk.office.ledger.writing() as ledger:
        add_article(ledger, new_article("甲文", manuscript=manuscript, findings=findings))
    desk.login()
    [row] = desk.html(ISSUE).xpath("//ol[@class='rows']/li")
    assert "新 区民政局 · 5 字 · 图 1 疑问 1提示 1" in " ".join(row.text_content().split())


def test_new_is_what_this_person_has_not_opened(desk: DeskDriver) -> None:
    [id] = desk.hand_in("甲文")
    person = desk.login()
    assert "1 篇未阅" in desk.words(ISSUE)
    with desk.office.ledger.writing() as ledger:
        record_viewing(ledger, person.id, id, 1, at=AT)
    assert "未阅" not in desk.words(ISSUE)
    desk.login(name="li")
    assert "1 篇未阅" in desk.words(ISSUE)
    act(desk, id, "title", title="另一个标题")
    desk.login()
    assert "有新稿" in desk.words(ISSUE)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"place": "up"}, ["乙文", "甲文", "丙文"]),
        ({"place": "down"}, ["甲文", "丙文", "乙文"]),
        ({"place": "first"}, ["乙文", "甲文", "丙文"]),
    ],
)
def test_an_article_is_moved_by_its_buttons_and_the_paper_follows(
    desk: DeskDriver, form: dict[str, str], expected: list[str]
) -> None:
    desk.hand_in("甲文", "乙文", "丙文")
    desk.login()
    assert act(desk, 2, "move", **form).status_code == 303
    assert (order(desk), paper(desk)) == (expected, expected)


def test_an_article_goes_back_to_where_the_office_would_have_it(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login()
    act(desk, 2, "move", place="first")
    assert order(desk) == ["乙文", "甲文"]
    act(desk, 2, "move", place="office")
    assert order(desk) == ["甲文", "乙文"]
    told = act(desk, 2, "move", place="down", htmx=True)
    assert "已在最后面" in told.text


def test_dragging_sends_the_whole_order_with_what_was_seen(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文", "丙文")
    desk.login()
    answer = desk.post(f"{ISSUE}/arrange", htmx=True, article=["3:1:", "1:1:", "2:1:"])
    assert answer.status_code == 200
    assert "《丙文》现在是“普通稿件”第 1 篇" in answer.text
    assert order(desk) == ["丙文", "甲文", "乙文"]
    assert desk.post(f"{ISSUE}/arrange", htmx=True, article=["1:1:", "3:1:", "2:1:"]).status_code == 409
    assert desk.post(f"{ISSUE}/arrange", htmx=True, article=["nonsense"]).status_code == 400


def test_a_title_is_changed_in_place(desk: DeskDriver) -> None:
    [id] = desk.hand_in("甲文")
    desk.login()
    act(desk, id, "title", title="更好的标题")
    assert (order(desk), article(desk, id).made_by) == (["更好的标题"], "王编辑")
    assert act(desk, id, "title", title=" ").status_code == 400


def test_date_and_note_are_laid_down_and_printed(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    assert (
        desk.post(f"{ISSUE}/prepare", version=0, dated="2022-11-11", editors_note="请各单位学习。").status_code == 303
    )
    words = desk.words(ISSUE)
    assert "第70期 11月11日" in words
    assert "【编者按】请各单位学习。" in words
    stale = desk.post(f"{ISSUE}/prepare", htmx=True, version=0, dated="", editors_note="我也写了一段")
    assert (stale.status_code, "我也写了一段" in stale.text) == (409, True)
    assert desk.post(f"{ISSUE}/prepare", version=2, dated="昨天", editors_note="").status_code == 400


def test_an_article_goes_into_the_supplement_and_the_supplement_has_a_page_of_its_own(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login()
    act(desk, 2, "supplement", chosen="1")
    assert order(desk) == ["甲文"]
    assert "增刊 1 篇" in desk.words(ISSUE)
    page = desk.words(f"{ISSUE}/supplement")
    assert "增刊第1期" in page
    assert "乙文" in page
    assert "甲文" not in page.split("版面预览")[0]
    desk.post(f"{ISSUE}/supplement/sign-off/prepare")
    desk.get(f"{ISSUE}/supplement")
    with desk.office.ledger.reading() as ledger:
        draft = open_draft(ledger, "wuxing", supplement=True)
    assert draft is not None
    signed = desk.post(f"{ISSUE}/supplement/sign-off", issue=draft.id, revision=draft.revision)
    assert signed.headers["location"] == f"{ISSUE}/supplement/signed/{draft.id}"
    assert "增刊第1期已签发" in desk.words(f"{ISSUE}/supplement/signed/{draft.id}")
    assert order(desk) == ["甲文"]


def test_article_chosen_for_the_supplement_comes_back(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    act(desk, 1, "supplement", chosen="1")
    answer = desk.post(f"{ISSUE}/supplement/articles/1/supplement", version=article(desk, 1).version, chosen="0")
    assert answer.headers["location"] == f"{ISSUE}/supplement"
    assert order(desk) == ["甲文"]


def test_trouble_with_the_mailbox_is_seen_beside_the_articles(desk: DeskDriver) -> None:
    desk.hand_in("甲")
    desk.login()
    before = desk.html(ISSUE).get_element_by_id("board").get("data-mark")
    desk.activity.record_poll("wuxing", AT, "邮箱拒绝登录。请重新生成授权码。")
    page = desk.html(ISSUE)
    assert "邮箱拒绝登录。请重新生成授权码。 到“运行”看详情" in " ".join(page.text_content().split())
    assert page.get_element_by_id("board").get("data-mark") != before


def test_pages_are_compressed_and_word_files_are_not(desk: DeskDriver) -> None:
    desk.hand_in("甲")
    desk.login()
    page = desk.get(ISSUE)
    assert (page.headers["content-encoding"], page.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert "content-encoding" not in desk.post(f"{ISSUE}/word").headers
