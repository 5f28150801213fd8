"""How long a server is left alone after failures."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from values.errors import JianbaoError, LoginRefused

LONGEST_PAUSE: Final = timedelta(minutes=15)
"""An office should not wait longer for a letter once the mailbox answers again; and no provider that locks an account
after wrong passwords does so for four tries an hour (security.md B-1)."""
_DOUBLINGS: Final = 10
"""After so many, any pause is longer than the longest."""
_SPREAD: Final = 4
"""The pause is spread by up to a quarter: enough that several mailboxes do not come back together."""


def pause_after(failures: int, every: timedelta, error: JianbaoError, chance: float) -> timedelta:
    """The pause after the n-th failure in a row: doubling from `every`, at most LONGEST_PAUSE.

    A refused password is followed by at least LONGEST_PAUSE at once: more tries would lock the account. chance: 0 to 1,
    where in its spread the pause lies.
    """
    if isinstance(error, LoginRefused):
        return LONGEST_PAUSE * (1 + chance / _SPREAD)
    return min(every * (1 << min(failures, _DOUBLINGS)), LONGEST_PAUSE) * (1 - chance / _SPREAD)
