"""Requests that no page of ours sends: other hosts, other paths, too much, nothing sensible."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from desk.forms import LONGEST_BODY
from desk.page import is_path_of_ours
from tests.support.desk import DeskDriver
from tests.support.people import PASSWORD, with_password


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "javascript:alert(1)",
        "elsewhere",
        "",
    ],
)
def test_a_log_in_never_leads_to_another_site(desk: DeskDriver, wanted: str) -> None:
    with_password(desk)
    assert desk.post("/login", name="wang", password=PASSWORD, next=wanted).headers["location"] == "/"
    assert not is_path_of_ours(wanted)


def test_the_page_that_was_wanted_keeps_its_chinese_and_its_query(desk: DeskDriver) -> None:
    asked = desk.get("/account?q=%E4%BA%94%E5%9E%8B&page=2")
    [wanted] = desk.html(asked.headers["location"]).xpath("//input[@name='next']/@value")
    with_password(desk)
    done = desk.post("/login", name="wang", password=PASSWORD, next=wanted)
    assert done.headers["location"] == "/account?q=%E4%BA%94%E5%9E%8B&page=2"


def test_a_form_that_is_too_large_is_refused_before_it_is_read(desk: DeskDriver) -> None:
    """The stream would break the test when it is asked for a byte."""
    desk.login("admin")
    headers = {"Origin": desk.url, "X-CSRF-Token": desk.csrf, "Content-Length": str(LONGEST_BODY + 1)}
    response = desk.client.post("/people", content=unread(), headers=headers)
    assert response.status_code == 413
    assert "最多 20 MB" in response.text


def unread() -> Iterator[bytes]:
    yield from map(_read, range(1))


def _read(_piece: int) -> bytes:
    raise AssertionError("it was read")


def test_a_form_without_a_length_is_cut_off_at_the_limit(desk: DeskDriver) -> None:
    desk.login("admin")
    pieces = (b"a=" + b"x" * 1_000_000 for _ in range(25))
    headers = {
        "Origin": desk.url,
        "X-CSRF-Token": desk.csrf,
        "Content-Type": "multipart/form-data; boundary=b",
    }
    assert desk.client.post("/people", content=pieces, headers=headers).status_code in (400, 413)


def test_a_stranger_may_not_send_much(desk: DeskDriver) -> None:
    assert desk.post("/login", name="x" * 70_000, password="x").status_code == 413


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml"])
def test_request_that_is_no_form_is_refused(desk: DeskDriver, kind: str) -> None:
    desk.login("admin")
    headers = {"Origin": desk.url, "X-CSRF-Token": desk.csrf, "Content-Type": kind}
    assert desk.client.post("/people", content=b"{}", headers=headers).status_code == 400


def test_a_number_that_no_database_has_is_not_found(desk: DeskDriver) -> None:
    desk.login("admin")
    assert desk.post(f"/people/{10**30}/disable").status_code == 404
    assert desk.post(f"/people/{10**6}/disable").status_code == 404
    assert desk.post(f"/people/{'9' * 5_000}/disable").status_code == 404


@pytest.mark.parametrize("number", ["²", "９", "9" * 5_000, "-1"])
@pytest.mark.parametrize("page", ["changes?before=", "letters?before=", "past?year=", "articles/1/compare?from="])
def test_query_that_is_no_number_is_ignored(desk: DeskDriver, page: str, number: str) -> None:
    desk.hand_in("甲文")
    desk.login("admin")
    assert desk.get(f"/b/wuxing/{page}{quote(number)}").status_code == 200


@pytest.mark.parametrize("number", ["²", "９", "9" * 5_000, "-1"])
def test_form_field_that_is_no_number_is_refused(desk: DeskDriver, number: str) -> None:
    desk.login("admin")
    assert desk.post("/b/wuxing/issue/arrange", article=f"{number}:1:").status_code == 400
    assert desk.post("/state/resend", letter=number).status_code == 400


@pytest.mark.parametrize("length", ["²", "9" * 5_000, "-1", ""])
def test_a_length_that_is_no_number_is_refused_before_anything_is_read(desk: DeskDriver, length: str) -> None:
    desk.login("admin")
    headers = {"Origin": desk.url, "X-CSRF-Token": desk.csrf, "Content-Length": length}
    raw = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    assert desk.client.post("/people", content=unread(), headers=raw).status_code == 413


def test_a_method_that_is_not_meant_is_refused(desk: DeskDriver) -> None:
    desk.login("admin")
    assert desk.client.put("/people").status_code == 405
    assert desk.client.delete("/account").status_code == 405
    assert desk.get("/logout").status_code == 405


def test_head_is_answered_as_get_without_a_body(desk: DeskDriver) -> None:
    response = desk.client.head("/login")
    assert (response.status_code, response.content) == (200, b"")
