"""keep_letters as it is written, and the moment before which letters are too old."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from settings.keep_for import KeepFor, parse_keep_for


@pytest.mark.parametrize(
    ("written", "chinese"),
    [("3y", "3 年"), (" 18M ", "18 个月"), ("400d", "400 天"), ("30d", "30 天"), ("100y", "100 年")],
)
def test_years_months_or_days(written: str, chinese: str) -> None:
    keep = parse_keep_for(written)
    assert keep is not None
    assert (keep.chinese, str(keep)) == (chinese, written.strip().lower())


def test_nothing_written_keeps_for_ever() -> None:
    assert parse_keep_for(" ") is None


@pytest.mark.parametrize(
    "written", ["3", "y", "3 y", "-3y", "0y", "3w", "29d", "101y", "1.5y", "三年", 3, True, ["3y"]]
)
def test_anything_else_is_refused_with_an_example(written: object) -> None:
    with pytest.raises(ValueError, match="3y"):
        parse_keep_for(written)


@pytest.mark.parametrize(
    ("keep", "before"),
    [
        (KeepFor(1, "y"), (2023, 2, 28)),
        (KeepFor(4, "y"), (2020, 2, 29)),
        (KeepFor(12, "m"), (2023, 2, 28)),
        (KeepFor(2, "m"), (2023, 12, 29)),
        (KeepFor(60, "d"), (2023, 12, 31)),
    ],
)
def test_the_moment_before(keep: KeepFor, before: tuple[int, int, int]) -> None:
    moment = datetime(2024, 2, 29, 3, 4, 5, tzinfo=UTC)
    assert keep.before(moment) == datetime(*before, 3, 4, 5, tzinfo=UTC)
