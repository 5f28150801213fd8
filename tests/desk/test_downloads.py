"""Every file that the desk hands out stands in the record, by number and without titles or names of files."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

from archive.changes import ChangeFilter, changes
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import keep_letter

BASE = "/b/wuxing"
TITLE = "某某专题报告"


def downloads(desk: DeskDriver) -> list[tuple[str, str, str]]:
    with desk.office.ledger.reading() as ledger:
        listed = changes(ledger, ChangeFilter(subject="download"))
    assert not [change for change in listed if TITLE in change.summary]
    return [(change.who, change.subject_id, change.summary) for change in listed][::-1]


def test_files_that_are_handed_out_are_recorded(desk: DeskDriver) -> None:
    bulletin = desk.office.bulletin(None)
    desk.hand_in(TITLE)
    assemble(desk.office, bulletin, date(2022, 11, 8))
    sign_off(desk.office, bulletin, 70, "王编辑")
    desk.hand_in(f"{TITLE}二")
    desk.login()
    desk.post(f"{BASE}/issue/word")
    paths = (
        "/past/1/docx",
        "/past/1/manifest",
        "/past/1/draft",
        "/issue/signed/1/docx",
        "/statistics/table.xlsx?period=2022-11",
    )
    for path in paths:
        answer = desk.get(BASE + path)
        assert answer.headers["content-disposition"].startswith("attachment"), path
    assert downloads(desk) == [
        ("王编辑", "2", "下载第71期送审稿（第 1 稿）"),
        ("王编辑", "1", "下载第70期的 docx 文件"),
        ("王编辑", "1", "下载第70期的 manifest 文件"),
        ("王编辑", "1", "下载第70期的 draft 文件"),
        ("王编辑", "", "下载信息采用情况统计（2022年11月）"),
    ]


def test_originals_are_recorded(desk: DeskDriver) -> None:
    message = EmailMessage()
    message["Subject"] = TITLE
    message.set_content("正文")
    raw = message.as_bytes()
    sha256 = desk.office.raws.put(raw)
    with desk.office.ledger.writing() as ledger:
        letter = keep_letter(ledger, "来信")
        ledger.sql.exec_driver_sql(f"UPDATE letter SET sha256 = '{sha256}', verdict = 'ignored' WHERE id = {letter}")
    desk.login("viewer")
    answer = desk.get(f"{BASE}/letters/{letter}/original")
    assert answer.content == raw
    assert downloads(desk) == [("李查看", str(letter), f"下载来信 {letter} 的原文")]


def test_refused_download_is_not_recorded(desk: DeskDriver) -> None:
    desk.login()
    assert desk.get(f"{BASE}/past/9/pdf").status_code == 404
    assert downloads(desk) == []
