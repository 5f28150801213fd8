"""更正 at the desk: the form that makes an erratum, and the marks of what is corrected."""

from __future__ import annotations

from archive.corrections import write_correction
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from tests.support.command_line import CommandLine, command_line_of
from tests.support.desk import DeskDriver
from tests.support.endorsed import print_articles
from tests.support.ledger_rows import add_article, new_article
from values.manuscript import Manuscript, Paragraph

ARTICLE = "/b/wuxing/articles/1"


def test_an_editor_makes_an_erratum_and_the_old_article_is_marked_wherever_it_is_shown(desk: DeskDriver) -> None:
    print_articles(desk.office, "甲")
    desk.login()
    assert f"{ARTICLE}/correct" in desk.html(ARTICLE).xpath("//a/@href")
    printed = desk.html(ARTICLE + "/correct").xpath("//section[@aria-labelledby='printed-text']/p/text()")
    made = desk.post(f"{ARTICLE}/correct", wrong=[printed[0][:3], ""], right=["另一句", ""])
    assert made.headers["location"] == "/b/wuxing/articles/2"
    assert "关于《甲》的更正" in desk.words("/b/wuxing/articles/2")
    assert "更正的是稿件 1" in desk.words("/b/wuxing/articles/2")
    assert "更正待刊" in desk.words(ARTICLE)
    assert "已有一篇待刊的更正" in desk.words(ARTICLE + "/correct")
    assert "关于《甲》的更正" in desk.words("/b/wuxing/issue")
    bulletin = desk.office.bulletin(None)
    assemble(desk.office, bulletin, desk.office.local(desk.office.now()).date())
    sign_off(desk.office, bulletin, 71, "王编辑")
    for path in ("articles/1", "past/1", "search?q=甲", "statistics/of/区民政局?period=2022-11"):
        assert "已在第71期更正" in desk.words(f"/b/wuxing/{path}"), path
    assert_other_programs_see_it(command_line_of(desk.office))


def assert_other_programs_see_it(command_line: CommandLine) -> None:
    printed, erratum = command_line.run_json("articles").document
    assert printed["corrected_by"] == [{"article": 2, "state": "printed", "issue_label": "第71期"}]
    assert (erratum["corrects"], printed["corrects"], erratum["corrected_by"]) == (1, None, [])
    first, second = command_line.run_json("issues").document
    assert first["corrections"] == [{"article": 1, "erratum": 2, "issue_label": "第71期"}]
    assert second["corrections"] == []


def test_words_that_were_not_printed_are_refused_and_an_unprinted_article_has_no_form(desk: DeskDriver) -> None:
    print_articles(desk.office, "甲")
    desk.hand_in("乙")
    desk.login()
    refused = desk.post(f"{ARTICLE}/correct", wrong="没有的话", right="有的话")
    assert (refused.status_code, "刊发的文字里没有“没有的话”" in refused.text) == (400, True)
    assert desk.get("/b/wuxing/articles/2/correct").status_code == 400
    assert "更正…" not in desk.words("/b/wuxing/articles/2")
    desk.login("viewer")
    assert desk.get(f"{ARTICLE}/correct").status_code == 403
    assert "更正…" not in desk.words(ARTICLE)


def test_what_the_department_sent_fills_the_form_and_can_be_no_correction(desk: DeskDriver) -> None:
    print_articles(desk.office, "甲")
    later = Manuscript(("甲",), "区民政局", (Paragraph("改过的一句话。"),))
    desk.office.raws.put("letter with 更正.docx".encode())
    with desk.office.ledger.writing() as ledger:
        sent = add_article(ledger, new_article("更正", manuscript=later, received_at=desk.office.now()))
        write_correction(ledger, sent, 1, made_by="", at=desk.office.now())
    desk.login()
    assert "单位报来更正" in desk.words(ARTICLE)
    page = desk.html(f"{ARTICLE}/correct")
    assert f"单位报来过更正（稿件 {sent}" in page.text_content()
    assert desk.post(f"/b/wuxing/articles/{sent}/not-a-correction").status_code == 303
    assert "单位报来更正" not in desk.words(ARTICLE)
    assert desk.post(f"/b/wuxing/articles/{sent}/not-a-correction").status_code == 404
