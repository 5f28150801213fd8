"""A letter of a stranger with hostile texts is confirmed in a real browser; nothing of it ever runs."""

from __future__ import annotations

from html import escape

import pytest
from playwright.sync_api import ViewportSize

from archive import letters
from archive.letters import LetterDetails
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.browser import DESKTOP, PHONE, Tabs, axe
from tests.support.correspondence import manuscript, receive, submission
from tests.support.desk import serving
from tests.support.desk_pages import editor
from tests.support.ledger_rows import AT, BULLETIN
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from tests.support.submissions import File
from values.letter import Verdict

pytestmark = pytest.mark.browser
LIST = f"/b/{BULLETIN}/letters"
EVIL = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def verdicts(office: Office) -> list[Verdict]:
    with office.ledger.reading() as ledger:
        return [one.verdict for one in letters.letters(ledger)]


def test_a_stranger_is_confirmed_and_his_letter_never_runs(office: Office, pool: ReadingPool, tabs: Tabs) -> None:
    raw = submission(manuscript(escape(f"{EVIL}好稿件")), sender='"<b>区教体局</b>" <new@example.org>')
    receive(office, pool, raw.replace(b"Subject: ", f"Subject: {EVIL}".encode()))
    with serving(office) as url:
        tab = editor(tabs, office, url)
        tab.go(LIST)
        tab.page.get_by_role("link", name="好稿件").click()
        assert EVIL in tab.page.inner_text(".letter-from")
        tab.page.select_option("select[name^='department_']", "区教体局")
        tab.page.get_by_role("button", name="确认单位").click()
        tab.page.get_by_text("已记住 new@example.org").wait_for()
        assert verdicts(office) == [Verdict.ARTICLE]
        assert axe(tab.page) == []


def test_a_letter_read_again_shows_its_verdict_without_a_click(office: Office, pool: ReadingPool, tabs: Tabs) -> None:
    receive(office, pool, submission(File("稿.docx", b"PK\x03\x04 broken")))
    with serving(office) as url:
        tab = editor(tabs, office, url)
        tab.go(f"{LIST}/1")
        tab.page.get_by_role("button", name="重新读").click()
        tab.page.get_by_text("读完后这里自动更新").wait_for()
        LetterReceiver(office, pool).read_waiting(office.bulletin(None))
        tab.page.locator("#letter .badge", has_text="待处理").wait_for()
        assert tab.page.get_by_role("button", name="重新读").is_enabled()


def test_a_question_is_answered_with_a_prepared_text(office: Office, pool: ReadingPool, tabs: Tabs) -> None:
    header = "From: jtj@example.org\r\nTo: wuxing@example.org\r\nSubject: 投稿咨询\r\nMessage-ID: <q@example.org>\r\n"
    text = "请问本期什么时候截稿？"
    receive(office, pool, f"{header}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode())
    with serving(office) as url:
        tab = editor(tabs, office, url, role="editor")
        tab.go(f"{LIST}/1")
        tab.page.get_by_role("link", name="答复…").click()
        tab.page.get_by_role("link", name="截稿时间").click()
        assert "编出送审稿" in tab.page.get_by_label("答复").input_value()
        assert axe(tab.page) == []
        tab.page.get_by_role("button", name="寄出答复").click()
        tab.page.get_by_text("一分钟内寄出").wait_for()
        assert verdicts(office) == [Verdict.ANSWERED]
        tab.page.get_by_role("link", name="答复：投稿咨询").click()
        tab.page.get_by_text(f"> {text}").wait_for()
        assert axe(tab.page) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_no_page_is_wider_than_its_window(office: Office, pool: ReadingPool, tabs: Tabs, size: ViewportSize) -> None:
    long = "长" * 300 + "x" * 300
    receive(office, pool, submission(manuscript("长" * 80), sender=f"{'n' * 60}@{'e' * 60}.org", header=""))
    with office.ledger.writing() as ledger:
        letters.settle(
            ledger,
            1,
            Verdict.QUARANTINED,
            long,
            at=AT,
            details=LetterDetails(subject=long),
        )
    with serving(office) as url:
        tab = editor(tabs, office, url, size=size)
        for path in (LIST, f"{LIST}/1", f"/b/{BULLETIN}/search?q=x", f"/b/{BULLETIN}/past"):
            tab.go(path)
            assert tab.overflow() == 0, path
            assert axe(tab.page) == []
