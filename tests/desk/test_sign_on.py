"""统一登录 at a real provider: who gets in as what, and every way that is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from archive import accounts, external_identities
from archive.changes import ChangeFilter, changes
from desk.pages import sign_on as sign_on_pages
from desk.session import cookie_names
from service.office import Office
from service.people.accounts import set_disabled
from service.sign_on.complete import link_account
from service.sign_on.failures import SignOnFailure
from service.sign_on.started import LIFETIME
from tests.support.desk import DeskDriver, somebody
from tests.support.ledger_rows import AT
from tests.support.offices import bulletin, office_at, write_config
from tests.support.oidc import path_back, provider_process, sign_on
from tests.support.running import free_port
from values.account import Role
from values.errors import BadUsage

ROLES = 'roles = { "简报管理" = "admin", "简报编辑" = "editor" }\n'


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider_process() as issuer:
        yield issuer


# The desk's clock begins at the real time, which the provider's tokens have.


def config(issuer: str, more: str = ROLES, desk: str = "") -> str:
    table = f'[desk]\n{desk}[desk.oidc]\nissuer = "{issuer}"\nclient_id = "jianbao"\n'
    return table + more + bulletin()


@pytest.fixture
def office(issuer: str, tmp_path: Path) -> Iterator[Office]:
    with office_at(
        write_config(tmp_path / "office", config(issuer)), datetime.now(UTC), JIANBAO_OIDC_SECRET="s"
    ) as opened:
        yield opened


@pytest.fixture
def unlinked(issuer: str, tmp_path: Path) -> Iterator[DeskDriver]:
    """A desk without roles of groups: accounts are linked by an administrator."""
    path = write_config(tmp_path / "office", config(issuer, more="", desk='second_factor = "required"\n'))
    with office_at(path, datetime.now(UTC), JIANBAO_OIDC_SECRET="s") as opened:
        driver = DeskDriver(opened)
        yield driver
        driver.close()


def accounts_of(desk: DeskDriver) -> dict[str, Role]:
    with desk.office.ledger.reading() as ledger:
        return {account.name: account.role for account in accounts.accounts(ledger)}


def lines(desk: DeskDriver) -> list[str]:
    with desk.office.ledger.reading() as ledger:
        return [change.summary for change in changes(ledger, ChangeFilter(subject="login"))]


def assert_refused(answer: Any, failure: SignOnFailure, desk: DeskDriver) -> None:
    assert answer.status_code == (503 if failure is SignOnFailure.UNAVAILABLE else 403)
    assert failure.value in answer.text
    assert cookie_names(desk.office).session not in answer.cookies
    # Refusals of the same minute have one line.
    assert [line for line in lines(desk) if line.startswith("登录失败")]


def test_a_person_of_a_group_logs_in_and_goes_on_to_the_page_that_was_asked_for(desk: DeskDriver) -> None:
    answer = sign_on(desk, "s-editor", "/b/wuxing/past?year=2022")
    assert (answer.status_code, answer.headers["location"]) == (303, "/b/wuxing/past?year=2022")
    assert desk.get("/b/wuxing/past").status_code == 200
    assert "王编辑" in desk.words("/account")
    assert accounts_of(desk) == {"wang": Role.EDITOR}
    assert lines(desk)[0].endswith("，由统一登录")


def test_the_same_person_gets_the_same_account_and_the_role_of_today(desk: DeskDriver) -> None:
    sign_on(desk, "s-admin")
    assert accounts_of(desk) == {"zhao": Role.ADMIN}
    somebody(desk.office, Role.ADMIN, "emergency")
    with desk.office.ledger.writing() as ledger:
        record = accounts.account_named(ledger, "zhao")
        assert record
        accounts.set_role(ledger, record.id, Role.EDITOR)
    other = DeskDriver(desk.office)
    sign_on(other, "s-admin")
    assert accounts_of(desk)["zhao"] is Role.ADMIN
    assert desk.get("/account").status_code == 303  # the session with the former role has ended
    other.close()


def test_a_name_of_the_provider_never_takes_over_an_account(desk: DeskDriver) -> None:
    somebody(desk.office, Role.VIEWER, "wang")
    sign_on(desk, "s-editor")
    assert accounts_of(desk) == {"wang": Role.VIEWER, "wang-2": Role.EDITOR}
    other = DeskDriver(desk.office)
    sign_on(other, "s-strange")
    [name] = accounts_of(desk).keys() - {"wang", "wang-2"}
    assert name.startswith(("..b", "oidc-"))
    other.close()


def test_whoever_has_no_group_is_refused_and_loses_what_is_open(desk: DeskDriver) -> None:
    assert_refused(sign_on(desk, "s-nobody"), SignOnFailure.NO_ROLE, desk)
    assert accounts_of(desk) == {}
    person = desk.login("editor")
    issuer = desk.office.settings.desk.oidc
    assert issuer
    with desk.office.ledger.writing() as ledger:
        external_identities.link(ledger, issuer.issuer, "s-nobody", person.id, at=AT)
    other = DeskDriver(desk.office)
    assert_refused(sign_on(other, "s-nobody"), SignOnFailure.NO_ROLE, other)
    assert desk.get("/account").status_code == 303
    other.close()


def test_a_disabled_account_stays_disabled(desk: DeskDriver) -> None:
    sign_on(desk, "s-editor")
    set_disabled(desk.office, "wang", True, who="赵管理")
    assert_refused(sign_on(desk, "s-editor"), SignOnFailure.DISABLED, desk)


def test_the_only_administrator_is_not_demoted_by_a_group(desk: DeskDriver) -> None:
    sign_on(desk, "s-editor")
    with desk.office.ledger.writing() as ledger:
        record = accounts.account_named(ledger, "wang")
        assert record
        accounts.set_role(ledger, record.id, Role.ADMIN)
    assert_refused(sign_on(desk, "s-editor"), SignOnFailure.ROLE_KEPT, desk)
    assert accounts_of(desk) == {"wang": Role.ADMIN}


def test_a_callback_is_good_once_in_its_own_browser_and_for_ten_minutes(desk: DeskDriver) -> None:
    start = desk.get("/login/oidc")
    path = path_back(start.headers["location"], "s-editor")
    stranger = DeskDriver(desk.office)
    assert_refused(stranger.get(path), SignOnFailure.STATE, stranger)
    kept = dict(desk.client.cookies)
    assert desk.get(path).status_code == 303
    assert_refused(desk.get(path), SignOnFailure.STATE, desk)
    for name, value in kept.items():  # somebody who has kept the cookie replays it: the code is used up
        stranger.client.cookies.set(name, value)
    assert_refused(stranger.get(path), SignOnFailure.CODE, stranger)
    late = path_back(desk.get("/login/oidc").headers["location"], "s-editor")
    desk.clock.now += LIFETIME + timedelta(seconds=1)
    assert_refused(desk.get(late), SignOnFailure.STATE, desk)
    stranger.close()


def test_two_tabs_do_not_meet(desk: DeskDriver) -> None:
    first = desk.get("/login/oidc?next=/b/wuxing/past").headers["location"]
    second = desk.get("/login/oidc?next=/b/wuxing/letters").headers["location"]
    of_first, of_second = path_back(first, "s-editor"), path_back(second, "s-admin")
    code = parse_qs(urlsplit(of_second).query)["code"][0]
    state = parse_qs(urlsplit(of_first).query)["state"][0]
    # The code of one with the state of the other: the verifier does not fit, or else the nonce does not.
    mixed = desk.get(f"/login/oidc/callback?code={code}&state={state}")
    assert mixed.status_code == 403
    assert accounts_of(desk) == {}
    third = desk.get("/login/oidc?next=/b/wuxing/letters").headers["location"]
    assert desk.get(of_first).status_code == 403  # its cookie went with the mixed one
    assert desk.get(path_back(third, "s-admin")).headers["location"] == "/b/wuxing/letters"


@pytest.mark.parametrize(
    "query", ["", "code=x", "state=x&code=x", "error=access_denied", "state=%00&code=x", "state=中&error=y"]
)
def test_a_callback_out_of_nowhere_is_refused(desk: DeskDriver, query: str) -> None:
    assert_refused(desk.get(f"/login/oidc/callback?{query}"), SignOnFailure.STATE, desk)


def test_an_answer_of_another_issuer_and_a_refusal_are_no_log_in(desk: DeskDriver) -> None:
    for more, failure in (("&iss=https://evil.example", SignOnFailure.STATE), ("", SignOnFailure.CODE)):
        state = parse_qs(urlsplit(desk.get("/login/oidc").headers["location"]).query)["state"][0]
        assert_refused(desk.get(f"/login/oidc/callback?state={state}&code=guessed{more}"), failure, desk)
    denied = path_back(desk.get("/login/oidc").headers["location"], "s-editor", action="deny")
    state = parse_qs(urlsplit(desk.get("/login/oidc").headers["location"]).query)["state"][0]
    error = parse_qs(urlsplit(denied).query)["error"][0]
    assert_refused(desk.get(f"/login/oidc/callback?state={state}&error={error}"), SignOnFailure.DENIED, desk)


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example/", "/\\evil.example", "/\n/evil", "x", ""])
def test_next_never_leads_elsewhere(desk: DeskDriver, path: str) -> None:
    assert sign_on(desk, "s-editor", path).headers["location"] == "/"


def test_the_log_in_page_has_one_primary_button_and_passwords_stay(desk: DeskDriver) -> None:
    page = desk.html("/login?next=/b/wuxing/past")
    [button] = page.xpath("//main//a[@class='button']")
    assert (button.text, button.get("href")) == ("统一登录", "/login/oidc?next=/b/wuxing/past")
    assert [item.get("class") for item in page.xpath("//main//form//button")] == ["second"]
    assert page.xpath("//details//input[@type='password']")


def test_after_the_log_out_the_provider_s_own_is_offered(desk: DeskDriver) -> None:
    sign_on(desk, "s-editor")
    out = desk.post("/logout")
    assert out.headers["location"] == "/login/oidc/ended"
    [link] = desk.html("/login/oidc/ended").xpath("//main//a[@class='button']/@href")
    sent = parse_qs(urlsplit(link).query)
    assert sent == {"client_id": ["jianbao"], "post_logout_redirect_uri": [f"{desk.url}/login"]}
    desk.login("viewer")  # by password: nothing to end elsewhere
    assert desk.post("/logout").headers["location"] == "/login"


def test_sessions_of_the_provider_end_like_others(desk: DeskDriver) -> None:
    sign_on(desk, "s-editor")
    desk.clock.now += timedelta(minutes=31)
    assert desk.get("/account").status_code == 303


def test_without_roles_only_linked_accounts_log_in_with_their_own_role(unlinked: DeskDriver) -> None:
    assert_refused(sign_on(unlinked, "s-editor"), SignOnFailure.NO_ACCOUNT, unlinked)
    assert accounts_of(unlinked) == {}
    somebody(unlinked.office, Role.VIEWER, "wang")
    link_account(unlinked.office, "wang", "s-editor", who="赵管理")
    assert sign_on(unlinked, "s-editor").status_code == 303
    assert accounts_of(unlinked) == {"wang": Role.VIEWER}
    assert unlinked.get("/b/wuxing/past").status_code == 200  # the second factor is the provider's affair


@pytest.mark.parametrize(
    ("name", "subject", "words"),
    [("nobody", "s", "没有用户 nobody"), ("li", " ", "编号"), ("li", "x" * 256, "255"), ("li", "s-editor", "wang")],
)
def test_a_link_is_refused_where_it_would_be_wrong(unlinked: DeskDriver, name: str, subject: str, words: str) -> None:
    somebody(unlinked.office, Role.VIEWER, "wang")
    somebody(unlinked.office, Role.VIEWER, "li")
    link_account(unlinked.office, "wang", "s-editor", who="赵管理")
    with pytest.raises(BadUsage, match=words):
        link_account(unlinked.office, name, subject, who="赵管理")


def test_a_provider_that_is_down_leaves_the_password(tmp_path: Path) -> None:
    path = write_config(tmp_path / "down", config(f"http://127.0.0.1:{free_port()}"))
    with office_at(path, datetime.now(UTC), JIANBAO_OIDC_SECRET="s") as opened:
        driver = DeskDriver(opened)
        assert_refused(driver.get("/login/oidc"), SignOnFailure.UNAVAILABLE, driver)
        assert driver.get("/login").status_code == 200
        driver.close()


def test_the_page_after_a_log_out_waits_for_the_provider_in_turn(
    desk: DeskDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens it, logged in or not, holds no thread while others wait; the link is left out then."""
    assert desk.html("/login/oidc/ended").xpath("//main//a[@class='button']")
    monkeypatch.setattr(sign_on_pages, "_waiting", BoundedSemaphore(1))
    with sign_on_pages._waiting:
        page = desk.html("/login/oidc/ended")
    assert not [url for url in page.xpath("//main//a/@href") if "post_logout" in url]
