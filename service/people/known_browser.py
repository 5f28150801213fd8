"""Browsers in which somebody has logged in: each has a count of refused attempts of its own.

So strangers who try an account until it is locked for them do not lock out its owner. The browser keeps a signed token;
who has stolen one may only try passwords, as often as everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from service.people.signatures import signed, text_of

_PURPOSE: Final = "known browser"
_MOST_ACCOUNTS: Final = 8
"""Accounts remembered for a browser, the latest ones: more people than share a computer of an office."""


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """What a browser's token says."""

    id: str
    """Random; "" for a browser without a valid token."""
    accounts: tuple[int, ...]
    """Ids of the accounts that have logged in there, the latest one last."""

    def with_account(self, account_id: int, new_id: str) -> KnownBrowser:
        """The browser after another log-in. new_id: random, taken where it has none."""
        remaining = tuple(id for id in self.accounts if id != account_id)
        return KnownBrowser(self.id or new_id, (*remaining, account_id)[-_MOST_ACCOUNTS:])


def known_browser(key: bytes, token: str) -> KnownBrowser:
    """What the token says that the browser has sent; a browser without id and accounts for one that is not ours."""
    text = text_of(key, _PURPOSE, token) if token else None
    if text is None:
        return KnownBrowser("", ())
    id, *accounts = text.split(".")
    return KnownBrowser(id, tuple(map(int, accounts)))


def browser_token(key: bytes, browser: KnownBrowser) -> str:
    """The token for the browser to keep."""
    return signed(key, _PURPOSE, ".".join((browser.id, *map(str, browser.accounts))))
