"""A browser keeps a signed list of the accounts that have logged in there."""

from __future__ import annotations

import pytest

from service.people.known_browser import KnownBrowser, browser_token, known_browser
from service.people.signatures import signed

KEY = b"k" * 32
UNKNOWN = KnownBrowser("", ())


def test_token_is_read_back() -> None:
    browser = UNKNOWN.with_account(7, "b1")
    assert known_browser(KEY, browser_token(KEY, browser)) == browser == KnownBrowser("b1", (7,))


def test_browser_keeps_its_id_and_the_latest_accounts() -> None:
    browser = UNKNOWN
    for account_id in [*range(10), 3]:
        browser = browser.with_account(account_id, f"b{account_id}")
    assert browser == KnownBrowser("b0", (2, 4, 5, 6, 7, 8, 9, 3))


@pytest.mark.parametrize(
    "token",
    [
        "",
        "b1.7",
        "b1.7." + "0" * 64,
        browser_token(b"x" * 32, KnownBrowser("b1", (7,))),
        browser_token(KEY, KnownBrowser("b1", (7,))).replace(".7.", ".8."),
        signed(KEY, "another purpose", "b1.7"),
        "é" * 80,
        "b1.7." + "0" * 5000,
    ],
)
def test_token_that_is_not_ours_is_no_known_browser(token: str) -> None:
    assert known_browser(KEY, token) == UNKNOWN
