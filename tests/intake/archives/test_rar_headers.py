"""Volumes and passwords in the headers of both rar formats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.archives.rar_headers import is_locked_rar, is_rar_volume
from tools.rar_builder import LOCKED_HEADERS, VOLUME, rar4, rar5

PLAIN = [rar4({b"a": b"x"}), rar5({"a": b"x"})]


@pytest.mark.parametrize("data", PLAIN, ids=["4", "5"])
def test_plain_rar_is_neither_volume_nor_locked(data: bytes) -> None:
    assert (is_rar_volume(data), is_locked_rar(data)) == (False, False)


@pytest.mark.parametrize("data", [rar4({b"a": b"x"}, archive_flags=VOLUME), rar5({"a": b"x"}, archive_flags=VOLUME)])
def test_volume_is_detected(data: bytes) -> None:
    assert is_rar_volume(data)


@pytest.mark.parametrize(
    "data",
    [
        rar4({b"a": b"x"}, archive_flags=LOCKED_HEADERS),
        rar5({"a": b"x"}, locked=True),
        rar5({"a": b"x"}, locked_headers=True),
    ],
    ids=["names of 4", "files of 5", "names of 5"],
)
def test_password_is_detected(data: bytes) -> None:
    assert is_locked_rar(data)


@given(st.sampled_from(PLAIN), st.integers(0, 60), st.binary(max_size=6))
def test_damaged_headers_raise_nothing(data: bytes, at: int, over: bytes) -> None:
    damaged = data[:at] + over + data[at + len(over) :]
    for part in (damaged, data[:at]):
        assert is_rar_volume(part) in (True, False)
        assert is_locked_rar(part) in (True, False)
