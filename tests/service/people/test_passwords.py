"""Passwords: which are refused, and what checking one costs."""

from __future__ import annotations

import time

import pytest

from service.people.passwords import fingerprint, hash_of, is_password, new_token, refuse_weak
from tests.support.people import PASSWORD
from values.errors import BadUsage

WRONG = "不是这个密码不是这个密码"


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password() -> None:
    """CPU time, since the machine has other things to do as well."""

    def work(password_hash: str) -> float:
        times = []
        for _ in range(3):
            begun = time.process_time()
            assert not is_password(password_hash, WRONG)
            times.append(time.process_time() - begun)
        return min(times)

    assert not is_password("", WRONG)  # the first call makes the hash that nobody's password has
    known, unknown = work(hash_of(PASSWORD)), work("")
    assert 0.5 < known / unknown < 2


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("九个字符的密码不", "太短：至少 10 个字符"),
        ("很长" * 101, "太长：最多 200 个字符"),
        ("1212121212", "太容易猜"),
        ("我的用户名是Wang没有别人", "太容易猜"),
    ],
)
def test_weak_passwords_are_refused_with_what_to_change(password: str, why: str) -> None:
    with pytest.raises(BadUsage, match=why):
        refuse_weak(password, "wang")


def test_a_sentence_is_a_good_password() -> None:
    refuse_weak(PASSWORD, "wang")
    assert is_password(hash_of(PASSWORD), PASSWORD)


def test_tokens_differ_and_the_ledger_gets_another_text() -> None:
    first, second = new_token(), new_token()
    assert first != second
    assert fingerprint(first) not in (first, fingerprint(second))
