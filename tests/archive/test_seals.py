"""The seal of a letter, and what it deletes."""

from __future__ import annotations

from archive import articles, letters, seals, search
from archive.database import Ledger
from archive.letters import LetterDetails
from tests.support.ledger_rows import AT, BULLETIN, keep_letter
from values.letter import LetterContent, Seal, Verdict

SEAL = Seal("机密★10年", "主题")


def test_a_seal_deletes_what_an_earlier_reading_recorded(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        id = keep_letter(writing, "a")
        details = LetterDetails(
            sender="a@example.org", subject="某事", message_id="<1@x>", content=LetterContent("某人", text="内容")
        )
        letters.settle(writing, id, Verdict.QUARANTINED, "文件损坏", at=AT, details=details)
        letters.settle(writing, id, Verdict.SEALED, "已封存", at=AT)
        seals.seal(writing, id, SEAL, at=AT)
    with ledger.reading() as reading:
        [letter] = letters.letters(reading)
        assert (letter.sender, letter.subject, letter.released) == ("a@example.org", "", False)
        assert letters.content_of(reading, id) is None
        assert search.find(reading, BULLETIN, "letter", ["已封存"], most=9) == []
        assert search.count_unindexed(reading) == 0
        record = seals.seal_of(reading, id)
        assert record is not None
        assert (record.seal, record.sealed_at, record.released_at) == (SEAL, AT, None)
        assert articles.articles(reading) == []


def test_a_letter_that_was_never_sealed_has_no_seal(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        id = keep_letter(writing, "a")
        assert seals.seal_of(writing, id) is None
