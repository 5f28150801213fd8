"""Every route of the desk, one after the other: who gets in, what a form must bring, what a page may not do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from service.issue.assemble import assemble
from service.office import Office
from tests.support.desk import DeskDriver
from tests.support.desk_routes import SampleRequest, files_of, guarded_requests, mounts, rows_of, unguarded
from tests.support.ledger_rows import AT, keep_letter
from tests.support.offices import bulletin, hand_in, office_at, write_config
from values.account import Role

EVERYTHING = guarded_requests()
CLOSED = [step for step in EVERYTHING if step.role is not None]
FORMS = [step for step in EVERYTHING if step.method == "POST"]
PAGES = [step for step in EVERYTHING if step.method == "GET"]
SECRET = "SECRETCODE-that-opens-the-mailbox"
FOR_EVERYBODY = {
    "GET /login",
    "POST /login",
    "GET /login/oidc",
    "GET /login/oidc/callback",
    "GET /login/oidc/ended",
    "GET /login/code",
    "POST /login/code",
    "GET /invitation/{token}",
    "POST /invitation/{token}",
    "GET /approve/{token}",
    "POST /approve/{token}",
    "GET /approve/{token}/pictures/{sha256}",
    "GET /approve/{token}/pdf",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /b/{bulletin}/feed",
    "GET /b/{bulletin}/feed/{issue:int}/{kind}",
}
FOR_ONESELF = {
    "POST /logout",
    "POST /account",
    "POST /account/log-out-elsewhere",
    "POST /account/second-factor",
    "POST /account/second-factor/confirm",
    "POST /account/second-factor/codes",
    "POST /account/second-factor/off",
    "POST /account/tokens",
    "POST /account/tokens/{token_id:int}/revoke",
}
"""What also somebody who may only look may do: with his own account."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """With a little of everything in it; no test here changes it."""
    config = "[desk]\nmetrics = true\n" + bulletin()
    home = tmp_path_factory.mktemp("walk")
    with office_at(write_config(home / "office", config), AT, JIANBAO_IMAP_PASSWORD=SECRET) as opened:
        hand_in(opened, "甲", "乙")
        with opened.ledger.writing() as ledger:
            keep_letter(ledger, "未读")
        assemble(opened, opened.bulletin(None), date(2022, 11, 8))
        yield opened


@pytest.fixture(scope="module")
def people(office: Office) -> dict[str, DeskDriver]:
    """Somebody of each role; "": nobody in particular."""
    drivers = {role: DeskDriver(office) for role in ("", *Role)}
    for role in Role:
        drivers[role].login(role)
    return drivers


def ask(driver: DeskDriver, step: SampleRequest, **headers: str) -> int:
    """The status of the answer; a form is sent as one of our pages would, but for `headers`."""
    if step.method == "GET":
        return int(driver.client.get(step.path, headers=headers).status_code)
    headers = {"Origin": driver.url, "X-CSRF-Token": driver.csrf, **headers}
    return int(driver.client.post(step.path, headers=headers).status_code)


def test_every_view_stands_behind_a_guard() -> None:
    assert mounts() == ["/static", "/api/v1"]  # the API has a guard of its own: tests/desk/api/test_door.py
    assert len(unguarded()) == 2


def test_only_the_door_and_the_monitors_are_for_everybody() -> None:
    assert {str(step) for step in EVERYTHING if step.role is None} == FOR_EVERYBODY


APPROVING = {"POST /b/{bulletin}/approvals/{issue:int}"}
"""Open to every role, and answered only for people whom a step names."""


def test_auditor_and_viewer_change_nothing_but_their_own_account() -> None:
    forms = {str(step) for step in FORMS if step.role in (Role.APPROVER, Role.AUDITOR, Role.VIEWER)}
    assert forms == FOR_ONESELF | APPROVING


def test_approver_reads_what_waits_for_this_person_and_nothing_else(people: dict[str, DeskDriver]) -> None:
    pages = {str(step) for step in PAGES if step.role is Role.APPROVER and not step.path.startswith("/account")}
    assert pages == {
        "GET /",
        "GET /approvals",
        "GET /b/{bulletin}/approvals/{issue:int}",
        "GET /b/{bulletin}/approvals/{issue:int}/pictures/{sha256}",
        "GET /b/{bulletin}/approvals/{issue:int}/pdf",
    }
    approver = people[Role.APPROVER]
    assert approver.get("/").headers["location"] == "/approvals"
    assert approver.html("/approvals").xpath("//nav[@class='tabs']//a/text()") == ["审核"]


@pytest.mark.parametrize("step", [step for step in EVERYTHING if "/approvals/" in step.path], ids=str)
def test_a_draft_is_there_for_nobody_whom_no_step_names(office: Office, step: SampleRequest) -> None:
    drivers = {role: DeskDriver(office) for role in Role}
    for role, driver in drivers.items():
        driver.login(role)
    before = rows_of(office)
    assert {role: ask(driver, step) for role, driver in drivers.items()} == dict.fromkeys(Role, 404)
    assert rows_of(office) == before


def test_auditor_reads_the_record_and_nothing_else(people: dict[str, DeskDriver]) -> None:
    pages = {str(step) for step in PAGES if step.role is Role.AUDITOR and not step.path.startswith("/account")}
    assert pages == {"GET /b/{bulletin}/changes"}
    auditor = people[Role.AUDITOR]
    assert auditor.get("/").headers["location"] == "/b/wuxing/changes"
    assert auditor.html("/b/wuxing/changes").xpath("//nav[@class='tabs']//a/text()") == ["变更记录"]


@pytest.mark.parametrize("step", CLOSED, ids=str)
def test_a_stranger_is_sent_to_the_login(people: dict[str, DeskDriver], step: SampleRequest) -> None:
    stranger = people[""]
    assert ask(stranger, step) == (303 if step.method == "GET" else 401)
    if step.method == "GET":
        assert stranger.get(step.path).headers["location"].startswith("/login")


@pytest.mark.parametrize("step", [step for step in CLOSED if step.role is not Role.APPROVER], ids=str)
def test_a_role_that_is_too_low_is_refused_whether_or_not_the_thing_is_there(
    people: dict[str, DeskDriver], step: SampleRequest
) -> None:
    too_low = [role for role in Role if not role.includes(step.role or Role.AUDITOR)]
    assert {role: ask(people[role], step) for role in too_low} == dict.fromkeys(too_low, 403)


@pytest.mark.parametrize("step", PAGES, ids=str)
def test_a_page_can_be_read_and_changes_nothing(people: dict[str, DeskDriver], step: SampleRequest) -> None:
    admin = people[Role.ADMIN]
    before = changeable_rows(admin), files_of(admin.office)
    response = admin.get(step.path)
    assert response.status_code == 401 if "/feed" in step.path else response.status_code in (200, 303, 400, 404)
    assert (changeable_rows(admin), files_of(admin.office)) == before
    assert SECRET not in response.text


def changeable_rows(desk: DeskDriver) -> dict[str, list[tuple[Any, ...]]]:
    """All rows but those that say only who has looked at or downloaded what: that is recorded by looking."""
    rows = {name: rows for name, rows in rows_of(desk.office).items() if name != "article_look"}
    return {**rows, "change": [row for row in rows["change"] if "download" not in row]}


@pytest.mark.parametrize("step", FORMS, ids=str)
def test_a_form_without_token_with_a_foreign_one_or_from_elsewhere_is_refused(
    people: dict[str, DeskDriver], step: SampleRequest
) -> None:
    admin, other = people[Role.ADMIN], people[Role.EDITOR]
    before = rows_of(admin.office)
    forged = (
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": other.csrf},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Cookie": ""},
    )
    assert {str(headers): ask(admin, step, **headers) for headers in forged[:-1]} == {
        str(headers): 403 for headers in forged[:-1]
    }
    assert ask(admin, step, Cookie="") == (403 if step.role is None else 401)
    assert rows_of(admin.office) == before


@pytest.mark.parametrize("step", EVERYTHING, ids=str)
def test_every_answer_has_the_headers_of_the_house(people: dict[str, DeskDriver], step: SampleRequest) -> None:
    for driver in (people[""], people[Role.ADMIN]):
        headers = driver.client.request("GET", step.path).headers  # of a form's address, the refusal
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert scripts_of(policy) <= {"'self'", "'sha256"}
        assert headers["x-content-type-options"] == "nosniff"
        # The feed's address may have a token.
        assert headers["referrer-policy"] == ("no-referrer" if "/feed" in step.path else "same-origin")
        assert headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in headers
        assert "server" not in headers


def scripts_of(policy: str) -> set[str]:
    """Where scripts may come from; of a script known by its hash, the word only."""
    directives = {name: sources for name, *sources in map(str.split, policy.split("; "))}
    return {source.partition("-")[0] for source in directives.get("script-src", [])}


@pytest.mark.parametrize("path", ["/nothing", "/b/wuxing/nothing", "/static/nothing.js", "/static/..%2f..%2fbase.html"])
def test_missing_page_is_404_with_the_security_headers(people: dict[str, DeskDriver], path: str) -> None:
    response = people[""].get(path)
    assert response.status_code == 404
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
