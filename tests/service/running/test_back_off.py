"""How long a mailbox is left alone after it failed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.running.back_off import LONGEST_PAUSE, pause_after
from values.errors import LoginRefused, MailboxRefused, TryLater

MINUTE = timedelta(minutes=1)


def test_pause_doubles_up_to_a_quarter_of_an_hour() -> None:
    waits = [pause_after(failures, MINUTE, TryLater("没有应答"), 0.0) for failures in range(1, 8)]
    assert waits == [2 * MINUTE, 4 * MINUTE, 8 * MINUTE, *[15 * MINUTE] * 4]


@pytest.mark.parametrize("failures", [1, 2, 1000, 10**9])
def test_refused_password_waits_longest_at_once(failures: int) -> None:
    assert pause_after(failures, MINUTE, LoginRefused("授权码不对"), 0.0) == LONGEST_PAUSE == 15 * MINUTE


@pytest.mark.parametrize("failures", [11, 1000, 10**9])
def test_pause_has_an_end_however_long_it_fails(failures: int) -> None:
    assert pause_after(failures, timedelta(seconds=1), MailboxRefused("没有这个文件夹"), 0.0) <= LONGEST_PAUSE


@pytest.mark.parametrize("chance", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("failures", [1, 2, 5, 1000])
def test_chance_spreads_the_tries_by_a_quarter_at_most(failures: int, chance: float) -> None:
    plain = pause_after(failures, MINUTE, TryLater("没有应答"), 0.0)
    assert plain * 0.75 <= pause_after(failures, MINUTE, TryLater("没有应答"), chance) <= plain


@pytest.mark.parametrize("chance", [0.0, 0.3, 1.0])
def test_chance_never_shortens_the_wait_after_a_refused_password(chance: float) -> None:
    assert pause_after(1, MINUTE, LoginRefused("授权码不对"), chance) >= LONGEST_PAUSE
