"""A difference has words for a clerk."""

from __future__ import annotations

import pytest

from service.health.difference import RECORD_HEAD, UNKNOWN_FILE, Difference


@pytest.mark.parametrize(
    ("what", "expected", "actual", "words"),
    [
        (UNKNOWN_FILE, None, "a", "多出来的"),
        ("letter", "a", None, "不见了"),
        ("letter", "a", "b", "与入库时不同"),
        (RECORD_HEAD, "a", "b", "与签发时的清单不符"),
    ],
)
def test_words(what: str, expected: str | None, actual: str | None, words: str) -> None:
    assert words in Difference(what, "raw/x", expected, actual).chinese
