"""How long a mailbox is left alone after it failed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.run import LONGEST_PAUSE, pause
from values.errors import LoginRefused, MailboxRefused, TryLater

MINUTE = timedelta(minutes=1)


def test_pause_doubles_up_to_a_quarter_of_an_hour() -> None:
    waits = [pause(failures, MINUTE, TryLater("没有应答")) for failures in range(1, 8)]
    assert waits == [2 * MINUTE, 4 * MINUTE, 8 * MINUTE, *[15 * MINUTE] * 4]


@pytest.mark.parametrize("failures", [1, 2, 1000, 10**9])
def test_refused_password_waits_longest_at_once(failures: int) -> None:
    assert pause(failures, MINUTE, LoginRefused("授权码不对")) == LONGEST_PAUSE == 15 * MINUTE


@pytest.mark.parametrize("failures", [11, 1000, 10**9])
def test_pause_has_an_end_however_long_it_fails(failures: int) -> None:
    assert pause(failures, timedelta(seconds=1), MailboxRefused("没有这个文件夹")) <= LONGEST_PAUSE
