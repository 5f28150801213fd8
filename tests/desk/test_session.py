"""Being logged in: what the browser keeps, how long it holds, and what ends it."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import Morsel, SimpleCookie
from typing import Any

import pytest
from sqlalchemy import select, update

from archive.schema import account, desk_session, invitation
from service.office import Office
from service.people.accounts import add_user, change_password, set_disabled, set_role
from settings.model import DeskSettings
from tests.desk.test_second_factor import Phone
from tests.support.desk import DeskDriver, at_desk, somebody
from tests.support.ledger_rows import AT
from tests.support.people import CLIENT, PASSWORD, path_of, with_password
from values.account import Role

SESSION = "jianbao-session"


@pytest.fixture
def behind_tls(office: Office) -> DeskDriver:
    """As a browser sees it behind a proxy that does TLS."""
    desk = DeskSettings.model_validate({"listen": "127.0.0.1:8080", "public_url": "https://jianbao.example.org"})
    return DeskDriver(at_desk(office, desk))


def cookies_set(response: Any) -> dict[str, Morsel[str]]:
    found: dict[str, Morsel[str]] = {}
    for line in response.headers.get_list("set-cookie"):
        found.update(SimpleCookie(line))
    return found


def test_log_in_gives_a_new_session_whatever_the_browser_had_before(desk: DeskDriver) -> None:
    """A cookie that somebody else has put there does not become the session (fixation)."""
    with_password(desk)
    desk.client.cookies.set(SESSION, "preset-by-somebody-else")
    done = desk.post("/login", name="wang", password=PASSWORD)
    token = cookies_set(done)[SESSION].value
    assert token != "preset-by-somebody-else"
    assert len(token) >= 43
    assert desk.get("/account").status_code == 200
    again = desk.post("/login", name="wang", password=PASSWORD)
    assert cookies_set(again)[SESSION].value != token
    assert visit_with(desk, token) == 303, "the session of before has ended"


def visit_with(desk: DeskDriver, token: str) -> int:
    """The status of a page for somebody who has that session's cookie only."""
    stranger = DeskDriver(desk.office)
    stranger.client.cookies.set(SESSION, token)
    return int(stranger.get("/account").status_code)


def test_a_session_that_was_logged_out_cannot_be_replayed(desk: DeskDriver) -> None:
    desk.login()
    token = desk.client.cookies[SESSION]
    assert visit_with(desk, token) == 200
    desk.post("/logout")
    assert visit_with(desk, token) == 303


@pytest.mark.parametrize(("idle", "status"), [(29, 200), (30, 303)])
def test_a_session_ends_after_half_an_hour_of_nothing(desk: DeskDriver, idle: int, status: int) -> None:
    desk.login()
    desk.clock.now = AT + timedelta(minutes=idle)
    assert desk.get("/account").status_code == status


@pytest.mark.parametrize(
    "path", ["/b/wuxing/issue/preview", "/b/wuxing/issue/list", "/b/wuxing/issue/supplement/preview", "/state/check"]
)
def test_what_an_open_page_asks_by_itself_keeps_no_session_open(desk: DeskDriver, path: str) -> None:
    desk.login()
    for minutes in range(2, 30, 3):
        desk.clock.now = AT + timedelta(minutes=minutes)
        assert desk.get(path, htmx=True).status_code == 200
    desk.clock.now = AT + timedelta(minutes=30)
    assert desk.get(path, htmx=True).status_code == 401


def test_a_session_that_is_used_lasts_twelve_hours_and_no_longer(desk: DeskDriver) -> None:
    desk.login()
    for minutes in range(20, 12 * 60, 20):
        desk.clock.now = AT + timedelta(minutes=minutes)
        assert desk.get("/account").status_code == 200
    desk.clock.now = AT + timedelta(hours=12)
    assert desk.get("/account").status_code == 303


def with_settings(office: Office, **more: object) -> DeskDriver:
    """A desk over the office with other settings of [desk]."""
    return DeskDriver(at_desk(office, office.settings.desk.model_copy(update=more)))


def test_idle_time_is_a_setting(office: Office) -> None:
    desk = with_settings(office, idle_minutes=5)
    desk.login()
    desk.clock.now = AT + timedelta(minutes=4, seconds=59)
    assert desk.get("/account").status_code == 200
    desk.clock.now += timedelta(minutes=5)
    assert desk.get("/account").status_code == 303


@pytest.mark.parametrize("one_session", [False, True])
def test_with_one_session_a_log_in_ends_the_earlier_one(office: Office, one_session: bool) -> None:
    desk, elsewhere = with_settings(office, one_session=one_session), with_settings(office, one_session=one_session)
    with_password(desk)
    other = elsewhere.login("viewer")
    assert desk.post("/login", name="wang", password=PASSWORD).status_code == 303
    token = desk.client.cookies[SESSION]
    assert elsewhere.get("/account").status_code == 200, f"the session of {other.name} is not of that account"
    elsewhere.logout()
    assert elsewhere.post("/login", name="wang", password=PASSWORD).status_code == 303
    assert visit_with(desk, token) == (303 if one_session else 200)
    assert elsewhere.get("/account").status_code == 200


def test_expired_password_is_replaced_before_anything_else(office: Office) -> None:
    desk = with_settings(office, password_days=90)
    with_password(desk, "zhao", Role.ADMIN)
    desk.post("/login", name="zhao", password=PASSWORD)
    assert desk.get("/people").status_code == 200
    desk.clock.now = AT + timedelta(days=90)
    assert desk.post("/login", name="zhao", password=PASSWORD).status_code == 303
    for path in ("/people", "/", "/b/wuxing/issue"):
        assert desk.get(path).headers["location"] == "/account"
    assert "密码用得太久了，要先换一个" in desk.words("/account")
    refused = desk.post("/people", name="li", display_name="李", role="viewer")
    assert (refused.status_code, "密码用得太久了" in refused.text) == (403, True)
    assert 'name="display_name" value="李"' in refused.text, "what was typed is not lost"
    assert desk.post("/people/1/disable", htmx=True).headers["hx-redirect"] == "/account"
    assert "和现在的一样" in desk.post("/account", old=PASSWORD, password=PASSWORD, again=PASSWORD).text
    other = "又一匹正确的马和电池"
    assert desk.post("/account", old=PASSWORD, password=other, again=other).status_code == 303
    assert desk.get("/people").status_code == 200
    desk.post("/logout")
    assert desk.post("/login", name="zhao", password=other).status_code == 303
    assert desk.get("/people").status_code == 200


def test_password_of_an_earlier_version_is_as_old_as_its_account(office: Office) -> None:
    desk = with_settings(office, password_days=90)
    with_password(desk)
    with office.ledger.writing() as ledger:
        ledger.sql.execute(update(account).values(password_set_at=None))
    desk.clock.now = AT + timedelta(days=90)
    desk.post("/login", name="wang", password=PASSWORD)
    assert desk.get("/b/wuxing/issue").headers["location"] == "/account"


def test_a_change_of_role_ends_the_sessions_and_the_next_has_the_new_role(desk: DeskDriver) -> None:
    person = desk.login("editor")
    assert desk.get("/people").status_code == 403
    set_role(desk.office, person.name, Role.ADMIN, who="测试")
    assert desk.get("/people").status_code == 303
    desk.login("editor")
    assert desk.get("/people").status_code == 200


def test_disabled_account_is_logged_out_at_once(desk: DeskDriver) -> None:
    person = desk.login("editor")
    set_disabled(desk.office, person.name, True, who="测试")
    assert desk.get("/account").status_code == 303


def test_a_new_password_ends_the_sessions_elsewhere(desk: DeskDriver) -> None:
    with_password(desk)
    desk.post("/login", name="wang", password=PASSWORD)
    here = desk.client.cookies[SESSION]
    change_password(desk.office, somebody(desk.office, Role.EDITOR, "wang"), PASSWORD, "另外一个很长的新密码", CLIENT)
    assert visit_with(desk, here) == 303


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(desk: DeskDriver) -> None:
    with_password(desk)
    csrf = cookies_set(DeskDriver(desk.office).get("/login"))["jianbao-csrf"]
    assert (csrf["samesite"], csrf["httponly"], csrf["secure"], csrf["path"]) == ("strict", True, "", "/")
    session = cookies_set(desk.post("/login", name="wang", password=PASSWORD))[SESSION]
    assert (session["samesite"], session["httponly"], session["secure"], session["path"]) == ("lax", True, "", "/")
    assert (session["domain"], session["max-age"], session["expires"]) == ("", "", "")


def test_with_tls_cookies_belong_to_this_host_and_go_encrypted_only(behind_tls: DeskDriver) -> None:
    with_password(behind_tls)
    done = behind_tls.post("/login", name="wang", password=PASSWORD)
    cookies = cookies_set(done)
    assert cookies.keys() == {f"__Host-{SESSION}", "__Host-jianbao-browser"}
    assert {(cookie["secure"], cookie["path"], cookie["domain"]) for cookie in cookies.values()} == {(True, "/", "")}
    session = cookies[f"__Host-{SESSION}"]
    response = behind_tls.get("/account")
    assert {name: bool(morsel["secure"]) for name, morsel in cookies_set(response).items()} == {
        "__Host-jianbao-csrf": True
    }
    assert response.headers["strict-transport-security"] == "max-age=31536000"
    behind_tls.client.cookies.clear()
    behind_tls.client.cookies.set(SESSION, session.value)
    assert behind_tls.get("/account").status_code == 303, "the plain name is worth nothing"


def test_the_ledger_has_no_token_that_logs_anybody_in(desk: DeskDriver) -> None:
    link = add_user(desk.office, "wang", Role.EDITOR, who="测试").url
    desk.post(path_of(link), password=PASSWORD, again=PASSWORD)
    token = desk.client.cookies[SESSION]
    with desk.office.ledger.reading() as ledger:
        kept = repr([*ledger.sql.execute(select(desk_session)), *ledger.sql.execute(select(invitation))])
    assert token not in kept
    assert link.rpartition("/")[2] not in kept


def test_a_link_sets_a_password_once_within_a_day(desk: DeskDriver) -> None:
    link = path_of(add_user(desk.office, "wang", Role.EDITOR, who="测试").url)
    assert desk.post(link, password="短", again="短").status_code == 400
    assert desk.post(link, password=PASSWORD, again=PASSWORD + "一").status_code == 400
    assert desk.post(link, password=PASSWORD, again=PASSWORD).status_code == 303
    assert desk.get(link).status_code == 400
    late = path_of(add_user(desk.office, "li", Role.EDITOR, who="测试").url)
    desk.clock.now = AT + timedelta(hours=24)
    assert "已经用过或过期了" in desk.get(late).text
    assert desk.post(late, password=PASSWORD, again=PASSWORD).status_code == 400


def test_every_cookie_that_ends_behind_tls_is_deleted_with_secure(behind_tls: DeskDriver) -> None:
    """A browser ignores what is set under a name with __Host- and without Secure (RFC 6265bis 5.7), and keeps the old
    value: a proof of the password would outlive the log-out."""
    with_password(behind_tls)
    behind_tls.post("/login", name="wang", password=PASSWORD)
    behind_tls.get("/account")
    behind_tls.post("/account/second-factor", old=PASSWORD)
    phone = Phone(behind_tls)
    behind_tls.post("/account/second-factor/confirm", code=phone.code())
    logged_out = behind_tls.post("/logout")
    behind_tls.post("/login", name="wang", password=PASSWORD)
    logged_in = behind_tls.post("/login/code", code=phone.code())
    ended = [
        (name, bool(cookie["secure"]))
        for response in (logged_out, logged_in)
        for name, cookie in cookies_set(response).items()
        if not cookie.value
    ]
    assert ended == [("__Host-jianbao-session", True), ("__Host-jianbao-proof", True)]
