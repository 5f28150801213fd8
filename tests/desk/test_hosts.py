"""The desk answers under its own names alone."""

from __future__ import annotations

import pytest

from settings.model import DeskSettings
from tests.support.desk import DeskDriver, at_desk


@pytest.mark.parametrize(
    ("listen", "public_url", "host", "known"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1:8080", True),
        ("127.0.0.1:8080", "http://127.0.0.1:8080", "localhost:8080", True),
        ("127.0.0.1:8080", "http://127.0.0.1:8080", "[::1]:8080", True),
        ("127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1", False),
        ("127.0.0.1:8080", "http://127.0.0.1:8080", "elsewhere.example", False),
        ("127.0.0.1:8080", "http://127.0.0.1:8080", "", False),
        ("127.0.0.1:8080", "https://jianbao.example.org", "jianbao.example.org", True),
        ("127.0.0.1:8080", "https://jianbao.example.org", "JIANBAO.example.org:443", True),
        ("127.0.0.1:8080", "https://jianbao.example.org", "jianbao.example.org.elsewhere.example", False),
        ("0.0.0.0:80", "http://jianbao.lan", "jianbao.lan", True),
        ("0.0.0.0:80", "http://jianbao.lan", "10.1.2.3", False),
        ("10.1.2.3:8080", "http://jianbao.lan:8080", "10.1.2.3:8080", True),
        ("10.1.2.3:8080", "http://jianbao.lan:8080", "127.0.0.1:8080", False),
    ],
)
def test_only_the_hosts_of_the_configuration_are_answered(
    desk: DeskDriver, listen: str, public_url: str, host: str, known: bool
) -> None:
    settings = DeskSettings.model_validate({"listen": listen, "public_url": public_url})
    there = DeskDriver(at_desk(desk.office, settings))
    response = there.client.get("/login", headers={"Host": host})
    assert response.status_code == (200 if known else 400)
    assert response.headers["x-content-type-options"] == "nosniff"
