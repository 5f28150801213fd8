"""Letters that urge departments, by the issue after which they were written."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import NoResultFound

from archive.urging_letters import link_urging_letter, urging_letters
from service.office import Office
from tests.support.ledger_rows import BULLETIN
from tests.support.outboxes import letter_out, put_in


def test_letters_are_listed_for_their_bulletin_and_period(office: Office) -> None:
    put_in(office, letter_out("甲"), letter_out("乙"))
    with office.ledger.writing() as ledger:
        for name, department in (("甲", "区民政局"), ("乙", "区教体局")):
            link_urging_letter(ledger, f"<{name}@x>", department, None)
        own = [(letter.record.subject, letter.department) for letter in urging_letters(ledger, BULLETIN, None)]
        assert own == [("甲", "区民政局"), ("乙", "区教体局")]
        assert urging_letters(ledger, "dangjian", None) == []
        assert urging_letters(ledger, BULLETIN, 1) == []


def test_a_letter_that_is_not_there_is_not_linked(office: Office) -> None:
    with pytest.raises(NoResultFound), office.ledger.writing() as ledger:
        link_urging_letter(ledger, "<none@x>", "区民政局", None)
