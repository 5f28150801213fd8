"""`sealed release` and its form at the desk: an administrator releases a letter that was sealed."""

from __future__ import annotations

import pytest

from archive import changes, letters, search
from archive.letters import LetterRecord
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.correspondence import receive
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import BULLETIN
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx, paragraph
from values.letter import Verdict

BODY = paragraph("密级标志") + paragraph("区教体局") + paragraph("各单位认真落实有关要求，推动发展。" * 4)
MARKED = raw_letter(File("稿件.docx", docx(paragraph("机密★10年") + BODY)))


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def the_letter(office: Office) -> LetterRecord:
    with office.ledger.reading() as ledger:
        [letter] = letters.letters(ledger)
    return letter


def test_the_command_releases_and_reads_and_records_it(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, MARKED)
    sealed = the_letter(office)
    assert sealed.verdict is Verdict.SEALED
    result = CommandLine(office.data_dir.parent / "config.toml").run_json(
        "sealed", "release", sealed.sha256[:8], "--why", "误报"
    )
    assert result.status == 0, result.errors
    assert the_letter(office).verdict is Verdict.ARTICLE
    with office.ledger.reading() as ledger:
        [change] = changes.changes_of(ledger, "letter", sealed.id)
        assert search.find(ledger, BULLETIN, "letter", ["投稿"], most=9)
    assert (change.summary, change.why) == ("解除来信 1 的封存（第 1 个附件的开头标有“机密★10年”）", "误报")


def test_a_released_letter_is_not_sealed_when_it_is_read_again(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, MARKED)
    command_line = CommandLine(office.data_dir.parent / "config.toml")
    command_line.run("sealed", "release", the_letter(office).sha256, "--why", "误报")
    with office.ledger.writing() as ledger:
        letters.reopen(ledger, 1, (Verdict.ARTICLE,))
    LetterReceiver(office, pool).read(office.bulletin(None))
    assert the_letter(office).verdict is not Verdict.SEALED


def test_a_letter_that_is_not_sealed_is_refused(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, raw_letter(File("稿件.docx", docx(BODY))))
    result = CommandLine(office.data_dir.parent / "config.toml").run(
        "sealed", "release", the_letter(office).sha256, "--why", "误报"
    )
    assert result.status == 2


def test_at_the_desk_only_an_administrator_releases_and_says_why(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, MARKED)
    path = f"/b/{BULLETIN}/letters/1"
    driver = DeskDriver(office)
    try:
        driver.login("editor")
        assert f"{path}/release" not in driver.get(path).text
        assert driver.post(f"{path}/release", why="误报").status_code == 403
        driver.login("admin")
        assert f"{path}/release" in driver.get(path).text
        assert driver.post(f"{path}/release", why=" ").status_code >= 400
        assert the_letter(office).verdict is Verdict.SEALED
        assert driver.post(f"{path}/release", why="误报").status_code == 303
        assert the_letter(office).verdict is Verdict.PENDING
        assert driver.get(f"{path}/original").status_code == 400
        LetterReceiver(office, pool).read(office.bulletin(None))
        assert driver.get(f"{path}/original").status_code == 200
    finally:
        driver.close()
