"""How long before its deadline a commission is reminded of."""

from __future__ import annotations

import pytest

from settings.remind_before import RemindBefore, parse_remind_before


def test_spans_are_read_and_written_alike() -> None:
    assert parse_remind_before("1d") == RemindBefore(1, "d")
    assert parse_remind_before(" 6H ") == RemindBefore(6, "h")
    assert parse_remind_before("") is None
    assert str(RemindBefore(3, "d")) == "3d"


@pytest.mark.parametrize("written", ["1", "0d", "1w", "一天", "31d", "721h", "-1d", 1, None])
def test_what_is_no_span_is_refused_with_an_example(written: object) -> None:
    with pytest.raises(ValueError, match="1d"):
        parse_remind_before(written)
