"""A mailbox with old letters at the first poll: what the office is told, and how one of them is taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from archive import articles, folders, letters
from intake.pool import ReadingPool
from service.health.check import check_installation
from service.letters.first_day import FirstDay, first_day_of
from service.letters.handle_letters import read_again
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.correspondence import manuscript, submission
from tests.support.desk import DeskDriver
from tests.support.dovecot import PASSWORD, Account, dovecot_server
from tests.support.ledger_rows import AT, BULLETIN
from tests.support.offices import bulletin, config, office_at, write_config
from values.issue import ArticleStatus
from values.letter import Verdict

pytestmark = pytest.mark.dovecot
YEAR_AGO = AT - timedelta(days=365)


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Account]:
    """A mailbox with two letters of last year and one of yesterday."""
    with dovecot_server(tmp_path) as server:
        yield with_old_letters(Account(server, "old"))


def with_old_letters(account: Account) -> Account:
    for number, day in enumerate((YEAR_AGO, YEAR_AGO + timedelta(days=9), AT - timedelta(days=1))):
        account.deliver(submission(manuscript(f"第{number}篇工作动态"), number=number, sender="mzj@example.org"), day)
    return account


def office_config(account: Account, more: str = "") -> str:
    text = config(bulletin(port=account.server.port, username=account.username))
    return text.replace("poll_seconds = 1", f"poll_seconds = 1\n{more}") + 'senders = ["mzj@example.org"]\n'


def test_first_poll_without_a_day_says_what_was_there(
    tmp_path_factory: pytest.TempPathFactory, mailbox: Account, pool: ReadingPool
) -> None:
    home = tmp_path_factory.mktemp("office")
    with office_at(write_config(home, office_config(mailbox)), AT, JIANBAO_IMAP_PASSWORD=PASSWORD) as office:
        assert "首次收信前" in line_of(office)
        with capture_logs() as logs:
            LetterReceiver(office, pool).poll(office.bulletin(None))
            LetterReceiver(office, pool).poll(office.bulletin(None))
        reported = [entry for entry in logs if entry["event"] == "old letters at the first poll"]
        assert [entry["letters"] for entry in reported] == [2]
        assert "首次收信（2022-11-08）时邮箱里有 2 封" in line_of(office)
        assert "写 since = 2022-11-08" in reported[0]["remedy"]
        desk = DeskDriver(office)
        desk.login()
        assert "首次收信（2022-11-08）时邮箱里有 2 封" in desk.words(f"/b/{BULLETIN}/letters")
        desk.clock.now = AT + timedelta(days=31)
        desk.login()
        assert "首次收信" not in desk.words(f"/b/{BULLETIN}/letters")
        desk.close()


def test_letter_before_the_day_is_taken_by_reading_it_again(
    tmp_path_factory: pytest.TempPathFactory, mailbox: Account, pool: ReadingPool
) -> None:
    home = tmp_path_factory.mktemp("office")
    text = office_config(mailbox, "since = 2022-11-01")
    with office_at(write_config(home, text), AT, JIANBAO_IMAP_PASSWORD=PASSWORD) as office:
        LetterReceiver(office, pool).poll(office.bulletin(None))
        assert "2022-11-01 起的来信作来稿，更早的只存下（2 封" in line_of(office)
        with office.ledger.reading() as ledger:
            before = letters.letters(ledger)
        assert [letter.verdict for letter in before[:2]] == [Verdict.IGNORED] * 2
        read_again(office, office.bulletin(None), before[0].id, who="王编辑")
        LetterReceiver(office, pool).read(office.bulletin(None))
        with office.ledger.reading() as ledger:
            after = letters.letters(ledger)
            [taken] = articles.articles_with_ids(ledger, after[0].articles)
        assert [letter.verdict for letter in after[:2]] == [Verdict.FLAGGED, Verdict.IGNORED]
        assert taken.status is ArticleStatus.HELD


def line_of(office: Office) -> str:
    return next(line.message for line in check_installation(office) if line.name == "收件起始")


def test_mailbox_without_old_letters_needs_no_day(office: Office) -> None:
    with office.ledger.writing() as ledger:
        assert folders.first_seen_at(ledger, "nobody", "INBOX") is None
        first_day = first_day_of(office, ledger, office.bulletin(None))
    assert (first_day.older, first_day.is_recent(AT)) == (0, False)
    assert "没有这样的信" in FirstDay(None, AT, 0).message
