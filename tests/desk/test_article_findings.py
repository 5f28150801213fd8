"""忽略, 已核实 and 总是允许 on the page of an article, by forms alone; and what 本期 then counts."""

from __future__ import annotations

from typing import Any

import pytest
from lxml.html import HtmlElement

from service.article.edit import edit_title
from tests.desk.test_pages_article import at, fields, fix_form, record, remarks
from tests.support.article_office import article as article
from tests.support.article_office import office_setup as office_setup
from tests.support.articles import rewrite
from tests.support.desk import DeskDriver
from tests.support.issue_page import ISSUE
from values import rules
from values.manuscript import Manuscript, Paragraph


def form_of(page: HtmlElement, action: str, words: str, wanted: str = "") -> HtmlElement:
    """The form within the note that has these words."""
    notes = page.xpath("//*[contains(@class,'remark') or contains(@class,'habit') or self::li]")
    forms = [
        form
        for note in notes
        if words in note.text_content()
        for form in note.xpath(f".//form[contains(@action,'{action}')]")
    ]
    return next(form for form in forms if wanted in form.text_content())


def send(desk: DeskDriver, form: HtmlElement, **more: Any) -> Any:
    return desk.post(form.get("action"), **(fields(form) | more))


@pytest.mark.parametrize(("state", "chinese"), [("dismissed", "忽略"), ("checked", "已核实")])
def test_finding_is_settled_by_one_click_and_opened_again(
    desk: DeskDriver, article: int, state: str, chinese: str
) -> None:
    person = desk.login()
    assert "疑问 2" in desk.words(ISSUE)
    done = send(desk, form_of(desk.html(at(article)), "/settle", "台帐"), state=state)
    assert (done.status_code, done.headers["location"]) == (303, at(article) + "#block-1")
    page = desk.html(at(article))
    assert not any("台帐" in remark for remark in remarks(page))
    [note] = page.xpath("//details[@class='settled']//li")
    assert note.text_content().startswith(f"{chinese}：“台帐”应为“台账”。 {person.who}")
    assert "疑问 1" in desk.words(ISSUE)
    assert f"标为{chinese}" in page.text_content()
    send(desk, form_of(page, "/settle", chinese, "改回未处理"), state="open")
    assert "疑问 2" in desk.words(ISSUE)


def test_word_is_always_allowed_and_taken_back_at_the_list(desk: DeskDriver, article: int) -> None:
    desk.login()
    form = form_of(desk.html(at(article)), "/allow", "台帐")
    assert fields(form)["word"] == "台帐"
    send(desk, form)
    assert "总是允许“台帐”" in desk.html(at(article)).xpath("string(//details[@class='settled'])")
    listed = desk.html("/b/wuxing/departments")
    [back] = listed.xpath("//form[contains(@action,'/disallow')]")
    assert send(desk, back).status_code == 303
    assert any("台帐" in remark for remark in remarks(desk.html(at(article))))
    assert not desk.html("/b/wuxing/departments").xpath("//form[contains(@action,'/disallow')]")


def test_habit_is_one_line_and_is_settled_as_a_whole(desk: DeskDriver, article: int) -> None:
    desk.login()
    spaces = [rules.DIGIT_SPACE.finding(f"数字“{at}”与汉字之间有空格。", at, 1, 4, str(at), str(at)) for at in range(3)]
    blocks = tuple(Paragraph(f"共 {at} 个。") for at in range(3))
    rewrite(desk.office, article, Manuscript(("题",), "区民政局", blocks), *spaces)
    page = desk.html(at(article))
    [summary] = page.xpath("//details[contains(@class,'habit')]/summary")
    assert " ".join(summary.text_content().split()) == "提示 数字“0”与汉字之间有空格。同类问题共 3 处。 第 1、2、3 段"
    assert len(page.xpath("//details[contains(@class,'habit')]/div[contains(@class,'remark')]")) == 3
    assert not page.xpath("//div[@class='block']//div[contains(@class,'remark')]")
    send(desk, form_of(page, "/settle", "同类问题", "都忽略"), state="dismissed")
    page = desk.html(at(article))
    assert not page.xpath("//details[contains(@class,'habit')]")
    assert len(page.xpath("//details[@class='settled']//li")) == 3


def test_a_viewer_has_no_buttons_and_an_unknown_state_is_refused(desk: DeskDriver, article: int) -> None:
    desk.login("viewer")
    assert not desk.html(at(article)).xpath("//form[contains(@action,'/settle') or contains(@action,'/allow')]")
    desk.login()
    version = record(desk.office, article).version
    assert (
        desk.post(at(article, "/settle"), state="x", rule="confusable-word", index="2", version=version).status_code
        == 400
    )


def test_own_fix_is_no_new_text_to_the_editor_and_one_to_others(desk: DeskDriver, article: int) -> None:
    desk.login(name="li")
    desk.html(at(article))
    desk.logout()
    desk.login(name="wang")
    send(desk, fix_form(desk.html(at(article)), "改为“台账”"))
    assert "有新稿" not in desk.words(ISSUE)
    edit_title(desk.office, article, "别人改的标题", "李", seen=None)
    assert "有新稿" in desk.words(ISSUE)
    desk.logout()
    desk.login(name="li")
    assert "有新稿" in desk.words(ISSUE)
