"""批示 in the ledger: their words and scans, and what the index has of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from archive import search
from archive.endorsements import (
    EndorsementScan,
    EndorsementWords,
    add_endorsement,
    delete_endorsement,
    endorsements_on,
    write_endorsement,
)
from archive.recorded_files import RecordedFile, RecordedKind, files_in_media, recorded_files
from service.office import Office
from tests.support.ledger_rows import AT, BULLETIN
from tests.support.offices import hand_in

WORDS = EndorsementWords("市级", "张副市长", date(2022, 11, 9), "请学习借鉴")
SCAN = EndorsementScan("1" * 64, "批示.pdf")


def test_words_and_scan_are_written_read_and_deleted(office: Office) -> None:
    first, second = hand_in(office, "甲", "乙")
    with office.ledger.writing() as ledger:
        id = add_endorsement(ledger, first, WORDS, SCAN, "王编辑", AT)
        [before] = endorsements_on(ledger, [first, second])
        assert (before.id, before.words, before.scan, before.version) == (id, WORDS, SCAN, 1)
        write_endorsement(ledger, before, replace(WORDS, level="省级", dated=None), None, "李")
        [after] = endorsements_on(ledger, [first])
        assert (after.words.level, after.words.dated, after.scan, after.who) == ("省级", None, None, "李")
        assert (after.noted_at, after.version) == (AT, 2)
        delete_endorsement(ledger, id)
        assert endorsements_on(ledger, [first, second]) == []


def test_the_index_has_an_endorsement_until_it_is_deleted_and_after_it_is_made_anew(office: Office) -> None:
    [article] = hand_in(office, "甲")

    def matches(*words: str) -> list[tuple[int, int]]:
        return [(hit.id, hit.number) for hit in search.find(ledger, BULLETIN, "endorsement", words, most=9)]

    with office.ledger.writing() as ledger:
        id = add_endorsement(ledger, article, WORDS, SCAN, "王编辑", AT)
        assert matches("学习借鉴", "2022年11月9日") == [(article, id)]
        search.rebuild(ledger)
        assert search.count_unindexed(ledger) == 0
        [before] = endorsements_on(ledger, [article])
        write_endorsement(ledger, before, replace(WORDS, text="好"), None, "李")
        assert (matches("学习借鉴"), matches("张副市长")) == ([], [(article, id)])
        delete_endorsement(ledger, id)
        assert matches("张副市长") == []


def test_a_scan_is_a_recorded_file(office: Office) -> None:
    [article] = hand_in(office, "甲")
    with office.ledger.writing() as ledger:
        add_endorsement(ledger, article, WORDS, SCAN, "王编辑", AT)
        assert RecordedFile(RecordedKind.SCAN, SCAN.sha256, SCAN.sha256) in list(recorded_files(ledger))
        assert files_in_media(ledger) == {SCAN.sha256}
