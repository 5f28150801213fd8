"""本期 without scripts: what an editor finds there, and what each of its forms does."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest

from archive import articles, issues
from archive.articles import ArticleRecord
from archive.changes import changes_of
from archive.issues import IssueRecord, open_draft
from archive.viewings import record_viewing
from service.article.decide import DecisionRequest, decide
from service.issue.preview import issue_now
from service.issue.publish import assemble
from tests.support.desk import DeskDriver
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import AT, add_article, keep_letter, new_article
from values import rules
from values.finding import Finding, Severity
from values.issue import ArticleStatus
from values.manuscript import Manuscript, Paragraph, Picture

ISSUE = "/b/wuxing/issue"


def article(desk: DeskDriver, id: int) -> ArticleRecord:
    with desk.office.ledger.reading() as ledger:
        return articles.article_named(ledger, id)


def act(desk: DeskDriver, id: int, what: str, **form: Any) -> Any:
    """As the form on the page does it, with the version that it shows."""
    return desk.post(f"{ISSUE}/articles/{id}/{what}", version=article(desk, id).version, **form)


def order(desk: DeskDriver) -> list[str]:
    return [str(title) for title in desk.html(ISSUE).xpath("//ol[@class='rows']//p[@class='row-title']/a/text()")]


def aside(desk: DeskDriver) -> list[str]:
    return [str(title) for title in desk.html(ISSUE).xpath("//*[@id='aside']//p[@class='row-title']/a/text()")]


def paper(desk: DeskDriver) -> list[str]:
    return [title.text_content() for title in desk.html(ISSUE).find_class("paper-title")]


def written(desk: DeskDriver) -> IssueRecord:
    assemble(desk.office, desk.office.bulletin(None), AT.date())
    with desk.office.ledger.reading() as ledger:
        draft = open_draft(ledger, "wuxing")
    assert draft is not None
    return draft


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
    assert "第70期 11月8日 · 还没有编排 · 1 篇" in words
    for told in ("1 封来信待认领", "2 封来信待处理", "错误 1 处未改", "1 篇还没看过", "1 个单位没有来稿区民政局"):
        assert told in words
    links = {str(path) for path in desk.html(ISSUE).xpath("//ul[@class='notices']//a/@href")}
    assert links == {"/b/wuxing/letters?verdict=unconfirmed", "/b/wuxing/letters?verdict=quarantined"}
    draft = written(desk)
    assert f"送审 第 {draft.revision} 稿" in desk.words(ISSUE)
    act(desk, 1, "decide", status="adopted")
    assert "第 1 稿 ·" in desk.words(ISSUE)  # a decision that prints nothing else leaves the draft what it is
    act(desk, 1, "title", title="另一个标题")
    assert "第 1 稿之后有改动" in desk.words(ISSUE)


def test_each_article_is_listed_with_department_words_pictures_and_findings(desk: DeskDriver) -> None:
    picture = Picture("ab" * 32, "image/png", 914_400, 914_400)
    manuscript = Manuscript(("甲文",), "区民政局", (Paragraph("一二三 四。"), picture))
    findings = (Finding(rules.UNPAIRED, Severity.WARNING, "疑"), Finding(rules.DASH, Severity.INFO, "提"))
    with desk.office.ledger.writing() as ledger:
        add_article(ledger, new_article("甲文", manuscript=manuscript, findings=findings))
    desk.login()
    [row] = desk.html(ISSUE).xpath("//ol[@class='rows']/li")
    assert "待审 新 区民政局 · 5 字 · 图 1 疑问 1提示 1" in " ".join(row.text_content().split())


def test_new_is_what_this_person_has_not_opened(desk: DeskDriver) -> None:
    [id] = desk.hand_in("甲文")
    person = desk.login()
    assert "1 篇还没看过" in desk.words(ISSUE)
    with desk.office.ledger.writing() as ledger:
        record_viewing(ledger, person.id, id, 1, at=AT)
    assert "还没看过" not in desk.words(ISSUE)
    desk.login(name="li")
    assert "1 篇还没看过" in desk.words(ISSUE)
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


def test_held_and_rejected_articles_are_folded_away_and_come_back(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文", "丙文")
    desk.login()
    act(desk, 1, "decide", status="held")
    act(desk, 2, "decide", status="rejected")
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


def test_a_title_is_changed_in_place(desk: DeskDriver) -> None:
    [id] = desk.hand_in("甲文")
    desk.login()
    act(desk, id, "title", title="更好的标题")
    assert (order(desk), article(desk, id).made_by) == (["更好的标题"], "王编辑")
    assert act(desk, id, "title", title=" ").status_code == 400


def test_the_word_file_is_the_draft_as_it_now_stands(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    answer = desk.post(f"{ISSUE}/word")
    assert answer.content[:4] == b"PK\x03\x04"
    assert "%E7%AC%AC70%E6%9C%9F%E9%80%81%E5%AE%A1%E7%A8%BF" in answer.headers["content-disposition"]
    assert answer.content == (desk.office.data_dir / written(desk).draft).read_bytes()


def test_sign_off_shows_all_that_becomes_final_and_asks_once(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文", "丙文")
    desk.login()
    act(desk, 2, "decide", status="held")
    assert desk.post(f"{ISSUE}/sign-off/prepare").headers["location"] == f"{ISSUE}/sign-off"
    desk.get(ISSUE)  # where the last message is shown
    words = desk.words(f"{ISSUE}/sign-off")
    assert "签发第70期？" in words
    assert "日期2022年11月8日 送审稿第 1 稿 稿件2 篇" in words
    assert words.index("甲文") < words.index("丙文") < words.index("不在这一期的") < words.index("乙文")
    [form] = [form for form in desk.html(f"{ISSUE}/sign-off").forms if form.action == f"{ISSUE}/sign-off"]
    fields = {name: value for name, value in form.form_values() if name != "csrf"}
    answer = desk.post(f"{ISSUE}/sign-off", **fields)
    assert answer.headers["location"] == f"{ISSUE}/signed/1"
    assert "第70期已签发 王编辑 今天 16:00 签发，2 篇稿件已刊发。" in desk.words(f"{ISSUE}/signed/1")
    assert desk.get(f"{ISSUE}/signed/1/docx").content[:4] == b"PK\x03\x04"
    assert desk.get(f"{ISSUE}/signed/1/pdf").status_code == 400
    assert article(desk, 1).status is ArticleStatus.PUBLISHED
    assert broken_promises(desk.office.data_dir) == []


def test_change_since_the_draft_is_not_signed_off_unseen(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login()
    draft = written(desk)
    act(desk, 2, "move", place="up")
    assert "又有改动" in desk.words(f"{ISSUE}/sign-off")
    refused = desk.post(f"{ISSUE}/sign-off", issue=draft.id, revision=draft.revision)
    assert refused.status_code == 400
    desk.post(f"{ISSUE}/sign-off/prepare")
    stale = desk.post(f"{ISSUE}/sign-off", issue=draft.id, revision=draft.revision)
    assert (stale.status_code, "已更新到第 2 稿，您看过的是第 1 稿" in stale.text) == (400, True)
    assert article(desk, 1).status is ArticleStatus.DRAFT


def test_of_two_editors_who_sign_at_once_one_does_and_the_other_is_told_who_and_when(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    draft = written(desk)
    editors = []
    for name in ("王编辑", "李编辑"):
        editor = DeskDriver(desk.office)
        editor.login(name=name)
        editors.append(editor)
    barrier, answers = Barrier(2), {}

    def sign(editor: DeskDriver, name: str) -> None:
        barrier.wait()
        answers[name] = editor.post(f"{ISSUE}/sign-off", issue=draft.id, revision=draft.revision)

    threads = [Thread(target=sign, args=pair) for pair in zip(editors, ("王编辑", "李编辑"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.headers["location"] for answer in answers.values()} == {f"{ISSUE}/signed/{draft.id}"}
    told = {name: editor.words(f"{ISSUE}/signed/{draft.id}") for name, editor in zip(answers, editors, strict=False)}
    with desk.office.ledger.reading() as ledger:
        signed = issues.issue_with_id(ledger, draft.id)
    assert signed.decided_by in ("王编辑", "李编辑")
    late = [words for words in told.values() if "您这次没有再做" in words]
    assert len(late) == 1
    assert f"第70期已由{signed.decided_by}于 11月08日 16:00 签发，您这次没有再做。" in late[0]
    assert broken_promises(desk.office.data_dir) == []


def test_a_draft_is_discarded_and_everything_in_it_is_free(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    draft = written(desk)
    desk.post(f"{ISSUE}/discard", issue=draft.id)
    words = desk.words(ISSUE)
    assert "第70期的送审稿已作废" in words
    assert "还没有编排 · 1 篇" in words
    assert desk.post(f"{ISSUE}/discard", issue=draft.id).status_code == 400


def test_an_issue_without_articles_says_what_to_do(desk: DeskDriver) -> None:
    desk.login()
    words = desk.words(ISSUE)
    assert "本期还没有稿件。 来稿会自动读成文章，列在这里；没有登记的来信先到“来信”认领。" in words
    assert "签发" not in words
    assert desk.post(f"{ISSUE}/sign-off/prepare").status_code == 400


def test_after_sign_off_the_page_says_who_has_signed_the_last_one(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    draft = written(desk)
    desk.post(f"{ISSUE}/sign-off", issue=draft.id, revision=draft.revision)
    assert "上一期：第70期，王编辑 今天 16:00 签发。" in desk.words(ISSUE)


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


def test_the_preview_is_sent_only_when_something_has_changed(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login()
    shown = desk.html(ISSUE).get_element_by_id("pages").attrib
    path = f"{ISSUE}/preview?key={shown['data-key']}&mark={shown['data-mark']}&state={shown['data-state']}"
    assert desk.get(path, htmx=True).status_code == 204
    act(desk, 2, "move", place="up")
    answer = desk.get(path, htmx=True)
    assert answer.status_code == 200
    assert answer.text.index("乙文") < answer.text.index("甲文")


def test_only_pictures_of_the_issue_are_handed_out(desk: DeskDriver) -> None:
    office = desk.office
    png, other = office.media.put(b"\x89PNG one"), office.media.put(b"\x89PNG other")
    picture = Picture(png, "image/png", 914_400, 914_400)
    with office.ledger.writing() as ledger:
        add_article(ledger, new_article("甲文", manuscript=Manuscript(("甲文",), None, (picture,))))
    desk.login()
    answer = desk.get(f"{ISSUE}/pictures/{png}")
    assert (answer.content, answer.headers["content-type"]) == (b"\x89PNG one", "image/png")
    assert desk.get(f"{ISSUE}/pictures/{other}").status_code == 404
    assert desk.get(f"{ISSUE}/sheets/{'0' * 64}/1").status_code == 404


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
    assert "甲文" not in page.split("印出来的样子")[0]
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
