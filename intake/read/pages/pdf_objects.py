"""The objects drawn on a page of a PDF, in the order of drawing, those in form XObjects (ISO 32000 8.10) included."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Self

from pypdfium2 import raw

from intake.read.pages.page import Box
from values.matrix import Matrix

_DEEPEST: Final = 12
"""Nested forms; real files have two or three, and one may contain itself."""


@dataclass(frozen=True, slots=True)
class VisibleArea:
    """The visible part of a page, in the coordinates of the page (points, upwards)."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int
    """Quarter turns, clockwise, with which the page is shown."""

    @classmethod
    def of(cls, page: Any) -> Self:
        """The visible area of a PdfPage."""
        rect = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, rect)
        return cls(rect.left, rect.bottom, rect.right, rect.top, page.get_rotation() // 90)

    @property
    def matrix(self) -> Matrix:
        """From the coordinates of the page to points from the top left corner of the page as shown."""
        match self.turned:
            case 1:
                return Matrix(0, 1, 1, 0, -self.bottom, -self.left)
            case 2:
                return Matrix(-1, 0, 0, 1, self.right, -self.bottom)
            case 3:
                return Matrix(0, -1, -1, 0, self.top, self.right)
            case _:
                return Matrix(1, 0, 0, -1, -self.left, self.top)


@dataclass(frozen=True, slots=True)
class PageObject:
    """An object drawn on a page."""

    kind: int
    """A FPDF_PAGEOBJ_* of PDFium."""
    handle: Any
    """PDFium's own."""
    box: Box
    """On the page as shown."""
    matrix: Matrix
    """From the space of the object to the page as shown."""


def page_objects(page: Any, area: VisibleArea, most: int) -> list[PageObject] | None:
    """All objects except forms; None when there are more than `most`."""
    objects: list[PageObject] = []
    for drawn in _walk(page, area.matrix, 0):
        objects.append(drawn)
        if len(objects) > most:
            return None
    return objects


def address_of(handle: Any) -> int:
    """The address of an object of PDFium, which identifies it; 0 for none."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _walk(parent: Any, matrix: Matrix, depth: int) -> Iterator[PageObject]:
    count, get = (
        (raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
        if depth
        else (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
    )
    for at in range(max(count(parent), 0)):
        handle = get(parent, at)
        if not handle:
            continue
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST:
                yield from _walk(handle, _matrix_of(handle).then(matrix), depth + 1)
            continue
        yield PageObject(kind, handle, _box_of(handle, matrix), _matrix_of(handle).then(matrix))


def _matrix_of(handle: Any) -> Matrix:
    own = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, own):
        return Matrix()
    return Matrix(own.a, own.b, own.c, own.d, own.e, own.f)


def _box_of(handle: Any, matrix: Matrix) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(handle, *sides):
        return Box(0, 0, 0, 0)
    left, bottom, right, top = (side.value for side in sides)
    xs, ys = zip(*(matrix.point(x, y) for x in (left, right) for y in (bottom, top)), strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))
