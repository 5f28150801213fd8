"""Twelve kinds of marked letters in the whole service: nothing of them is stored, shown, searched or answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import articles, letters, outbox
from archive.letters import LetterRecord
from intake.pool import ReadingPool
from service.issue.assemble import assemble
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support import ofd, pdf
from tests.support.command_line import CommandLine
from tests.support.correspondence import manuscript, receive, submission
from tests.support.desk import DeskDriver
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import BULLETIN
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from tests.support.submissions import OFFICE, File, raw_letter
from tools.desk_paths import paths
from tools.docx_builder import docx, paragraph
from values.letter import Verdict

SECRET = "绝不外泄的词句"
NAME = f"{SECRET}文件名"
BODY = paragraph(f"关于{SECRET}的报告") + paragraph("区教体局") + paragraph(f"{SECRET}，各单位认真落实。" * 8)
FORWARDED = (
    f"From: a@example.org\r\nSubject: {SECRET}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n机密\r\n{SECRET}\r\n"
)
LETTERS = {
    "subject": raw_letter(File(f"{NAME}.docx", docx(BODY)), subject=f"【机密】{SECRET}"),
    "file name": raw_letter(File(f"秘密★1年 {NAME}.docx", docx(BODY)), subject=SECRET),
    "unreadable file": raw_letter(File(f"机密 {NAME}.xlsx", b"PK\x03\x04 broken"), subject=SECRET),
    "first line": raw_letter(File(f"{NAME}.docx", docx(paragraph("机密★10年") + BODY)), subject=SECRET),
    "header": raw_letter(File(f"{NAME}.docx", docx(BODY, stories={"header": paragraph("秘密")})), subject=SECRET),
    "internal": raw_letter(File(f"{NAME}.docx", docx(paragraph("内部资料 不得外传") + BODY)), subject=SECRET),
    "PDF": raw_letter(File(f"{NAME}.pdf", pdf.pdf(pdf.lines("机密★5年", SECRET))), subject=SECRET),
    "OFD": raw_letter(File(f"{NAME}.ofd", ofd.ofd(ofd.lines("机密★5年", SECRET))), subject=SECRET),
    "pasted": raw_letter(subject=SECRET, text=f"秘密★1年\r\n{SECRET}\r\n" + f"{SECRET}，认真落实有关要求。" * 20),
    "forwarded": raw_letter(File("x.eml", FORWARDED.encode(), "message/rfc822"), subject=SECRET),
    "automatic": raw_letter(subject=SECRET, text=f"绝密\r\n{SECRET}", header="Auto-Submitted: auto-replied\r\n"),
    "stranger": raw_letter(
        File(f"{NAME}.docx", docx(paragraph("机密") + BODY)), subject=SECRET, sender="x@elsewhere.example"
    ),
}
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None, editors='"e@example.org"'))


@pytest.fixture
def sealed(office: Office, pool: ReadingPool) -> Iterator[Office]:
    """An office that has fetched and read the letters, and an ordinary one, and has made a draft."""
    receive(office, pool, submission(manuscript()))
    receive(office, pool, *(raw.replace(OFFICE.encode(), b"wuxing@example.org") for raw in LETTERS.values()))
    assemble(office, office.bulletin(None), office.now().date())
    yield office
    assert broken_promises(office.data_dir) == []


def all_letters(office: Office) -> list[LetterRecord]:
    with office.ledger.reading() as ledger:
        return list(letters.letters(ledger))


def files_with_the_secret(folder: Path) -> list[str]:
    words = [SECRET.encode(encoding) for encoding in ENCODINGS] + [json.dumps(SECRET)[1:-1].encode()]
    found = [path for path in folder.rglob("*") if path.is_file() and any(word in path.read_bytes() for word in words)]
    return [str(path.relative_to(folder)) for path in found]


def test_the_ledger_has_address_marking_and_place_alone(sealed: Office) -> None:
    ordinary, *records = all_letters(sealed)
    assert ordinary.verdict is Verdict.ARTICLE
    assert [record.verdict for record in records] == [Verdict.SEALED] * len(LETTERS)
    assert {(record.subject, record.articles) for record in records} == {("", ())}
    assert {record.sender for record in records} == {"jtj@example.org", "x@elsewhere.example"}
    with sealed.ledger.reading() as ledger:
        assert [article.letter_sha256 for article in articles.articles(ledger)] == [ordinary.sha256]
        assert [out.kind.value for out in outbox.letters_out(ledger)] == ["receipt", "draft"]


def test_no_file_but_the_letters_themselves_has_the_secret(sealed: Office) -> None:
    assert [name for name in files_with_the_secret(sealed.data_dir) if not name.startswith("raw/")] == []


def test_no_page_and_no_command_shows_the_secret(sealed: Office) -> None:
    driver = DeskDriver(sealed)
    ids = tuple(str(record.id) for record in all_letters(sealed)[1:])
    values = {"bulletin": (BULLETIN,), "department": ("区教体局",), "article": ("1",), "letter": ids, "issue": ("1",)}
    searches = {"/b/{bulletin}/search": ("?q=" + SECRET[:3], "?q=机密")}
    try:
        for role in ("viewer", "editor", "admin"):
            driver.login(role)
            for path in paths(driver.app.state.roles, values, searches):
                answer = driver.get(path)
                text = answer.content.decode("utf-8", "replace").replace(SECRET[:3] + '"', "")
                assert SECRET not in text, path
                if path.endswith("/original") and "/letters/" in path:
                    assert answer.status_code == 403
        words = driver.words(f"/b/{BULLETIN}/letters/{ids[0]}")
    finally:
        driver.close()
    for shown in ("机密", "jtj@example.org", "断开", "保密部门", "不要转发"):
        assert shown in words, shown
    command_line = CommandLine(sealed.data_dir.parent / "config.toml")
    for command in ("messages", "articles", "issues", "outbox"):
        assert SECRET not in command_line.run(command).output
        assert SECRET not in command_line.run(command, "--json").output
    assert {row["verdict"] for row in command_line.run_json("messages").document} == {"article", "sealed"}


def test_no_log_line_shows_the_secret(office: Office, pool: ReadingPool, captured_logs: list[object]) -> None:
    receive(office, pool, *LETTERS.values())
    assert captured_logs
    assert SECRET not in repr(captured_logs)


def test_an_upload_at_the_desk_is_gated_and_its_name_recorded_nowhere(office: Office, pool: ReadingPool) -> None:
    driver = DeskDriver(office)
    try:
        driver.login("editor")
        file = (f"{NAME}.docx", docx(paragraph("机密") + BODY))
        driver.post(f"/b/{BULLETIN}/letters", files={"file": file}, department="区教体局")
        LetterReceiver(office, pool).read(office.bulletin(None))
        assert SECRET not in driver.words(f"/b/{BULLETIN}/letters/1")
    finally:
        driver.close()
    assert [record.verdict for record in all_letters(office)] == [Verdict.SEALED]
    assert [name for name in files_with_the_secret(office.data_dir) if not name.startswith("raw/")] == []
