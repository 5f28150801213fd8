"""接口令牌 at the desk: a person makes a token with the password, sees it once, and revokes it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support.desk import DeskDriver
from tests.support.people import PASSWORD, with_password

ARTICLES = "/api/v1/bulletins/wuxing/articles"


@pytest.fixture
def wang(desk: DeskDriver) -> DeskDriver:
    """Somebody who is logged in with a password."""
    with_password(desk)
    assert desk.post("/login", name="wang", password=PASSWORD).status_code == 303
    assert desk.get("/account").status_code == 200  # the browser gets the CSRF cookie of the session
    return desk


def make(desk: DeskDriver, **changed: str) -> tuple[int, str]:
    """The status, and the token that the page shows."""
    form: dict[str, Any] = {"name": "OA", "scope": "read", "days": "90", "old": PASSWORD, **changed}
    answer = desk.post("/account/tokens", **form)
    shown = re.search(r"jianbao_[\w-]+", answer.text)
    return answer.status_code, shown.group() if shown else ""


def status_with(desk: DeskDriver, token: str) -> int:
    return int(desk.client.get(ARTICLES, headers={"authorization": f"Bearer {token}"}).status_code)


def test_a_token_is_shown_once_works_and_ends_when_it_is_revoked(wang: DeskDriver) -> None:
    status, token = make(wang)
    assert (status, status_with(wang, token)) == (200, 200)
    assert "OA" in wang.words("/account/tokens")
    assert token not in wang.get("/account/tokens").text
    assert wang.post("/account/tokens/1/revoke").headers["location"] == "/account/tokens"
    assert status_with(wang, token) == 401


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"old": "不是这个密码不是"}, "现在的密码不对"),
        ({"scope": ""}, "请至少选一种权限"),
        ({"name": " "}, "请写明谁用"),
        ({"days": "0"}, "有效期是 1 到"),
        ({"days": "1000"}, "有效期是 1 到"),
        ({"bulletin": "nowhere"}, "没有刊物 nowhere"),
    ],
)
def test_what_is_refused_gives_no_token_and_keeps_what_was_typed(
    wang: DeskDriver, changed: dict[str, str], why: str
) -> None:
    form: dict[str, Any] = {"name": "公文平台", "scope": "read", "days": "90", "old": PASSWORD, **changed}
    answer = wang.post("/account/tokens", **form)
    assert (answer.status_code, why in answer.text) == (400, True)
    assert "jianbao_" not in answer.text
    assert ("公文平台" in answer.text) == ("name" not in changed)


def test_nobody_revokes_the_token_of_another(wang: DeskDriver) -> None:
    _, token = make(wang)
    wang.login("admin")
    assert wang.post("/account/tokens/1/revoke").status_code == 404
    assert status_with(wang, token) == 200


def test_a_viewer_is_offered_reading_alone_and_an_approver_nothing(desk: DeskDriver) -> None:
    desk.login("viewer")
    assert "查看" in desk.words("/account/tokens")
    assert 'value="sign-off"' not in desk.get("/account/tokens").text
    desk.login("approver")
    assert desk.get("/account/tokens").status_code == 403
    assert "接口令牌" not in desk.words("/account")
