from __future__ import annotations

from values.issue import IssueNumber

RUNNING = IssueNumber(1, "running", 2022)
YEARLY = IssueNumber(1, "yearly", 2022)
SUPPLEMENT = IssueNumber(1, "running", 2022, supplement=True)
YEARLY_SUPPLEMENT = IssueNumber(1, "yearly", 2022, supplement=True)
ALL = (RUNNING, YEARLY, SUPPLEMENT, YEARLY_SUPPLEMENT)


def test_a_supplement_says_that_it_is_one() -> None:
    assert [number.label for number in ALL] == ["第1期", "2022年第1期", "增刊第1期", "2022年增刊第1期"]


def test_a_supplement_is_counted_stored_and_commanded_apart() -> None:
    assert [number.series for number in ALL] == ["running", "2022", "supplement", "supplement-2022"]
    assert [number.folder for number in ALL] == ["1", "2022-1", "supplement-1", "2022-supplement-1"]
    assert [number.as_argument for number in ALL] == ["1", "1", "1 --supplement", "1 --supplement"]


def test_a_series_fits_its_column() -> None:
    assert max(len(number.series) for number in ALL) <= 16
