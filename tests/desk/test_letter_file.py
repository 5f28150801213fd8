"""A letter byte for byte: not a sealed one, nor one that nobody has read, nor one whose content was removed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import letters
from archive.letters import LetterRecord
from desk.letter_file import letter_file
from desk.refusals import NotAllowed, NotFound
from service.office import Office
from tests.support.ledger_rows import AT, keep_letter
from values.errors import BadUsage
from values.letter import Removal, RemovalKind, Verdict


def kept(office: Office) -> LetterRecord:
    sha256 = office.raws.put(b"From: a@example.org\r\n\r\n")
    office.raws.sync()
    with office.ledger.writing() as ledger:
        keep_letter(ledger, "来信")
        [letter] = letters.letters(ledger)
    return replace(letter, sha256=sha256, verdict=Verdict.ARTICLE)


def test_a_letter_that_was_read_is_handed_out_as_it_came(office: Office) -> None:
    assert letter_file(office, kept(office)) == b"From: a@example.org\r\n\r\n"


def test_what_may_not_be_seen_is_refused(office: Office) -> None:
    letter = kept(office)
    with pytest.raises(NotAllowed, match="封存"):
        letter_file(office, replace(letter, verdict=Verdict.SEALED))
    with pytest.raises(BadUsage, match="还没有读"):
        letter_file(office, replace(letter, verdict=Verdict.PENDING))
    with pytest.raises(NotFound, match="没有原信"):
        letter_file(office, replace(letter, removal=Removal(RemovalKind.ERASED, "赵管理", "离职", AT)))
