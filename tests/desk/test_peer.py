"""What trusted proxies report about a request counts; what others write does not."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from desk.peer import address_of
from settings.model import DeskSettings
from tests.support.desk import DeskDriver, at_desk
from tests.support.people import PASSWORD, with_password

WRONG = "不是这个密码不是这个密码"


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


@pytest.mark.parametrize(
    ("connected", "forwarded", "address"),
    [
        ("192.0.2.9", "203.0.113.1", "203.0.113.1"),
        ("::ffff:192.0.2.9", "203.0.113.1", "203.0.113.1"),
        ("192.0.2.9", "203.0.113.1:50123", "203.0.113.1"),
        ("192.0.2.9", "[2001:db8::1]:50123", "2001:db8::1"),
        ("192.0.2.9", "[2001:db8::1]", "2001:db8::1"),
        ("192.0.2.9", "2001:db8::1", "2001:db8::1"),
        ("192.0.2.9", "203.0.113.1, 192.0.2.9:50123", "203.0.113.1"),
        ("203.0.113.5", "203.0.113.1", "203.0.113.5"),
    ],
)
def test_the_browsers_address_has_no_port_and_one_form(connected: str, forwarded: str, address: str) -> None:
    settings = DeskSettings.model_validate({"trusted_proxies": ["192.0.2.9"]})
    headers = [(b"x-forwarded-for", forwarded.encode())]
    request = Request({"type": "http", "client": (connected, 1), "headers": headers})
    assert address_of(settings, request) == address
