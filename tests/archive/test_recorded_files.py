"""The ledger names each of its files once, with its SHA-256."""

from __future__ import annotations

from collections import Counter

from archive import recorded_files
from service.office import Office
from tests.support.trusted_office import PICTURE, digest, execute, fill


def test_every_kind_of_file_is_named(office: Office) -> None:
    fill(office)
    with office.ledger.reading() as ledger:
        files = list(recorded_files.recorded_files(ledger))
        assert recorded_files.pictures_in_articles(ledger) == {digest(PICTURE)}
        assert recorded_files.letters_out_in_rows(ledger) == 1
        assert list(recorded_files.altered_letters_out(ledger)) == []
    counts = Counter(file.kind.value for file in files)
    assert counts == {"letter": 3, "picture": 1, "draft": 1, "issue": 1, "manifest": 1, "outbox": 1}
    assert len({file.name for file in files}) == len(files)


def test_a_letter_out_altered_in_its_row_is_named(office: Office) -> None:
    fill(office)
    execute(office, "UPDATE outbox SET raw = x'00' WHERE raw IS NOT NULL")
    with office.ledger.reading() as ledger:
        [row] = recorded_files.altered_letters_out(ledger)
    assert row.actual == digest(b"\0") != row.expected
