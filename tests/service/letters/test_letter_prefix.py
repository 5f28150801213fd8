"""A letter is named by the first digits of its SHA-256."""

from __future__ import annotations

import pytest

from archive import letters
from service.letters.letter_prefix import letters_with_prefix
from service.office import Office
from tests.support.offices import hand_in
from values.errors import BadUsage


def test_letter_is_named_by_its_first_digits_in_any_case(office: Office) -> None:
    hand_in(office, "甲")
    with office.ledger.reading() as ledger:
        [letter] = letters.letters(ledger)
    assert [record.id for record in letters_with_prefix(office, letter.sha256[:8].upper())] == [letter.id]


@pytest.mark.parametrize("prefix", ["", " ", "%", "xyz", "0" * 65])
def test_what_is_no_beginning_of_a_sha256_is_refused(prefix: str, office: Office) -> None:
    hand_in(office, "甲")
    with pytest.raises(BadUsage, match="sha256"):
        letters_with_prefix(office, prefix)
