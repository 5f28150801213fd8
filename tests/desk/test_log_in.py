"""Guessing passwords: soon refused, never a lock for good, and nothing to learn from the answers."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from service.people.accounts import invite
from service.people.log_in import LogInFailed, TooManyAttempts, log_in
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT
from tests.support.people import PASSWORD, with_password

WRONG = "不是这个密码不是这个密码"


def test_of_a_thousand_tries_ten_are_looked_at(desk: DeskDriver) -> None:
    with_password(desk)
    answers = Counter(desk.post("/login", name="wang", password=f"{WRONG}{n}").status_code for n in range(1000))
    assert answers == {403: 10, 429: 990}
    assert desk.post("/login", name="wang", password=PASSWORD).status_code == 429


def test_the_lock_opens_by_itself_and_holds_for_that_address_and_name_only(desk: DeskDriver) -> None:
    with_password(desk)
    office = desk.office
    for _ in range(10):
        with pytest.raises(LogInFailed, match="用户名或密码不对"):
            log_in(office, "wang", WRONG, "192.0.2.1")
    with pytest.raises(TooManyAttempts, match="请过 15 分钟再试"):
        log_in(office, "wang", PASSWORD, "192.0.2.1")
    assert log_in(office, "wang", PASSWORD, "192.0.2.2")
    with pytest.raises(LogInFailed, match="用户名或密码不对"):
        log_in(office, "li", WRONG, "192.0.2.1")
    desk.clock.now = AT + timedelta(minutes=14, seconds=59)
    with pytest.raises(TooManyAttempts):
        log_in(office, "wang", PASSWORD, "192.0.2.1")
    desk.clock.now = AT + timedelta(minutes=15)
    assert log_in(office, "wang", PASSWORD, "192.0.2.1")


def test_a_success_forgets_the_failures_before_it(desk: DeskDriver) -> None:
    with_password(desk)
    for _ in range(2):
        for _ in range(9):
            with pytest.raises(LogInFailed):
                log_in(desk.office, "wang", WRONG, "192.0.2.1")
        assert log_in(desk.office, "wang", PASSWORD, "192.0.2.1")


def test_a_whole_network_of_ipv6_is_one_address(desk: DeskDriver) -> None:
    for last in range(10):
        with pytest.raises(LogInFailed):
            log_in(desk.office, "wang", WRONG, f"2001:db8:1:2::{last}")
    with pytest.raises(TooManyAttempts):
        log_in(desk.office, "wang", WRONG, "2001:db8:1:2:ffff::1")


def test_wrong_password_and_unknown_name_are_answered_alike(desk: DeskDriver) -> None:
    with_password(desk)
    with_password(desk, "gone")
    invite(desk.office, "wang", who="测试")
    desk.csrf  # noqa: B018 — one token for both pages
    answers = [desk.post("/login", name=name, password=WRONG) for name in ("wang", "nobody")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].text.replace("wang", "nobody") == answers[1].text
