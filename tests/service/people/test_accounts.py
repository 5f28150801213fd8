"""Accounts: invitations, passwords, roles; the last admin stays; everything is recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.accounts import accounts
from archive.changes import ChangeFilter, changes
from service.office import Office
from service.people.accounts import (
    INVITATION_LIFETIME,
    Invitation,
    accept_invitation,
    add_user,
    change_password,
    first_invitation,
    invite,
    invited,
    log_out_everywhere,
    set_disabled,
    set_role,
)
from service.people.attempts import LogInFailed
from service.people.log_in import log_in
from tests.support.offices import Clock
from tests.support.people import CLIENT, PASSWORD, person_of_session, session_of
from values.account import Person, Role
from values.errors import BadUsage

OTHER_PASSWORD = "又一匹正确的马和电池"


def token_of(invitation: Invitation) -> str:
    return invitation.url.rpartition("/")[2]


def with_password(office: Office, name: str, role: Role = Role.EDITOR) -> Person:
    token = session_of(accept_invitation(office, token_of(add_user(office, name, role, who="测试")), PASSWORD, CLIENT))
    person = person_of_session(office, token)
    assert person
    return person


def recorded(office: Office) -> list[tuple[str, str]]:
    with office.ledger.reading() as ledger:
        listed = changes(ledger, ChangeFilter(subject="account"), most=50)
    return [(change.who, change.summary) for change in reversed(listed)]


def test_an_invitation_sets_the_password_once(office: Office) -> None:
    invitation = add_user(office, "wang", Role.EDITOR, display_name="王编辑", who="赵管理")
    assert invited(office, token_of(invitation)).display_name == "王编辑"
    token = session_of(accept_invitation(office, token_of(invitation), PASSWORD, CLIENT))
    assert person_of_session(office, token) == person_of_session(
        office, session_of(log_in(office, "wang", PASSWORD, CLIENT))
    )
    with pytest.raises(BadUsage, match="已经用过或过期"):
        accept_invitation(office, token_of(invitation), OTHER_PASSWORD, CLIENT)
    assert recorded(office) == [
        ("赵管理", "添加用户王编辑（wang），角色：编辑"),
        ("王编辑", "设置了自己的密码"),
    ]


def test_an_invitation_expires(office: Office) -> None:
    token = token_of(add_user(office, "wang", Role.EDITOR, who="测试"))
    assert isinstance(office.now, Clock)
    office.now.now += INVITATION_LIFETIME - timedelta(seconds=1)
    assert invited(office, token).name == "wang"
    office.now.now += timedelta(seconds=1)
    with pytest.raises(BadUsage, match="已经用过或过期"):
        invited(office, token)


def test_a_weak_password_leaves_the_invitation_valid(office: Office) -> None:
    token = token_of(add_user(office, "wang", Role.EDITOR, who="测试"))
    with pytest.raises(BadUsage, match="太短"):
        accept_invitation(office, token, "短", CLIENT)
    assert accept_invitation(office, token, PASSWORD, CLIENT)


@pytest.mark.parametrize("name", ["", "有 空格", "a/b", "x" * 65])
def test_names_that_are_not_allowed_are_refused(office: Office, name: str) -> None:
    with pytest.raises(BadUsage, match="用户名只能用"):
        add_user(office, name, Role.EDITOR, who="测试")
    with office.ledger.reading() as ledger:
        assert accounts(ledger) == []


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(office: Office) -> None:
    person = with_password(office, "wang")
    earlier = session_of(log_in(office, "wang", PASSWORD, CLIENT))
    with pytest.raises(BadUsage, match="现在的密码不对"):
        change_password(office, person, OTHER_PASSWORD, OTHER_PASSWORD, CLIENT)
    token = change_password(office, person, PASSWORD, OTHER_PASSWORD, CLIENT).session
    assert (person_of_session(office, earlier), person_of_session(office, token)) == (None, person)
    with pytest.raises(LogInFailed):
        log_in(office, "wang", PASSWORD, CLIENT)


def test_the_last_admin_can_neither_be_disabled_nor_get_another_role(office: Office) -> None:
    with_password(office, "zhao", Role.ADMIN)
    with pytest.raises(BadUsage, match="唯一的管理员"):
        set_disabled(office, "zhao", True, who="测试")
    with pytest.raises(BadUsage, match="唯一的管理员"):
        set_role(office, "zhao", Role.EDITOR, who="测试")
    with_password(office, "qian", Role.ADMIN)
    set_role(office, "zhao", Role.EDITOR, who="钱管理")
    assert recorded(office)[-1] == ("钱管理", "用户zhao（zhao）的角色由管理改为编辑")


def test_a_disabled_account_is_logged_out_and_its_links_are_void(office: Office) -> None:
    with_password(office, "wang")
    token = session_of(log_in(office, "wang", PASSWORD, CLIENT))
    link = token_of(invite(office, "wang", who="测试"))
    set_disabled(office, "wang", True, who="测试")
    assert person_of_session(office, token) is None
    with pytest.raises(BadUsage):
        invited(office, link)
    with pytest.raises(BadUsage, match="已停用"):
        invite(office, "wang", who="测试")
    set_disabled(office, "wang", False, who="测试")
    assert log_in(office, "wang", PASSWORD, CLIENT)


def test_logging_out_everywhere_ends_all_sessions_of_the_account_but_this_one(office: Office) -> None:
    with_password(office, "wang")
    with_password(office, "li")
    tokens = [session_of(log_in(office, name, PASSWORD, CLIENT)) for name in ("wang", "wang", "li")]
    log_out_everywhere(office, "wang", who="王编辑", but=tokens[1])
    assert [person_of_session(office, token) is not None for token in tokens] == [False, True, True]
    assert recorded(office)[-1] == ("王编辑", "退出用户wang（wang）在别处的登录")
    log_out_everywhere(office, "wang", who="测试")
    assert [person_of_session(office, token) is not None for token in tokens] == [False, False, True]


def test_a_change_that_changes_nothing_is_not_recorded(office: Office) -> None:
    with_password(office, "wang")
    before = recorded(office)
    set_role(office, "wang", Role.EDITOR, who="测试")
    set_disabled(office, "wang", False, who="测试")
    assert recorded(office) == before


def test_the_first_admin_is_invited_until_there_is_one(office: Office) -> None:
    first = first_invitation(office)
    again = first_invitation(office)
    assert first
    assert again
    assert (first.name, again.name) == ("admin", "admin")
    with pytest.raises(BadUsage):
        accept_invitation(office, token_of(first), PASSWORD, CLIENT)
    accept_invitation(office, token_of(again), PASSWORD, CLIENT)
    assert first_invitation(office) is None


def test_the_first_admin_gets_another_name_where_that_is_taken(office: Office) -> None:
    add_user(office, "admin", Role.VIEWER, who="测试")
    invitation = first_invitation(office)
    assert invitation
    assert invitation.name == "admin2"
