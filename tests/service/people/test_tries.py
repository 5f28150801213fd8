"""The password of somebody who is logged in: limited, and refused tries stand in the record."""

from __future__ import annotations

import pytest

from archive.changes import ChangeFilter, changes
from archive.login_attempts import LoginAttempt
from service.office import Office
from service.people.accounts import accept_invitation, add_user
from service.people.attempts import FROM_ORIGIN, TooManyAttempts
from service.people.tries import count_try, require_password
from tests.support.people import CLIENT, PASSWORD, person_of_session, session_of
from values.account import Person, Role
from values.errors import BadUsage

WRONG = "不是这个密码不是这个密码"


def somebody(office: Office) -> Person:
    link = add_user(office, "wang", Role.EDITOR, who="测试").url
    token = session_of(accept_invitation(office, link.rpartition("/")[2], PASSWORD, CLIENT))
    person = person_of_session(office, token)
    assert person
    return person


def refused(office: Office) -> list[str]:
    """What the record says of refused tries, the latest first."""
    with office.ledger.reading() as ledger:
        lines = changes(ledger, ChangeFilter(subject="login"), most=50)
    return [line.summary for line in lines if line.summary.startswith("登录失败")]


def test_right_password_forgets_the_wrong_ones_before_it(office: Office) -> None:
    person = somebody(office)
    for _ in range(2):
        for _ in range(FROM_ORIGIN - 1):
            with pytest.raises(BadUsage, match="现在的密码不对"):
                require_password(office, person, WRONG, CLIENT)
        assert require_password(office, person, PASSWORD, CLIENT).name == "wang"
    assert refused(office) == ["登录失败，来自 192.0.2.1，用户编号 1"]


def test_try_above_the_limit_is_recorded_too(office: Office) -> None:
    attempt = LoginAttempt("-unknown", "192.0.2.1", False)
    for _ in range(FROM_ORIGIN):
        count_try(office, attempt, None, CLIENT)
    assert refused(office) == []
    with pytest.raises(TooManyAttempts):
        count_try(office, attempt, None, CLIENT)
    assert refused(office) == ["登录失败，来自 192.0.2.1，没有这个用户"]
