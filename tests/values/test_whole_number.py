"""Text from outside is a whole number, or none."""

from __future__ import annotations

import pytest

from values.whole_number import LARGEST_ID, whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("007", 7), (str(LARGEST_ID), LARGEST_ID)])
def test_ascii_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " 7", "-7", "+7", "7.0", "1_000", "²", "７", "٣", "9" * 5_000, str(LARGEST_ID + 1)]
)
def test_anything_else_is_none(text: str) -> None:
    assert whole_number(text) is None


def test_above_the_limit_there_is_none() -> None:
    assert (whole_number("65535", 65_535), whole_number("65536", 65_535)) == (65_535, None)
