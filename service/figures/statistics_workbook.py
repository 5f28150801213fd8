"""Statistics as a workbook (.xlsx) for Excel and WPS. A cell is text or a number, never a formula (security.md H-1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from archive.upper_adoptions import UpperAdoption
from service.figures.statistics import DepartmentFigures, Statistics

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEADER_ROW: Final = 3
"""Below the title and how it was counted; rows count from 1."""
_LONGEST_CELL: Final = 32_000
"""Characters. Excel takes 32,767."""
_THIN: Final = Side(style="thin", color="808080")
_BOX: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRED: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT: Final = Alignment(vertical="center", wrap_text=True)

Value = str | int | float | Decimal | None
"""A float is a rate and is shown as a percentage."""


def workbook_of(
    statistics: Statistics, title: str, levels: Sequence[str], how: str, upper: Sequence[UpperAdoption] = ()
) -> bytes:
    """The bytes of a workbook, for A4 upright: title, how it was counted, a row a department, the sum; and a sheet of
    上级采用 where there is any.

    levels: of 批示, a column each, where they are counted; other levels that were recorded follow. how: how it was
    counted, in Chinese.
    """
    levels = tuple(dict.fromkeys([*levels, *statistics.total.endorsed])) if statistics.counts_endorsements else ()
    columns = _columns(statistics, levels)
    headings = ("序号", *columns)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "采用情况"
    _head(sheet, f"{title}（{statistics.period.label}）", how, len(headings))
    rows: list[Sequence[Value]] = [headings]
    for number, line in (*enumerate(statistics.lines, start=1), (None, statistics.total)):
        rows.append((number, *(value_of(line) for value_of in columns.values())))
    for number, values in enumerate(rows, start=_HEADER_ROW):
        _write(sheet, number, values, bold=number == _HEADER_ROW or values is rows[-1])
    _set_up(sheet, headings)
    if upper:
        _add_upper(book, statistics.period.label, upper)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _columns(statistics: Statistics, levels: Sequence[str]) -> dict[str, Callable[[DepartmentFigures], Value]]:
    """By heading, how the value of a line is obtained. A column that says nothing in this office is left out."""
    columns: dict[str, Callable[[DepartmentFigures], Value]] = {"单位": lambda line: line.department}
    if any(line.group for line in statistics.lines):
        columns["分组"] = lambda line: line.group
    columns |= {
        "报送": lambda line: line.received,
        "采用": lambda line: line.adopted,
        "采用率": lambda line: line.rate,
        "增刊": lambda line: line.supplement,
        "通报": lambda line: line.notices,
        "留用": lambda line: line.held,
        "退改": lambda line: line.returned,
        "退稿": lambda line: line.rejected,
    }
    columns |= {f"{level}批示": partial(_endorsed, level) for level in levels}
    if statistics.counts_commissions:
        columns |= {
            "约稿按时": lambda line: line.commissions.done,
            "约稿迟到": lambda line: line.commissions.late,
            "欠稿": lambda line: line.commissions.missed,
        }
    if statistics.scored:
        columns["得分"] = lambda line: Decimal(line.points_in_words)
    return columns


def _add_upper(book: Workbook, period: str, upper: Sequence[UpperAdoption]) -> None:
    """上级采用: a row each."""
    headings = ("序号", "单位", "标题", "级别", "刊物", "日期", "方式")
    sheet = book.create_sheet("上级采用")
    assert isinstance(sheet, Worksheet)
    _head(sheet, f"上级采用（{period}）", "按上级刊物的日期。", len(headings))
    rows: list[Sequence[Value]] = [headings]
    for number, row in enumerate(upper, start=1):
        adoption = row.adoption
        dated, adopted_as = adoption.dated.isoformat(), adoption.adopted_as.chinese
        rows.append((number, row.department, row.own_title, adoption.level, adoption.publication, dated, adopted_as))
    for number, values in enumerate(rows, start=_HEADER_ROW):
        _write(sheet, number, values, bold=number == _HEADER_ROW)
    _set_up(sheet, headings)


def _endorsed(level: str, line: DepartmentFigures) -> int:
    return line.endorsed.get(level, 0)


def _head(sheet: Worksheet, title: str, how: str, width: int) -> None:
    for row, text, font in ((1, title, Font(size=16, bold=True)), (2, how, Font(size=9, color="595959"))):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        cell = sheet.cell(row, 1)
        assert isinstance(cell, Cell)
        put(cell, text)
        cell.font = font
        cell.alignment = _CENTRED
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = 28


def _write(sheet: Worksheet, row: int, values: Sequence[Value], *, bold: bool) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        assert isinstance(cell, Cell)
        put(cell, value)
        cell.border = _BOX
        cell.alignment = _LEFT if isinstance(value, str) and row > _HEADER_ROW else _CENTRED
        cell.font = Font(bold=bold)
        if isinstance(value, float):
            cell.number_format = "0.0%"


def put(cell: Cell, value: Value) -> None:
    """Writes into a cell. Text stays text, whatever it begins with; characters that XML does not allow are left out."""
    if not isinstance(value, str):
        cell.value = value
        return
    kept = "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    if not kept:
        return
    cell.value = kept[:_LONGEST_CELL]
    cell.data_type = "s"
    cell.quotePrefix = kept.startswith(("=", "+", "-", "@"))  # also when the cell is edited in Excel


def _set_up(sheet: Worksheet, headings: Sequence[str]) -> None:
    widths = {"序号": 6, "单位": 26, "采用率": 9, "标题": 40, "刊物": 20, "日期": 12}
    for number, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = widths.get(heading, 7)
    sheet.freeze_panes = f"C{_HEADER_ROW + 1}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_PORTRAIT
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
