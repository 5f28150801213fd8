"""The code of a letter about a draft: the same for the same letter, another after it was used."""

from __future__ import annotations

import pytest

from archive import mailed_drafts
from service.by_mail.answer_way import answer_way
from service.office import Office
from tests.support.answering import LI, WANG, answered_config, mailed_draft
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from values.answer_code import code_fingerprint


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(answered_config(more="sign_by_mail = true"))


def test_a_letter_that_is_written_again_has_the_same_code_until_it_is_used(office: Office) -> None:
    draft, bulletin = mailed_draft(office), office.bulletin(None)
    with office.ledger.writing() as ledger:
        first, again = (answer_way(office, ledger, bulletin, draft.id, WANG) for _ in range(2))
        assert (first.code, first.reply_to, first.signs) == (again.code, "", True)
        assert answer_way(office, ledger, bulletin, draft.id, LI).code != first.code
        mailed_drafts.use_code(ledger, code_fingerprint(first.code), at=AT)
        assert answer_way(office, ledger, bulletin, draft.id, WANG).code != first.code
        assert first.code not in repr(first)
