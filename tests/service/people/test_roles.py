"""三员分立: which roles an account may have, and who reads log-ins and downloads."""

from __future__ import annotations

import contextlib
from itertools import product

import pytest

from archive import accounts
from archive.changes import changes_of
from service.office import Office
from service.people.accounts import set_role
from service.people.roles import may_approve, reads_access, refuse_combination
from settings.model import DeskSettings
from tests.support.desk import at_desk, somebody
from values.account import Role
from values.errors import BadUsage

TOGETHER = DeskSettings()
SEPARATED = DeskSettings.model_validate({"separation_of_duties": True})


def allowed(desk: DeskSettings) -> set[tuple[Role, Role]]:
    pairs = set()
    for before, after in product(Role, Role):
        with contextlib.suppress(BadUsage):
            refuse_combination(desk, before, after)
            pairs.add((before, after))
    return pairs


def test_separated_duties_keep_auditors_and_approvers_apart_from_all_others() -> None:
    everything = set(product(Role, Role))
    apart = {pair for pair in everything if pair[0] is not pair[1] and {Role.AUDITOR, Role.APPROVER} & set(pair)}
    assert allowed(TOGETHER) == everything
    assert allowed(SEPARATED) == everything - apart


def test_who_may_approve() -> None:
    assert {role for role in Role if may_approve(TOGETHER, role)} == {Role.APPROVER, Role.EDITOR, Role.ADMIN}
    assert {role for role in Role if may_approve(SEPARATED, role)} == {Role.APPROVER}


def test_who_reads_log_ins_and_downloads() -> None:
    assert {role for role in Role if reads_access(TOGETHER, role)} == {Role.AUDITOR, Role.ADMIN}
    assert {role for role in Role if reads_access(SEPARATED, role)} == {Role.AUDITOR}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN])
def test_an_account_does_not_become_an_auditors_by_way_of_a_third_role(office: Office, role: Role) -> None:
    separated = at_desk(office, SEPARATED)
    somebody(office, Role.ADMIN)
    person = somebody(office, role, "wang")
    set_role(separated, "wang", Role.VIEWER, who="赵管理")
    with pytest.raises(BadUsage, match=r"三员分立.*另建一个用户"):
        set_role(separated, "wang", Role.AUDITOR, who="赵管理")
    with office.ledger.reading() as ledger:
        record = accounts.account_with_id(ledger, person.id)
        assert [change.summary for change in changes_of(ledger, "account", "wang")] == [
            f"用户wang（wang）的角色由{role.chinese}改为查看"
        ]
    assert record is not None
    assert record.role is Role.VIEWER
    set_role(office, "wang", Role.AUDITOR, who="赵管理")
    with pytest.raises(BadUsage, match="三员分立"):
        set_role(separated, "wang", role, who="赵管理")
