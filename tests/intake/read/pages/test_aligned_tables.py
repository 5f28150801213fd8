"""Tables without drawn lines, by the columns of their texts."""

from __future__ import annotations

import pytest

from intake.read.pages.aligned_tables import aligned_tables
from intake.read.pages.lines import segments_of
from intake.read.pages.page import Character
from intake.read.source import SourceParagraph
from tests.support.placed_pages import line, page, read
from values.manuscript import Table

HEAD = (("序号", 90), ("单位", 180), ("户数", 320))
FIRST = (("1", 95), ("水南镇", 175), ("12", 325))
SECOND = (("2", 95), ("解放街道", 168), ("105", 320))


def rows(*cells: tuple[tuple[str, float], ...], top: float = 300.0, pitch: float = 24.0) -> list[Character]:
    return [
        character
        for at, row in enumerate(cells)
        for text, x in row
        for character in line(text, top + at * pitch, x, 12.0)
    ]


def tables(characters: list[Character]) -> list[list[list[str]]]:
    placed, _ = aligned_tables(segments_of(characters))
    return [[[cell.text for cell in row] for row in table.table.rows] for table in placed]


def test_rows_of_three_columns_are_a_table() -> None:
    assert tables(rows(HEAD, FIRST, SECOND)) == [
        [["序号", "单位", "户数"], ["1", "水南镇", "12"], ["2", "解放街道", "105"]]
    ]


def test_cell_without_text_stays_empty() -> None:
    assert tables(rows(HEAD, FIRST, (("2", 95), ("105", 320)), SECOND))[0][2] == ["2", "", "105"]


def test_second_line_of_a_cell_belongs_to_it() -> None:
    broken = rows(HEAD, FIRST) + rows((("民委员会", 175),), SECOND, top=346.0, pitch=18.0)
    assert tables(broken)[0][1] == ["1", "水南镇民委员会", "12"]


@pytest.mark.parametrize(
    "cells",
    [
        (HEAD, FIRST),
        (HEAD[:2], FIRST[:2], SECOND[:2], FIRST[:2]),
        (HEAD, (("2022年11月起全面推开的工作", 95), ("12", 325)), SECOND),
    ],
    ids=["two rows", "two columns", "a text across columns"],
)
def test_other_lines_are_no_table(cells: tuple[tuple[tuple[str, float], ...], ...]) -> None:
    assert tables(rows(*cells)) == []


def test_three_columns_of_running_text_are_no_table() -> None:
    column = "今年以来全区走访困难群众三"
    newspaper = rows(*[((column, 40), (column, 230), (column, 420))] * 6)
    assert tables(newspaper) == []


def test_heading_below_a_table_is_none_of_it() -> None:
    shown = page("　　情况如下：", "", more=rows(HEAD, FIRST, SECOND) + line("二、主要做法", 390.0, 168.0, 12.0))
    *_, table, heading = read(shown).blocks
    assert isinstance(table, Table)
    assert len(table.rows) == 3
    assert isinstance(heading, SourceParagraph)
    assert heading.text == "二、主要做法"


def test_such_a_table_is_reported() -> None:
    document = read(page("　　情况如下：", more=rows(HEAD, FIRST, SECOND)))
    [message] = [omission.message for omission in document.omissions if omission.rule.name == "table-as-text"]
    assert message == "第 1 页的表格没有画线，按各列的位置读成了表格，请核对或请对方发 Word 文稿。"
