"""The register as .xlsx and .csv: as offices write them, as programs save them, and there and back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from service.register.department_file import department_rows, departments_as_csv, departments_as_workbook
from service.register.department_row import DepartmentRow, department_in
from values.department import Department
from values.errors import BadUsage

REGISTER = (
    Department("区教体局", "章贡区教育体育局", ("区教育局", "区体育局"), ("jtj@example.org", "@jtj.example.org")),
    Department("沙石镇", group="乡镇"),
    Department("=1+1", "+章贡区"),
)


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(folder: Path, data: bytes, name: str = "单位.xlsx") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize(
    ("suffix", "make"), [(".xlsx", departments_as_workbook), (".csv", departments_as_csv)], ids=["xlsx", "csv"]
)
def test_register_comes_back_as_it_went(tmp_path: Path, suffix: str, make: object) -> None:
    assert callable(make)
    path = written(tmp_path, make(REGISTER), f"名录{suffix}")
    assert tuple(department_in(row) for row in department_rows(path)) == REGISTER


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    sheet = load_workbook(io.BytesIO(departments_as_workbook(REGISTER))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet["A4"].value == "=1+1"


def test_columns_are_recognised_by_headings_below_a_title(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["章贡区信息报送单位一览表"],
        [None, "2026年11月"],
        ["序号", "单位名称", "简 称", "联系人", "电子邮箱"],
        [1, "章贡区教育体育局", "区教体局", "王芳", "jtj@example.org"],
        [],
        [2, "章贡区民政局", "区民政局", 13800000000, None],
    ]
    assert department_rows(written(tmp_path, workbook(rows))) == (
        DepartmentRow(4, ("区教体局", "章贡区教育体育局", "", "jtj@example.org", "")),
        DepartmentRow(6, ("区民政局", "章贡区民政局", "", "", "")),
    )


def test_without_headings_the_order_of_columns_counts(tmp_path: Path) -> None:
    rows = [["区教体局", "章贡区教育体育局"], ["沙石镇"]]
    assert [row.cells[0] for row in department_rows(written(tmp_path, workbook(rows)))] == ["区教体局", "沙石镇"]
    only_names = written(tmp_path, "单位\r\n沙石镇\r\n水东镇\r\n".encode(), "a.csv")
    assert [row.cells[0] for row in department_rows(only_names)] == ["沙石镇", "水东镇"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_csv_is_read_as_excel_and_wps_save_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [["简称", "别名", "投稿地址"], ["区教体局", '"区教育局、区体育局"', "jtj@example.org"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    [row] = department_rows(written(tmp_path, text.encode(encoding), "名录.csv"))
    assert row == DepartmentRow(2, ("区教体局", "", "区教育局、区体育局", "jtj@example.org", ""))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "里没有单位"),
        (b"PK\x03\x04 damaged", "另存为 .xlsx"),
        (workbook([["简称", "全称"]]), "里没有单位"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "不是 .xlsx 也不是 .csv"),
        (b"x" * 5_000_001, "太大了"),
    ],
    ids=["empty", "damaged", "headings alone", "xls", "large"],
)
def test_file_that_cannot_be_used_is_refused_with_the_remedy(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(BadUsage, match=reason):
        department_rows(written(tmp_path, data))


def test_every_cut_of_a_workbook_is_refused_or_read(tmp_path: Path) -> None:
    data = departments_as_workbook(REGISTER)
    for length in range(0, len(data), 97):
        try:
            department_rows(written(tmp_path, data[:length]))
        except BadUsage:
            continue
        pytest.fail(f"read as a whole at {length} octets")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_no_department_below_the_last_row_that_is_read_is_lost(tmp_path: Path, suffix: str) -> None:
    names = [f"单位{number}" for number in range(1, 2001)]
    for rows, is_read in (([*names, " "], True), ([*names, "最后一家"], False)):
        data = workbook([[name] for name in rows]) if suffix == ".xlsx" else "\n".join(rows).encode()
        path = written(tmp_path, data, f"名录{suffix}")
        if is_read:
            assert len(department_rows(path)) == 2000
        else:
            with pytest.raises(BadUsage, match="超过 2000 行"):
                department_rows(path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match=r"没有\.xlsx"):
        department_rows(tmp_path / "没有.xlsx")
