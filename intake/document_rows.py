"""The rows of a file, or of a letter with its files, that a person has read as a list: tables row by row, and the lines
around them as rows of one cell. Runs in a child process, as reading does."""

from __future__ import annotations

import csv
import io
import mimetypes
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml.etree import LxmlError

from intake.archives.opened import open_archives
from intake.outcome import DocumentRows
from intake.parse.message import Part, parse_message
from intake.read.formats import read_manuscript
from intake.read.plain_text import text_of_file
from intake.read.source import SourceBlock, SourceParagraph
from programs.conversion import NO_CONVERSIONS
from values.damaged_zip import DAMAGED_ZIP
from values.errors import NeedsEditor
from values.manuscript import Table

mimetypes.knownfiles.clear()  # openpyxl has them read when it is imported, and a child may not open /etc/mime.types
from openpyxl import load_workbook  # noqa: E402
from openpyxl.utils.exceptions import InvalidFileException  # noqa: E402

MOST_ROWS: Final = 1_000
"""Rows of a list: a year's 通报 of a whole province has some hundred for a county."""
_MOST_CELLS: Final = 20
_LONGEST_CELL: Final = 500
_TEXT_NAMES: Final = (".txt", ".csv", ".tsv", ".md")
_UNREADABLE: Final = "{}打不开：请另存为 .docx、.xlsx 或文字，或把里面的表格粘贴过来。"


def rows_of_file(data: bytes, name: str) -> DocumentRows:
    """name: of the file, for the sentence that says why it cannot be read."""
    try:
        rows = list(_rows(data, name))
    except (NeedsEditor, InvalidFileException, LxmlError, KeyError, ValueError, OSError, *DAMAGED_ZIP):
        return DocumentRows((), _UNREADABLE.format(name or "文件"))
    return DocumentRows(_limited(rows))


def rows_of_letter(raw: bytes) -> DocumentRows:
    """The rows of the letter's text and of each of its files that can be read."""
    message = parse_message(raw)
    rows = [cells for body in message.bodies for cells in _lines(body.text)]
    for part in open_archives(message.parts):
        if part.name:
            rows += rows_of_file(part.data, part.name).rows
    return DocumentRows(_limited(rows))


def _rows(data: bytes, name: str) -> Iterator[tuple[str, ...]]:
    if _is_workbook(data):
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=_MOST_CELLS, values_only=True):
                yield tuple("" if value is None else _written(value) for value in row)
    elif name.lower().endswith(_TEXT_NAMES):
        text = text_of_file(data)
        yield from csv.reader(io.StringIO(text, newline="")) if name.lower().endswith(".csv") else _lines(text)
    else:
        for block in read_manuscript(Part(name, "", "", data), NO_CONVERSIONS).blocks:
            yield from _of_block(block)


def _written(value: object) -> str:
    """A cell of a workbook; a day without its midnight."""
    return str(value).removesuffix(" 00:00:00")


def _of_block(block: SourceBlock) -> Iterator[tuple[str, ...]]:
    if isinstance(block, SourceParagraph):
        yield (block.text,)
    elif isinstance(block, Table):
        yield from (tuple(cell.text for cell in row) for row in block.rows)


def _lines(text: str) -> Iterator[tuple[str, ...]]:
    yield from (tuple(line.split("\t")) for line in text.splitlines())


def _limited(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Those that have something in them, without empty cells at their ends."""
    limited: list[tuple[str, ...]] = []
    for row in rows:
        cells = [" ".join(cell.split())[:_LONGEST_CELL] for cell in row[:_MOST_CELLS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            limited.append(tuple(cells))
    return tuple(limited[:MOST_ROWS])


def _is_workbook(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "xl/workbook.xml" in archive.namelist()
