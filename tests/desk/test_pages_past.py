"""往期: what was signed off, by whom and when; what was printed; the files, as they were written."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from archive import issue_changes, issues, revisions
from archive.articles import article_named
from archive.issues import IssueFile, IssueRecord
from archive.revisions import NewEdit
from service.issue.assemble import assemble, discard
from service.issue.sign_off import sign_off
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT, BULLETIN
from tests.support.pdf import lines, pdf
from values.manuscript import Manuscript

PAST = f"/b/{BULLETIN}/past"


def signed_off(desk: DeskDriver, *names: str, days: int = 0) -> IssueRecord:
    desk.hand_in(*names)
    bulletin = desk.office.bulletin(None)
    desk.clock.now = AT + timedelta(days=days)
    made = assemble(desk.office, bulletin, desk.clock.now.date())
    assert made
    return sign_off(desk.office, bulletin, made.issue.number.number, "王编辑")


def test_issues_are_listed_by_year_the_latest_first(desk: DeskDriver) -> None:
    signed_off(desk, "甲", "乙")
    signed_off(desk, "丙", days=7)
    signed_off(desk, "丁", days=70)
    desk.login("viewer")
    assert "第72期" in desk.words(PAST)
    assert "第71期" not in desk.words(PAST)
    rows = [
        " ".join(row.text_content().split())
        for row in desk.html(f"{PAST}?year=2022").xpath("//ol[@class='past-issues']/li")
    ]
    assert [row.split()[0] for row in rows] == ["第71期", "第70期"]
    assert "2 篇" in rows[1]
    assert "王编辑" in rows[1]
    assert desk.words(f"{PAST}?year=1999") == desk.words(PAST)


def test_each_issue_is_listed_with_its_headlines(desk: DeskDriver) -> None:
    signed_off(desk, "甲", "乙")
    desk.login("viewer")
    listed = desk.html(PAST).xpath("//ol[@class='headlines']/li")
    assert [" ".join(item.text_content().split()) for item in listed] == ["甲 区民政局", "乙 区民政局"]
    assert desk.html(PAST).xpath("//ol[@class='headlines']/li/a/@href") == [
        f"/b/{BULLETIN}/articles/{id}" for id in (1, 2)
    ]


def test_the_picture_of_the_first_page_has_its_place_before_it_is_fetched(desk: DeskDriver) -> None:
    record = signed_off(desk, "甲")
    desk.login("viewer")
    assert desk.html(PAST).xpath("//main//img") == []  # without LibreOffice there is no PDF
    assert desk.get(f"{PAST}/{record.id}/first-page").status_code == 404
    data = pdf(lines("第70期"))
    path = f"issues/{BULLETIN}/70/70.pdf"
    (desk.office.data_dir / path).write_bytes(data)
    with desk.office.ledger.writing() as ledger:
        file = IssueFile("pdf", path, hashlib.sha256(data).hexdigest(), len(data))
        issue_changes.record_file(ledger, record.id, file, at=AT)
    [picture] = desk.html(PAST).xpath("//main//img")
    assert [picture.get(name) for name in ("loading", "width", "height", "alt")] == ["lazy", "120", "170", ""]
    answer = desk.get(picture.get("src"))
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("image/webp", "no-store")
    (desk.office.data_dir / path).unlink()
    assert desk.get(picture.get("src")).status_code == 503
    assert desk.get(PAST).status_code == 200


def test_a_long_issue_folds_its_last_headlines(desk: DeskDriver) -> None:
    signed_off(desk, *"甲乙丙丁戊己庚辛")
    desk.login("viewer")
    [item] = desk.html(PAST).xpath("//ol[@class='past-issues']/li")
    assert len(item.xpath("./div/ol/li")) == 6
    assert item.xpath("string(.//details/summary)") == "另 2 篇"
    assert [link.text_content() for link in item.xpath(".//details/ol/li/a")] == ["庚", "辛"]


def test_an_issue_shows_what_was_printed_and_links_that_text(desk: DeskDriver) -> None:
    record = signed_off(desk, "甲", "乙")
    with desk.office.ledger.writing() as ledger:
        edited = Manuscript(("后来的标题",), None, ())
        revisions.add_edit(ledger, article_named(ledger, 1), NewEdit(edited, (), "1" * 64, "王编辑"), at=AT)
    desk.login("viewer")
    html = desk.html(f"{PAST}/{record.id}")
    links = html.xpath("//ol//a")
    assert [(link.text_content(), link.get("href")) for link in links] == [
        ("甲", f"/b/{BULLETIN}/articles/1"),
        ("这篇后来又有改动，与刊印的第 1 稿对照", f"/b/{BULLETIN}/articles/1/compare?from=1"),
        ("乙", f"/b/{BULLETIN}/articles/2"),
    ]
    for file in record.final:
        assert file.sha256 in html.text_content()


def test_files_are_downloads_of_what_was_written(desk: DeskDriver) -> None:
    record = signed_off(desk, "甲")
    desk.login("viewer")
    assert {file.kind for file in record.final} >= {"docx", "manifest"}
    for file in record.final:
        answer = desk.get(f"{PAST}/{record.id}/{file.kind}")
        assert hashlib.sha256(answer.content).hexdigest() == file.sha256
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert hashlib.sha256(desk.get(f"{PAST}/{record.id}/draft").content).hexdigest() == record.sha256


@pytest.mark.parametrize("path", ["999", "1/exe", "999/docx", "1/..%2F..%2Fjianbao.sqlite3", "1/docx%00", "x"])
def test_past_issue_that_does_not_exist_is_404(desk: DeskDriver, path: str) -> None:
    signed_off(desk, "甲")
    desk.login("viewer")
    assert desk.get(f"{PAST}/{path}").status_code == 404


def test_a_draft_is_no_past_issue_and_a_discarded_one_stands_apart(desk: DeskDriver) -> None:
    signed_off(desk, "甲")
    desk.hand_in("乙")
    bulletin = desk.office.bulletin(None)
    made = assemble(desk.office, bulletin, AT.date())
    assert made
    desk.login("viewer")
    assert desk.get(f"{PAST}/{made.issue.id}").status_code == 404
    assert desk.get(f"{PAST}/{made.issue.id}/draft").status_code == 404
    discard(desk.office, bulletin, made.issue.number.number, "李编辑")
    assert "第71期送审稿" in desk.words(PAST)
    assert "送审稿作废" in desk.words(f"{PAST}/{made.issue.id}")
    with desk.office.ledger.reading() as ledger:
        assert issues.open_draft(ledger, BULLETIN) is None


def test_a_file_that_is_gone_is_reported(desk: DeskDriver) -> None:
    record = signed_off(desk, "甲")
    (desk.office.data_dir / record.final[0].path).unlink()
    desk.login("viewer")
    assert desk.get(f"{PAST}/{record.id}/{record.final[0].kind}").status_code == 503


def test_past_page_without_issues_explains_itself(desk: DeskDriver) -> None:
    desk.login("viewer")
    assert "还没有签发过的期刊" in desk.words(PAST)
