"""Guessing passwords: soon refused, never a lock for good, and nothing to learn from the answers."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from service.people.accounts import invite
from service.people.log_in import LogInFailed, TooManyAttempts, log_in
from service.people.passwords import hash_of, is_password
from settings.model import DeskSettings
from tests.support.desk import DeskDriver, at_desk
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


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password() -> None:
    """CPU time, since the machine has other things to do as well."""

    def work(password_hash: str) -> float:
        times = []
        for _ in range(3):
            begun = time.process_time()
            assert not is_password(password_hash, WRONG)
            times.append(time.process_time() - begun)
        return min(times)

    assert not is_password("", WRONG)  # the first call makes the hash that nobody's password has
    known, unknown = work(hash_of(PASSWORD)), work("")
    assert 0.5 < known / unknown < 2


def test_an_address_counts_as_a_trusted_proxy_tells_it(desk: DeskDriver) -> None:
    """Tries from behind the proxy do not lock out the colleague beside; what the guesser writes himself is not read."""
    settings = DeskSettings.model_validate({"trusted_proxies": ["192.0.2.9"]})
    behind = DeskDriver(at_desk(desk.office, settings))
    with_password(behind)
    behind.client = TestClient(behind.app, base_url=behind.url, follow_redirects=False, client=("192.0.2.9", 1))

    def statuses(forwarded: str, password: str = WRONG, times: int = 1) -> set[int]:
        behind.client.headers["X-Forwarded-For"] = forwarded
        return {behind.post("/login", name="wang", password=password).status_code for _ in range(times)}

    assert statuses("198.51.100.1, 203.0.113.1", times=10) == {403}
    assert statuses("198.51.100.2, 203.0.113.1") == {429}
    assert statuses("203.0.113.2", PASSWORD) == {303}


@pytest.mark.parametrize(
    ("proxies", "headers", "status"),
    [
        (["192.0.2.9"], [("X-Remote-User", "wang")], 200),
        (["192.0.2.0/24"], [("X-Remote-User", "wang")], 200),
        (["192.0.2.8"], [("X-Remote-User", "wang")], 303),
        (["192.0.2.9"], [("X-Remote-User", "nobody")], 303),
        (["192.0.2.9"], [("X-Remote-User", "admin"), ("X-Remote-User", "wang")], 303),
        (["192.0.2.9"], [("X-Other-User", "wang")], 303),
    ],
)
def test_only_a_listed_proxy_logs_in_by_a_header(
    desk: DeskDriver, proxies: list[str], headers: list[tuple[str, str]], status: int
) -> None:
    settings = DeskSettings.model_validate({"trusted_proxies": proxies, "user_header": "X-Remote-User"})
    behind = DeskDriver(at_desk(desk.office, settings))
    with_password(behind)
    behind.client = TestClient(behind.app, base_url=behind.url, follow_redirects=False, client=("192.0.2.9", 1))
    assert behind.client.get("/account", headers=headers).status_code == status
