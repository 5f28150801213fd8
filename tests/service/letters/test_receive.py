"""Letters are taken in from files and from a mailbox, and read to their verdicts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive import letters
from intake.keep import LetterStore
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver, mailbox_of
from service.office import Office
from tests.support.correspondence import manuscript, submission
from tests.support.imap_server import ScriptedImap
from tests.support.ledger_rows import INBOX
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from values.errors import BadConfig, TryLater
from values.letter import Letter, Verdict


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None), environ={"JIANBAO_IMAP_PASSWORD": "pw"})


def test_bring_in_reads_good_files_and_names_bad_paths(office: Office, pool: ReadingPool, tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(submission(manuscript()))
    progress: list[tuple[str, int]] = []
    receiver = LetterReceiver(office, pool, report=lambda what, done, _of: progress.append((what, done)))
    taken = receiver.import_letters(office.bulletin(None), [tmp_path / "1.eml", tmp_path / "none.eml"])
    assert (taken.stored, taken.new, dict(taken.verdicts)) == (1, 1, {Verdict.ARTICLE: 1})
    assert len(taken.errors) == 1
    assert "none.eml" in taken.errors[0]
    assert progress == [("导入来信", 1), ("读稿", 1)]
    assert receiver.import_letters(office.bulletin(None), [tmp_path / "1.eml"]).new == 0


def test_read_waiting_reads_nothing_where_nothing_waits(office: Office, pool: ReadingPool) -> None:
    assert LetterReceiver(office, pool).read_waiting(office.bulletin(None)) == {}


def test_reading_ends_between_letters_when_asked_to_stop(office: Office, pool: ReadingPool, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        title = f"第{number}篇"
        (tmp_path / f"{number}.eml").write_bytes(submission(manuscript(title, title * 20), number=number))
    taken = LetterReceiver(office, pool, stopping=lambda: True).import_letters(office.bulletin(None), [tmp_path])
    assert (taken.stored, sum(taken.verdicts.values())) == (3, 1)


def test_poll_of_a_silent_mailbox_raises_after_reading_what_waits(office: Office, pool: ReadingPool) -> None:
    with ScriptedImap().running() as server:
        mailbox = office.bulletin(None).mailbox.model_copy(update={"port": server.port})
    ours = office.bulletin(None).model_copy(update={"mailbox": mailbox})
    raw = submission(manuscript())
    store = LetterStore(ours.id, office.ledger, office.raws, office.now)
    store.keep([Letter(raw, office.now(), INBOX)])
    with pytest.raises(TryLater):
        LetterReceiver(office, pool).poll(ours)
    with office.ledger.reading() as ledger:
        [letter] = letters.letters(ledger)
    assert letter.verdict is Verdict.ARTICLE


def test_mailbox_of_needs_its_password(office: Office) -> None:
    with pytest.raises(BadConfig, match="JIANBAO_IMAP_PASSWORD"):
        mailbox_of(replace(office, environ={}), office.bulletin(None))
