"""A printed page measured: the places of its characters and rules, in millimetres from the upper left corner."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

_MM_PER_PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one baseline, spaces left out. left, right: of the ink; size: in points, of the first one."""

    text: str
    baseline: float
    left: float
    right: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: its middle from left to right, and its colour as red, green, blue."""

    left: float
    right: float
    y: float
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. width and height in mm; lines and rules from top to bottom, level rules only."""

    width: float
    height: float
    lines: Sequence[Line]
    rules: Sequence[Rule]

    def line(self, text: str) -> Line:
        """The line that begins with this text."""
        return next(line for line in self.lines if line.text.startswith(text))


def sheets(pdf: bytes) -> list[Sheet]:
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        return [_sheet(page) for page in document]


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    width, height = page.get_size()
    with contextlib.closing(page.get_textpage()) as text:
        lines = _lines(text, height)
    paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])
    rules = {rule for path in paths if (rule := _rule(path, height))}
    return Sheet(
        width * _MM_PER_PT, height * _MM_PER_PT, lines, sorted(rules, key=lambda rule: (rule.y, rule.left, rule.colour))
    )


def _lines(text: pypdfium2.PdfTextPage, height: float) -> list[Line]:
    rows: dict[int, list[tuple[float, int, float]]] = {}
    for index in range(text.count_chars()):
        if text.get_text_range(index, 1).strip():
            x, y = ctypes.c_double(), ctypes.c_double()
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            rows.setdefault(round(y.value), []).append((x.value, index, height - y.value))
    return [_line(text, sorted(row)) for _, row in sorted(rows.items(), reverse=True)]


def _line(text: pypdfium2.PdfTextPage, row: list[tuple[float, int, float]]) -> Line:
    first = row[0][1]
    name = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text, first, name, len(name), ctypes.c_int())
    boxes = [text.get_charbox(index) for _, index, _ in row]
    return Line(
        "".join(text.get_text_range(index, 1) for _, index, _ in row),
        row[0][2] * _MM_PER_PT,
        row[0][0] * _MM_PER_PT,
        max(box[2] for box in boxes) * _MM_PER_PT,
        raw.FPDFText_GetFontSize(text, first),
        name.value.decode(),
    )


def _rule(path: pypdfium2.PdfObject, height: float) -> Rule | None:
    """Strokes are measured with half their thickness around them."""
    left, bottom, right, top = path.get_bounds()
    stroke = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(path, stroke)
    if top - bottom > max(4.0, 3 * stroke.value) or right - left < 20:
        return None
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetStrokeColor(path, red, green, blue, alpha)
    ends = (left + stroke.value / 2, right - stroke.value / 2)
    return Rule(
        round(ends[0] * _MM_PER_PT, 2),
        round(ends[1] * _MM_PER_PT, 2),
        round((height - (top + bottom) / 2) * _MM_PER_PT, 2),
        (red.value, green.value, blue.value),
    )
