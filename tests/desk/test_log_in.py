"""Guessing passwords at the desk: soon refused, and nothing to learn from the answers."""

from __future__ import annotations

import re
from collections import Counter

from archive.schema import login_attempt
from service.people.accounts import invite
from tests.support.desk import DeskDriver
from tests.support.desk_routes import rows_of
from tests.support.people import PASSWORD, with_password

WRONG = "不是这个密码不是这个密码"
TYPED = "my-password-in-the-field-of-the-name"

_TOKENS = re.compile(r'(?<=name="csrf" value=")[^"]+|(?<="X-CSRF-Token": ")[^"]+')
"""The token of a form is masked anew in each answer."""


def test_ten_tries_are_looked_at_and_the_next_one_is_not(desk: DeskDriver) -> None:
    with_password(desk)
    answers = Counter(desk.post("/login", name="wang", password=f"{WRONG}{n}").status_code for n in range(11))
    assert answers == {403: 10, 429: 1}
    refused = desk.post("/login", name="wang", password=PASSWORD)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
    assert "请过 15 分钟再试" in refused.text


def test_browser_that_logged_in_before_still_does_while_strangers_are_refused(desk: DeskDriver) -> None:
    with_password(desk)
    assert desk.post("/login", name="wang", password=PASSWORD).status_code == 303
    desk.post("/logout")
    stranger = DeskDriver(desk.office)
    for _ in range(10):
        assert stranger.post("/login", name="wang", password=WRONG).status_code == 403
    assert stranger.post("/login", name="wang", password=PASSWORD).status_code == 429
    assert desk.post("/login", name="wang", password=PASSWORD).status_code == 303


def test_the_old_password_on_the_account_page_is_guessed_ten_times(desk: DeskDriver) -> None:
    with_password(desk)
    desk.login(name="wang")  # a session without a known browser, as a thief of its cookie has it
    other = "又一匹正确的马和电池"
    for number in range(10):
        assert desk.post("/account", old=f"{WRONG}{number}", password=other, again=other).status_code == 400
    refused = desk.post("/account", old=PASSWORD, password=other, again=other)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
    assert "试得太多了" in refused.text


def test_wrong_password_and_unknown_name_are_answered_alike(desk: DeskDriver) -> None:
    with_password(desk)
    with_password(desk, "gone")
    invite(desk.office, "wang", who="测试")
    desk.csrf  # noqa: B018 — one token for both pages
    for status in [403] * 10 + [429]:
        answers = [desk.post("/login", name=name, password=WRONG) for name in ("wang", "nobody")]
        assert [answer.status_code for answer in answers] == [status] * 2
        known, unknown = (_TOKENS.sub("", answer.text) for answer in answers)
        assert known.replace("wang", "nobody") == unknown


def test_name_that_was_typed_is_stored_nowhere(desk: DeskDriver) -> None:
    with_password(desk)
    for name in (TYPED, "wang"):
        assert desk.post("/login", name=name, password=WRONG).status_code == 403
    rows = rows_of(desk.office)
    assert [row[2] for row in rows[login_attempt.name]] == ["testclient"] * 2
    assert TYPED not in repr(rows)
    kept = b"".join(path.read_bytes() for path in desk.office.data_dir.rglob("*") if path.is_file())
    assert TYPED.encode() not in kept
