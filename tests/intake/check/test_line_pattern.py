"""A line without the signs of a pattern is not searched: so no line without them may match it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import intake.check
from intake.check.line_pattern import LinePattern, line_pattern


def _patterns(value: object) -> Iterator[LinePattern]:
    if isinstance(value, LinePattern):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _patterns(item)


def _all_patterns() -> Iterable[LinePattern]:
    for module in iter_modules(intake.check.__path__, "intake.check."):
        for value in vars(import_module(module.name)).values():
            yield from _patterns(value)


@pytest.mark.parametrize("pattern", dict.fromkeys(_all_patterns()), ids=lambda pattern: pattern.pattern.pattern[:30])
def test_whatever_matches_has_a_sign(pattern: LinePattern) -> None:
    @given(st.from_regex(pattern.pattern))
    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
    def has_a_sign(text: str) -> None:
        assert any(sign in text for sign in pattern.signs)

    has_a_sign()


def test_only_lines_with_a_sign_are_searched() -> None:
    pattern = line_pattern(r"\d月", "月")
    assert [match[0] for match in pattern.finditer("1月、2月", 1)] == ["2月"]
    assert list(pattern.finditer("12日")) == []
    assert pattern.match("2月") is not None
    assert list(line_pattern(r"\d月", "年").finditer("1月")) == []
    assert pattern.pattern == re.compile(r"\d月")
