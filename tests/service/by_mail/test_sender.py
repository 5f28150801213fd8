"""Who decides by mail, and what an account with the address changes."""

from __future__ import annotations

import pytest

from archive import accounts
from service.by_mail.sender import sender_with
from service.office import Office
from tests.support.answering import WANG, answered_config
from tests.support.approvals import FIRST, STEPS
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from values.account import Role


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(answered_config(steps=STEPS))


def test_editors_edit_and_people_of_steps_approve(office: Office) -> None:
    with office.ledger.reading() as ledger:
        editor, approver = (sender_with(office, ledger, office.bulletin(None), each) for each in (WANG, FIRST.upper()))
        assert sender_with(office, ledger, office.bulletin(None), "x@evil.example") is None
    assert editor is not None
    assert approver is not None
    assert (editor.edits, editor.approves, editor.who) == (True, False, f"{WANG}（来信）")
    assert (approver.edits, approver.approves, approver.name) == (False, True, "张主任")
    assert editor.is_same(WANG)
    assert not editor.is_same("王编辑")


@pytest.mark.parametrize(
    ("role", "edits", "approves"),
    [(Role.ADMIN, True, True), (Role.EDITOR, True, True), (Role.APPROVER, False, True), (Role.VIEWER, False, False)],
)
def test_an_account_speaks_for_its_person(office: Office, role: Role, edits: bool, approves: bool) -> None:
    for number, address in enumerate((WANG, FIRST)):
        with office.ledger.writing() as ledger:
            id = accounts.add_account(ledger, f"a{number}", "某人", role, at=AT)
            accounts.set_address(ledger, id, address)
    with office.ledger.reading() as ledger:
        editor, approver = (sender_with(office, ledger, office.bulletin(None), each) for each in (WANG, FIRST))
    assert (editor is not None and editor.edits, approver is not None and approver.approves) == (edits, approves)
    assert editor is None or editor.name == "某人"
