"""The rows of a list: workbooks, Word files, PDFs, text and letters; and what cannot be read."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from intake.document_rows import MOST_ROWS, rows_of_file, rows_of_letter
from tests.support.pdf import lines, pdf
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx, paragraph

ROWS = (("序号", "标题"), ("1", "推进工作落地见效"))


def workbook(*rows: tuple[str | int | datetime, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def word() -> bytes:
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in ROWS]
    return docx(paragraph("采用通报") + "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>")


def test_tables_are_read_row_by_row_and_lines_are_rows_of_one_cell() -> None:
    assert rows_of_file(workbook(*ROWS), "通报.xlsx").rows == ROWS
    assert rows_of_file(word(), "通报.docx").rows == (("采用通报",), *ROWS)
    assert rows_of_file("序号,标题\n1,推进工作落地见效\n".encode("gb18030"), "通报.csv").rows == ROWS
    assert rows_of_file("序号\t标题\n\n1\t推进工作落地见效".encode(), "通报.txt").rows == ROWS
    assert ("1. 推进工作落地见效",) in rows_of_file(pdf(lines("通报", "1. 推进工作落地见效")), "通报.pdf").rows


def test_a_letter_has_the_rows_of_its_text_and_files() -> None:
    raw = raw_letter(File("通报.docx", word()), File("表.xlsx", workbook(*ROWS)), text="1. 普惠金融改革")
    rows = rows_of_letter(raw).rows
    assert rows[0] == ("1. 普惠金融改革",)
    assert rows[-5:] == (("采用通报",), *ROWS, *ROWS)


def test_days_have_no_midnight_and_long_lists_end() -> None:

    assert rows_of_file(workbook((datetime(2022, 11, 8), 3)), "a.xlsx").rows == (("2022-11-08", "3"),)  # noqa: DTZ001
    assert len(rows_of_file("一行\n".encode() * 5_000, "a.txt").rows) == MOST_ROWS


@pytest.mark.parametrize("data", [b"", b"MZ\x90", b"PK\x03\x04 cut", b"%PDF-1.7", workbook(*ROWS)[:900]])
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes) -> None:
    rows = rows_of_file(data, "通报.xlsx")
    assert (rows.rows, "另存为" in rows.refusal) == ((), True)
