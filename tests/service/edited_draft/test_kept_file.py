"""An edited draft's file as a letter of our own."""

from __future__ import annotations

from email import message_from_bytes

from archive import letters
from intake.digests import article_digest
from service.edited_draft.kept_file import kept_file
from service.office import Office
from tests.service.edited_draft.conftest import Propose
from tests.support.draft_office import draft_bytes
from values.letter import Verdict


def test_same_file_makes_the_same_letter_with_its_bytes_and_is_kept_once(office: Office, propose: Propose) -> None:
    data, bulletin = draft_bytes(office), office.bulletin(None)
    proposal = propose(data)
    file = kept_file(bulletin, proposal, "  送审\x00稿.docx ", data)
    assert file == kept_file(bulletin, proposal, "  送审\x00稿.docx ", data)
    [attached] = [part for part in message_from_bytes(file.raw).walk() if part.get_filename()]
    assert (file.name, attached.get_payload(decode=True)) == ("送审稿.docx", data)
    assert file.content_sha256(2) == article_digest(data, 2)
    with office.ledger.writing() as ledger:
        first = file.keep(office, ledger, bulletin, at=office.now())
        letters.settle(ledger, first, Verdict.ARTICLE, "成稿", at=office.now())
        assert file.keep(office, ledger, bulletin, at=office.now()) == first
        record = letters.letter_with_id(ledger, bulletin.id, first)
    assert record is not None
    assert record.verdict is Verdict.ARTICLE
