"""The register as a file of a spreadsheet, .xlsx or .csv: read from one, written as one."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from lxml.etree import LxmlError
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from service.figures.statistics_workbook import put
from service.register.department_row import COLUMNS, DepartmentRow, row_of
from values.department import Department
from values.errors import BadUsage

_NAMES: Final = ("简称", "单位简称", "单位", "单位名称", "名称", "报送单位", "部门")
"""Headings of the column with the name, the surest first."""
_HEADINGS: Final = (
    _NAMES,
    ("全称", "单位全称"),
    ("别名", "别的叫法", "曾用名"),
    ("投稿地址", "投稿邮箱", "邮箱", "电子邮箱", "邮箱地址", "电子邮件"),
    ("分组", "组别", "类别"),
)
"""Of each column of `COLUMNS`, the headings that offices use."""
_ABOVE: Final = 5
"""Rows among which the headings are looked for: a title and a date may be above them."""
_MOST_ROWS, _MOST_COLUMNS = 2000, 30
"""Of a sheet; a register has some hundred rows. A workbook is read one row further, to detect that it is longer."""
_LARGEST: Final = 5_000_000
"""Octets of a file; a register has some ten thousand."""
_WIDTHS: Final = (18, 34, 34, 44, 12)
"""Of the columns, in characters."""


def department_rows(path: Path) -> tuple[DepartmentRow, ...]:
    """The rows of the first sheet that have something in them, without those above and with the headings.

    Columns are recognised by their headings, and taken in the order of `COLUMNS` where there are none. Raises BadUsage
    where the file cannot be read, is empty or has too many rows.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadUsage(f"读不了 {path}：{error.strerror}。") from None
    if len(data) > _LARGEST:
        raise BadUsage(f"{path.name} 太大了，不像单位名录。")
    cells = _cells_of_workbook(data, path.name) if data.startswith(b"PK") else _cells_of_text(data, path.name)
    table = [row for row in enumerate(cells, start=1) if any(cell.strip() for cell in row[1])]
    if table and table[-1][0] > _MOST_ROWS:
        raise BadUsage(f"{path.name} 超过 {_MOST_ROWS} 行，不像单位名录。请删去名录以外的行，或分成几个文件导入。")
    rows = tuple(_arranged(table))
    if not rows:
        raise BadUsage(f"{path.name} 里没有单位：要有{'、'.join(COLUMNS)}几列，至少有简称一列。")
    return rows


def departments_as_workbook(departments: Iterable[Department]) -> bytes:
    """The octets of an .xlsx with a heading and a row for each."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "单位名录"
    for number, cells in enumerate((COLUMNS, *map(row_of, departments)), start=1):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(number, column)
            assert isinstance(cell, Cell)  # nothing is merged
            put(cell, text)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def departments_as_csv(departments: Iterable[Department]) -> bytes:
    """The octets of a .csv in UTF-8 with a byte order mark, without which Excel takes it for GBK."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([COLUMNS, *map(row_of, departments)])
    return file.getvalue().encode("utf-8-sig")


def _cells_of_workbook(data: bytes, name: str) -> list[tuple[str, ...]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=_MOST_ROWS + 1, max_col=_MOST_COLUMNS, values_only=True)
        return [tuple("" if value is None else str(value) for value in row) for row in rows]
    except (InvalidFileException, zipfile.BadZipFile, LxmlError, KeyError, ValueError, IndexError, OSError):
        raise BadUsage(f"{name} 打不开：请用 Excel 或 WPS 另存为 .xlsx 或 .csv 再导入。") from None


def _cells_of_text(data: bytes, name: str) -> list[tuple[str, ...]]:
    text = _decoded(data, name)
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error:
        raise BadUsage(f"{name} 不是表格：请用 Excel 或 WPS 另存为 .xlsx 或 .csv 再导入。") from None


def _decoded(data: bytes, name: str) -> str:
    """Excel saves .csv in GBK, WPS and others in UTF-8."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadUsage(f"{name} 不是 .xlsx 也不是 .csv：请用 Excel 或 WPS 另存为其中一种再导入。")


def _arranged(table: Sequence[tuple[int, Sequence[str]]]) -> Iterator[DepartmentRow]:
    for index, (_, cells) in enumerate(table[:_ABOVE]):
        if places := _places(cells):
            for number, row in table[index + 1 :]:
                arranged = tuple("" if at is None or at >= len(row) else row[at] for at in places)
                if any(cell.strip() for cell in arranged):
                    yield DepartmentRow(number, arranged)
            return
    yield from (DepartmentRow(number, tuple(cells)) for number, cells in table)


def _places(cells: Sequence[str]) -> tuple[int | None, ...]:
    """Where each column of `COLUMNS` is in a row of headings; () where these are no headings."""
    headings = ["".join(cell.split()) for cell in cells]
    places = [next((headings.index(name) for name in names if name in headings), None) for names in _HEADINGS]
    if places[0] is None or sum(place is not None for place in places) + (len(headings) == 1) < 2:
        return ()  # a name alone could as well be that of a department
    if places[1] is None:  # beside 简称, 单位名称 is the full name
        named = [headings.index(name) for name in _NAMES if name in headings]
        places[1] = next((place for place in named if place != places[0]), None)
    return tuple(places)
