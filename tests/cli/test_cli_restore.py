"""`restore --release` as a maintainer writes it."""

from __future__ import annotations

import pytest

from cli.restore import _printed
from service.backup.hold import PrintedNumber
from values.errors import BadUsage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wuxing=72", PrintedNumber("wuxing", 72, supplement=False)),
        ("a-1=增3", PrintedNumber("a-1", 3, supplement=True)),
        ("a-1=增刊3", PrintedNumber("a-1", 3, supplement=True)),
    ],
)
def test_printed_number_is_read(text: str, expected: PrintedNumber) -> None:
    assert _printed(text) == expected


@pytest.mark.parametrize("text", ["72", "wuxing", "wuxing=", "wuxing=0", "wuxing=-1", "wuxing=第72期", "=72"])
def test_other_forms_are_explained(text: str) -> None:
    with pytest.raises(BadUsage, match="wuxing=72"):
        _printed(text)
