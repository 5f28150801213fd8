"""Passwords: which are refused, and what checking one costs."""

from __future__ import annotations

import time

from service.people.passwords import fingerprint, hash_of, is_password, new_token
from tests.support.people import PASSWORD

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


def test_hash_is_of_its_password_alone() -> None:
    assert is_password(hash_of(PASSWORD), PASSWORD)
    assert not is_password(hash_of(PASSWORD), WRONG)


def test_tokens_differ_and_the_ledger_gets_another_text() -> None:
    first, second = new_token(), new_token()
    assert first != second
    assert fingerprint(first) not in (first, fingerprint(second))
