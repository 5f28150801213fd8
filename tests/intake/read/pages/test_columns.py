"""Two columns of text, and columns of a table."""

from __future__ import annotations

from intake.read.pages.page import Character
from tests.support.placed_pages import line, page, texts


def test_narrow_columns_of_a_table_are_read_line_by_line() -> None:
    rows = [f"{name}\t\t\t\t{number}" for name in ("甲局", "乙局", "丙局", "丁局", "戊局") for number in ("12",)]
    assert texts(page(*rows)) == [row.replace("\t\t\t\t", " ") for row in rows]


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    left = [character for at in range(6) for character in line("左" * 11, 120 + 28 * at, x=80)]
    right = [character for at in range(6) for character in line("右" * 11, 120 + 28 * at, x=320)]
    assert texts(page(more=[*left, *right])) == ["左" * 66 + "右" * 66]


def test_a_line_across_both_columns_divides_them() -> None:
    def column(text: str, x: float, top: float) -> list[Character]:
        return [character for at in range(4) for character in line(text * 11, top + 28 * at, x=x)]

    across = line("中" * 26, 240)
    made = page(
        more=[*column("甲", 80, 120), *column("乙", 320, 120), *across, *column("丙", 80, 270), *column("丁", 320, 270)]
    )
    joined = "".join(texts(made))
    assert [joined.index(mark) for mark in "甲乙中丙丁"] == sorted(joined.index(mark) for mark in "甲乙中丙丁")
