"""A letter as a row of JSON."""

from __future__ import annotations

from datetime import UTC, datetime

from archive import letters
from archive.letters import LetterRecord
from service.office import Office
from service.shapes.letters import message_rows
from tests.support.ledger_rows import keep_letter, sha256
from values.letter import Place


def record(office: Office, *, place: Place | None) -> LetterRecord:
    with office.ledger.writing() as ledger:
        keep_letter(ledger, "来信", place=place, received_at=datetime(2022, 11, 8, 18, 30, tzinfo=UTC))
        [letter] = letters.letters(ledger)
    return letter


def test_a_row_has_the_keys_of_the_contract_and_local_times(office: Office) -> None:
    place = Place("zgqwxzfb@163.com", "INBOX", 1, 7)
    assert message_rows(office, [record(office, place=place)]) == [
        {
            "sha256": sha256("来信"),
            "bulletin": "wuxing",
            "mailbox": "zgqwxzfb@163.com",
            "uid": 7,
            "received_at": "2022-11-09T02:30:00+08:00",
            "from": "",
            "subject": "",
            "verdict": "pending",
            "question": None,
            "reason": "已收到，还没有读",
            "attempts": 0,
            "articles": [],
        }
    ]
