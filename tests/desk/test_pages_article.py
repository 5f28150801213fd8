"""稿件: the text with its findings and one-click fixes, decisions, history; and who may do what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from lxml.html import HtmlElement

from archive import article_changes, articles
from archive.viewings import viewings_of
from intake.pool import ReadingPool
from service.article.edit import edit_title
from service.office import Office
from service.register.departments import add_department
from tests.support.article_office import article as article
from tests.support.article_office import office_setup as office_setup
from tests.support.articles import TITLE, manuscript_file, records, rewrite, send_in
from tests.support.desk import DeskDriver
from tests.support.docx_reading import png
from values import rules
from values.department import Department
from values.finding import Finding, Severity
from values.issue import ArticleStatus
from values.manuscript import Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table

HOSTILE = "<script>alert(1)</script>\"'{{7*7}}&lt;b&gt;"


def at(article: int, more: str = "") -> str:
    return f"/b/wuxing/articles/{article}{more}"


_LINES: Final = "//div[contains(@class,'remark')]/p | //div[contains(@class,'remark')]/details/summary"


def remarks(page: HtmlElement) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page.xpath(_LINES)]


def fields(form: HtmlElement) -> dict[str, Any]:
    return {one.get("name"): one.get("value") for one in form.xpath(".//input[@name!='csrf']")}


def fix_form(page: HtmlElement, button: str) -> HtmlElement:
    [found] = [one for one in page.xpath("//form[contains(@action,'/fix')]") if button in one.text_content()]
    return found


def record(office: Office, article: int) -> articles.ArticleRecord:
    return next(one for one in records(office) if one.id == article)


def test_the_page_shows_the_text_beside_the_original_with_its_findings_numbered(desk: DeskDriver, article: int) -> None:
    desk.login("viewer")
    page = desk.html(at(article))
    assert page.xpath("string(//h1)") == TITLE
    assert page.xpath("//iframe/@sandbox") == ["allow-scripts"]
    assert [mark.text_content() for mark in page.xpath("//mark")] == [" 12 ", ",", "台帐"]
    assert page.xpath("//a[@class='ref warning']/@href") == ["#remark-2", "#remark-3"]
    assert remarks(page) == [
        "1 提示 数字“12”与汉字之间有空格。",
        "2 疑问 中文里用了半角标点“,”。",
        "3 疑问 “台帐”应为“台账”。",
    ]


def test_a_finding_is_mended_by_one_click(desk: DeskDriver, article: int) -> None:
    desk.login()
    form = fix_form(desk.html(at(article)), "改为“台账”")
    done = desk.post(form.get("action"), **fields(form))
    assert (done.status_code, done.headers["location"]) == (303, at(article) + "#block-1")
    page = desk.html(at(article))
    assert "一是建立台账。" in page.text_content()
    assert len(remarks(page)) == 2
    assert "把“台帐”改为“台账”" in page.text_content()


def test_htmx_gets_only_what_is_another_now(desk: DeskDriver, article: int) -> None:
    desk.login()
    form = fix_form(desk.html(at(article)), "改为“台账”")
    answer = desk.post(form.get("action"), htmx=True, **fields(form))
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section class="as-read" id="text"')
    for piece in ("article-head", "history", "messages"):
        assert f'id="{piece}"' in answer.text
    assert "<html" not in answer.text
    assert "<iframe" not in answer.text


def test_a_click_on_a_page_that_is_no_longer_so_changes_nothing(desk: DeskDriver, article: int) -> None:
    desk.login()
    form = fix_form(desk.html(at(article)), "改为“台账”")
    edit_title(desk.office, article, "别人改的标题", "李", seen=None)
    done = desk.post(form.get("action"), **fields(form))
    assert done.status_code == 409
    assert record(desk.office, article).revision == 2
    broken = desk.post(
        form.get("action"), rule="confusable-word", index="x", version=record(desk.office, article).version
    )
    assert broken.status_code == 409


def test_all_of_a_kind_are_mended_at_once(desk: DeskDriver, office: Office, article: int) -> None:
    desk.login()
    manuscript = Manuscript((TITLE,), "区民政局", (Paragraph("甲"),))
    space = rules.DIGIT_SPACE.finding("…", 0, 1, 4, "5", "5")
    rewrite(office, article, replace(manuscript, blocks=(Paragraph("共 5 个，另 6 个。"),)))
    rewrite(
        office,
        article,
        replace(manuscript, blocks=(Paragraph("共 5 个，另 6 个。"),)),
        space,
        replace(space, start=7, end=10, suggestion="6", replacement="6"),
    )
    form = fix_form(desk.html(at(article)), "数字旁的空格全部改（2 处）")
    assert desk.post(form.get("action"), **fields(form)).status_code == 303
    assert record(office, article).manuscript.lines == ("共5个，另6个。",)


def test_omitted_lines_are_listed_and_a_line_can_be_put_back(desk: DeskDriver, office: Office, article: int) -> None:
    desk.login()
    manuscript = replace(record(office, article).manuscript, house_lines=("审核：张敏",))
    rewrite(office, article, manuscript, rules.COMMENT.finding("有 1 条批注没有收入。"))
    page = desk.html(at(article))
    [left] = page.xpath("//section[@class='left-out']")
    assert "有 1 条批注没有收入。" in left.text_content()
    [form] = left.xpath(".//form[contains(@action,'/put-back')]")
    assert desk.post(form.get("action"), **fields(form)).status_code == 303
    assert record(office, article).manuscript.lines[-1] == "审核：张敏"


def test_structure_is_shown_as_it_is(desk: DeskDriver, office: Office, article: int) -> None:
    desk.login("viewer")
    [sha256] = [office.media.put(png())]
    blocks = (
        Heading("一、做法", 1),
        Paragraph("占地300米2。\n另起一行", (Mark(6, 7, "superscript"),)),
        Table(((Cell("项目", colspan=2),), (Cell("甲", rowspan=2), Cell("1")), (Cell("2"),)), (30, 70), 1),
        Picture(sha256, "image/png", 100, 50, "会场", "图1 会场"),
    )
    rewrite(office, article, Manuscript((TITLE, "副题"), None, blocks), rules.DASH.finding("…", 3, 2, 3))
    page = desk.html(at(article))
    assert page.xpath("string(//sup)") == "2"
    assert page.xpath("//h3[@class='level-1']")
    assert page.xpath("//table[@class='cells']//th/@colspan") == ["2"]
    assert page.xpath("//table[@class='cells']//td/@rowspan") == ["2"]
    assert page.xpath("string(//table[@class='cells']//mark)") == "1"
    [source] = page.xpath("//figure/img/@src")
    shown = desk.get(source)
    assert (shown.content, shown.headers["content-type"]) == (png(), "image/png")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert desk.get(source[:-1] + "x").status_code == 404


def test_hostile_title_text_and_names_are_text(desk: DeskDriver, office: Office, article: int) -> None:
    desk.login()
    blocks = (Paragraph(HOSTILE), Heading(HOSTILE, 2), Table(((Cell(HOSTILE),),)))
    told = Finding(rules.DASH, Severity.ERROR, HOSTILE, 0, 3, 5, HOSTILE, HOSTILE)
    rewrite(office, article, Manuscript((HOSTILE,), HOSTILE, blocks, (HOSTILE,)), told, replace(told, paragraph=None))
    for more in ("", "/edit", "/compare", "/similar"):
        page = desk.html(at(article, more))
        assert [one for one in page.xpath("//script") if not one.get("src")] == []
        assert page.text_content().count(HOSTILE) > 0 or HOSTILE in page.xpath("//textarea/text()")[0]
        assert "49" not in page.xpath("string(//h1)")


def test_a_viewer_sees_everything_and_changes_nothing(desk: DeskDriver, article: int) -> None:
    desk.login("viewer")
    page = desk.html(at(article))
    assert page.xpath("//main//form[@method='post']") == []
    assert desk.get(at(article, "/edit")).status_code == 403
    for action in ("/fix", "/put-back", "/restore", "/decide", "/edit", "/edit/resolve", "/unsaved", "/unsaved/forget"):
        assert desk.post(at(article, action)).status_code == 403, action


def test_decisions_are_taken_and_recorded_with_who_and_why(desk: DeskDriver, office: Office, article: int) -> None:
    desk.login()
    for status, note in (("adopted", ""), ("held", "下期再用"), ("rejected", "内容重复"), ("draft", "")):
        version = record(office, article).version
        done = desk.post(at(article, "/decide"), status=status, note=note, version=version)
        assert done.status_code == 303, done.text
        assert record(office, article).status.value == status
    words = desk.words(at(article))
    assert "王编辑：" in words
    assert "下期再用" in words
    assert desk.post(at(article, "/decide"), status="held", version=1).status_code == 409
    now = record(office, article).version
    assert desk.post(at(article, "/decide"), status="published", version=now).status_code == 400
    assert desk.post(at(article, "/decide"), status="", version=now).status_code == 400
    assert desk.post(at(article, "/decide"), status="returned", note="", version=now).status_code == 400
    done = desk.post(at(article, "/decide"), status="returned", note="数字请核对", version=now)
    assert done.status_code == 303
    assert record(office, article).status is ArticleStatus.RETURNED
    assert "没有寄信" in desk.words(at(article))


def test_an_unconfirmed_article_is_claimed_for_a_department(
    desk: DeskDriver, office: Office, pool: ReadingPool, tmp_path: Path
) -> None:
    text = (tmp_path / "office" / "config.toml").read_text(encoding="utf-8")
    assert "mzj@example.org" in text
    [article] = send_in(office, tmp_path / "inbox", pool, manuscript_file(), sender="someone@qq.example")
    desk.login()
    page = desk.html(at(article))
    assert "来源待认领" in page.text_content()
    [form] = [one for one in page.xpath("//form") if one.xpath(".//select[@name='department']")]
    done = desk.post(form.get("action"), **fields(form), department="区民政局")
    assert done.status_code == 303
    found = record(office, article)
    assert (found.confirmed, found.department, found.status.value) == (True, "区民政局", "adopted")


def test_the_text_of_a_printed_article_can_only_be_looked_at(desk: DeskDriver, office: Office, article: int) -> None:
    with office.ledger.writing() as ledger:
        article_changes.mark_published(ledger, article, who="王", note="", at=office.now())
    desk.login()
    actions = desk.html(at(article)).xpath("//main//form[@method='post']/@action")
    assert actions == [at(article, "/endorsements"), at(article, "/upper")]
    assert desk.get(at(article, "/edit")).status_code == 400


def test_opening_the_page_marks_its_text_as_seen(desk: DeskDriver, office: Office, article: int) -> None:
    person = desk.login()
    desk.get(at(article))
    with office.ledger.reading() as ledger:
        assert viewings_of(ledger, person.id, [article])[article].revision == 1


def test_an_article_can_be_read_where_nothing_can_be_written(desk: DeskDriver, office: Office, article: int) -> None:
    desk.login(role="editor")
    with office.ledger.writing() as ledger:
        ledger.sql.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON article_look"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    assert desk.get(at(article)).status_code == 200


@pytest.mark.parametrize("status", ["draft", "adopted", "held"])
def test_article_of_a_known_sender_is_given_to_another_department_at_any_time(desk: DeskDriver, status: str) -> None:
    add_department(desk.office, desk.office.bulletin(None), Department("区教体局"), who="王编辑")
    [article] = desk.hand_in("甲")
    desk.login()
    path = f"/b/wuxing/articles/{article}"
    if status != "draft":
        assert desk.post(f"{path}/decide", version=1, status=status).status_code == 303
    [form] = desk.html(path).xpath("//form[.//select[@id='f-other-department']]")
    fields = dict(form.form_values()) | {"department": "区教体局"}
    desk.post(f"{path}/decide", **{name: value for name, value in fields.items() if name != "csrf"})
    words = desk.words(path)
    assert "已改归区教体局。" in words
    assert "《甲》由区民政局改归区教体局" in words
    with desk.office.ledger.reading() as ledger:
        moved = articles.article_named(ledger, article)
    assert (moved.department, moved.status.value) == ("区教体局", status)


def test_adopting_leads_to_the_next_article_and_from_the_last_to_the_issue(desk: DeskDriver) -> None:
    first, second = desk.hand_in("甲", "乙")
    desk.login()
    page = desk.html(at(first))
    assert page.xpath("//a[@rel='next']/@href") == [at(second)]
    assert not page.xpath("//a[@rel='prev']")
    done = desk.post(at(first, "/decide"), version=1, status="adopted", next="1")
    assert done.headers["location"] == at(second)
    assert "《甲》已改为采用。" in desk.words(at(second))
    done = desk.post(at(second, "/decide"), version=1, status="adopted", next="1")
    assert done.headers["location"] == "/b/wuxing/issue"
