"""The workbook of the statistics, as Excel and WPS read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from service.figures.statistics import DepartmentFigures, Statistics, total_of
from service.figures.statistics_workbook import workbook_of
from values.period import month_of

OCTOBER = month_of(date(2022, 10, 1))
LINES = (
    DepartmentFigures(
        "区教体局",
        received=5,
        received_printed=3,
        adopted=3,
        supplement=1,
        held=1,
        endorsed={"市级": 1},
        points=Decimal("40.5"),
    ),
    DepartmentFigures("区民政局", received=2, rejected=1),
    DepartmentFigures("沙石镇"),
)
LEVELS = ("区级", "市级")


def made(*lines: DepartmentFigures, scored: bool = True) -> bytes:
    return workbook_of(
        Statistics(OCTOBER, lines, total_of(lines), scored=scored, counts_endorsements=True),
        "采用情况统计",
        LEVELS,
        "采用每篇5分",
    )


def sheet_of(data: bytes) -> Worksheet:
    sheet = load_workbook(BytesIO(data)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_workbook_has_a_row_for_each_department_and_the_sum() -> None:
    rows = list(sheet_of(made(*LINES)).iter_rows(values_only=True))
    assert rows[0][0] == "采用情况统计（2022年10月）"
    assert rows[1][0] == "采用每篇5分"
    headings = "序号 单位 报送 采用 采用率 增刊 通报 留用 退改 退稿 区级批示 市级批示 得分"
    assert rows[2] == tuple(headings.split())
    assert rows[3:6] == [
        (1, "区教体局", 5, 3, 0.6, 1, 0, 1, 0, 0, 0, 1, 40.5),
        (2, "区民政局", 2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0),
        (3, "沙石镇", 0, 0, None, 0, 0, 0, 0, 0, 0, 0, 0),
    ]
    assert rows[6][:4] == (None, "合计", 7, 3)
    assert rows[6][4] == pytest.approx(3 / 7)
    assert rows[6][5:] == (1, 0, 1, 0, 1, 0, 1, 40.5)


def test_workbook_without_scores_has_no_column_of_points_and_groups_have_one() -> None:
    rows = list(sheet_of(made(replace(LINES[0], group="部门"), LINES[1], scored=False)).iter_rows(values_only=True))
    assert rows[2][:4] == ("序号", "单位", "分组", "报送")
    assert "得分" not in rows[2]
    assert [row[2] for row in rows[3:5]] == ["部门", None]


def test_workbook_has_no_column_of_endorsements_where_they_are_not_counted() -> None:
    data = workbook_of(Statistics(OCTOBER, LINES, total_of(LINES)), "采用情况统计", LEVELS, "")
    headings = next(sheet_of(data).iter_rows(min_row=3, max_row=3, values_only=True))
    assert [heading for heading in headings if "批示" in str(heading)] == []


def test_workbook_is_set_up_for_a4_with_its_headings_in_sight() -> None:
    sheet = sheet_of(made(*LINES))
    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_rows == "$3:$3"
    assert (str(sheet.page_setup.paperSize), sheet.page_setup.orientation) == ("9", "portrait")
    assert sheet.column_dimensions["B"].width == 26


def test_name_that_looks_like_a_formula_stays_text() -> None:
    nasty = ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "{{ 7*7 }}", "a\x0b\x00b￿", "第一行\n第二行"]
    sheet = sheet_of(made(*(DepartmentFigures(name) for name in nasty)))
    cells = [sheet.cell(row, 2) for row in range(4, 4 + len(nasty))]
    assert [cell.value for cell in cells] == [*nasty[:6], "ab", nasty[7]]
    assert {cell.data_type for cell in cells} == {"s"}
    with ZipFile(BytesIO(made(*(DepartmentFigures(name) for name in nasty)))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@settings(deadline=None)
@given(st.text())
def test_workbook_opens_with_any_name_of_a_department(name: str) -> None:
    cell = sheet_of(made(DepartmentFigures(name))).cell(4, 2)
    assert cell.value is None or cell.data_type == "s"
    assert cell.value is None or set(str(cell.value)) <= {*name, "\n"}
