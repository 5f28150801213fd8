"""Reads one page of a PDF into a `FixedPage`: its characters, their places, and whether a reader sees them."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from pypdfium2 import raw

from intake.read.pages.page import Box, Character, FixedPage, is_bold, is_ground, reason_to_leave_out
from intake.read.pages.pdf_objects import PageObject, VisibleArea, address_of, page_objects
from intake.read.pages.pdf_pictures import PictureTaker
from values.matrix import Matrix

_INVISIBLE: Final = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})
_TINY: Final = 3.0
"""Points: smaller text cannot be read on paper, and a thinner rectangle is a line."""
_WHITE: Final = 245
"""Of 255: a colour with no channel below is white to the eye."""
_OPAQUE: Final = 250
"""Of 255: from this opacity on nothing shows through."""
_FAINT: Final = 20
"""Of 255: an opacity below is invisible."""
_SIMPLE: Final = 6
"""Segments of a path that may cover text: a rectangle has five."""
_MOST_IMAGES: Final = 1_000
"""Of one page; a page cut into strips by a printer driver has some hundred."""
_MOST_COVERS: Final = 3_000
"""Each text object is compared with all of them."""
_HYPHENS: Final = frozenset({0x02, 0xAD, 0xFFFE})
"""Codes that PDFium gives for a hyphen at the end of a line."""
_NO_CODE: Final = frozenset({0, 0xFFFD, 0xFFFF})
"""Codes of a glyph for which the file names no character."""


@dataclass(frozen=True, slots=True)
class _Cover:
    """Something opaque that covers what is drawn before it."""

    at: int
    """Its index in the order of drawing."""
    box: Box
    white: bool


@dataclass(frozen=True, slots=True)
class _TextLook:
    """What the characters of one text object share."""

    size: float
    """Points, as shown."""
    bold: bool
    hidden: bool
    """Whether they are invisible, tiny or transparent."""
    white: bool
    turned: bool
    """Whether they do not run from left to right."""
    over: tuple[Box, ...]
    """Covers drawn later, which hide them."""
    under: tuple[Box, ...]
    """Dark covers drawn before, on which white characters show."""

    def hides(self, character: Character) -> bool:
        """Whether no reader sees the character."""
        x, y = (character.left + character.right) / 2, character.baseline - character.size / 3
        white = self.white and not any(box.holds(x, y) for box in self.under)
        return self.hidden or white or any(box.holds(x, y) for box in self.over)


def page_of(page: Any, text: Any, most: int, taker: PictureTaker) -> FixedPage | None:
    """The page; None when more than `most` objects are drawn on it, or too many that may hide text.

    page, text: the PdfPage and its PdfTextPage. taker: of the file; it counts the pictures of all pages.
    """
    area = VisibleArea.of(page)
    drawn = page_objects(page, area, most)
    if drawn is None:
        return None
    width, height = page.get_size()
    images = [item for item in drawn if item.kind == raw.FPDF_PAGEOBJ_IMAGE]
    if len(images) > _MOST_IMAGES:
        return None
    covers = tuple(islice(_covers(drawn, lambda image: taker.is_opaque(image, page)), _MOST_COVERS + 1))
    if len(covers) > _MOST_COVERS:
        return None
    seen = _Characters(text, area, drawn, covers, Box(0, 0, width, height))
    inner = [image for image in images if not is_ground(image.box, width, height)]
    placed, left_out = taker.take([(image, reason_to_leave_out(image.box, seen.shown)) for image in inner], page)
    paths = (item for item in drawn if item.kind == raw.FPDF_PAGEOBJ_PATH)
    return FixedPage(
        width,
        height,
        characters=tuple(seen.shown),
        hidden=tuple(seen.hidden),
        pictures=placed,
        rules=tuple(path.box for path in paths if _leaves_mark(path)),
        grounded=any(is_ground(image.box, width, height) for image in images),
        turned=seen.turned,
        unknown=seen.unknown,
        left_out=left_out,
    )


class _Characters:
    """The characters of a page, separated by whether a reader sees them."""

    def __init__(
        self, text: Any, area: VisibleArea, drawn: Sequence[PageObject], covers: Sequence[_Cover], paper: Box
    ) -> None:
        self.shown: list[Character] = []
        self.hidden: list[Character] = []
        self.turned = 0
        self.unknown = 0
        self._text = text
        self._matrix = area.matrix
        self._paper = paper
        self._covers = covers
        self._drawn = {
            address_of(item.handle): (at, item) for at, item in enumerate(drawn) if item.kind == raw.FPDF_PAGEOBJ_TEXT
        }
        self._read()

    def _read(self) -> None:
        address, look = -1, None
        for index in range(raw.FPDFText_CountChars(self._text)):
            code = raw.FPDFText_GetUnicode(self._text, index)
            if raw.FPDFText_IsGenerated(self._text, index) == 1 or (code < 0x20 and code not in (0, 2, 9)):
                continue
            handle = raw.FPDFText_GetTextObject(self._text, index)
            current = address_of(handle)
            if current != address or look is None:
                address, look = current, self._look(handle, current, index)
            self._add(index, code, look)

    def _add(self, index: int, code: int, look: _TextLook) -> None:
        if look.turned:
            self.turned += 1
            return
        text = _shown(code)
        if code in _NO_CODE or (code not in _HYPHENS and raw.FPDFText_HasUnicodeMapError(self._text, index) == 1):
            text = "〓"
        left, right, baseline = self._place(index)
        character = Character(text, left, right, baseline, look.size, look.bold)
        if look.hides(character) or not self._paper.holds((left + right) / 2, baseline - look.size / 3):
            self.hidden.append(character)
            return
        self.unknown += text == "〓" and code != 0x3013
        self.shown.append(character)

    def _place(self, index: int) -> tuple[float, float, float]:
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetLooseCharBox(self._text, index, box)
        raw.FPDFText_GetCharOrigin(self._text, index, x, y)
        ends = self._matrix.point(box.left, box.bottom)[0], self._matrix.point(box.right, box.top)[0]
        return round(min(ends), 2), round(max(ends), 2), round(self._matrix.point(x.value, y.value)[1], 1)

    def _look(self, handle: Any, address: int, index: int) -> _TextLook:
        matrix = self._text_matrix(index)
        size = raw.FPDFText_GetFontSize(self._text, index) * math.hypot(matrix.c, matrix.d)
        at, drawn = self._drawn.get(address, (-1, None))
        near = [cover for cover in self._covers if drawn is None or _meet(cover.box, drawn.box)]
        mode = raw.FPDFTextObj_GetTextRenderMode(handle) if handle else raw.FPDF_TEXTRENDERMODE_FILL
        colour = _fill(handle)
        return _TextLook(
            size=round(2 * size) / 2,
            bold=_in_bold(handle),
            hidden=mode in _INVISIBLE or size < _TINY or colour[3] < _FAINT,
            white=mode != raw.FPDF_TEXTRENDERMODE_STROKE and min(colour[:3]) >= _WHITE,
            turned=matrix.turns,
            over=tuple(cover.box for cover in near if cover.at > at >= 0),
            under=tuple(cover.box for cover in near if cover.at < at and not cover.white),
        )

    def _text_matrix(self, index: int) -> Matrix:
        own = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._text, index, own)
        matrix = Matrix(own.a, own.b, own.c, own.d)
        turn = self._matrix
        return matrix.then(Matrix(turn.a, turn.b, turn.c, turn.d))


def _covers(drawn: Sequence[PageObject], is_opaque: Callable[[PageObject], bool]) -> Iterator[_Cover]:
    """The rectangles and pictures under which nothing shows."""
    words: list[Box] = []
    for at, item in enumerate(drawn):
        if item.kind == raw.FPDF_PAGEOBJ_TEXT:
            words.append(item.box)
        elif item.kind == raw.FPDF_PAGEOBJ_IMAGE:
            over_words = any(_meet(item.box, box) for box in words)
            if not over_words or (not raw.FPDFPageObj_HasTransparency(item.handle) and is_opaque(item)):
                yield _Cover(at, item.box, white=False)
        elif item.kind == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPath_CountSegments(item.handle) <= _SIMPLE:
            filling, stroking = ctypes.c_int(), ctypes.c_int()
            raw.FPDFPath_GetDrawMode(item.handle, filling, stroking)
            *colour, alpha = _fill(item.handle)
            if filling.value and alpha >= _OPAQUE and min(item.box.width, item.box.height) > _TINY:
                yield _Cover(at, item.box, white=min(colour) >= _WHITE)


def _leaves_mark(path: PageObject) -> bool:
    """Whether a path leaves a mark that is not white."""
    filling, stroking = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path.handle, filling, stroking)
    if stroking.value:
        return True
    *colour, _ = _fill(path.handle)
    return bool(filling.value) and min(colour) < _WHITE


def _fill(handle: Any) -> tuple[int, int, int, int]:
    """The fill colour: red, green, blue, opacity, each 0 to 255; opaque black when the object has none."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not handle or not raw.FPDFPageObj_GetFillColor(handle, *parts):
        return 0, 0, 0, 255
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _in_bold(handle: Any) -> bool:
    font = raw.FPDFTextObj_GetFont(handle) if handle else None
    if not font:
        return False
    name = ctypes.create_string_buffer(256)
    length = min(raw.FPDFFont_GetBaseFontName(font, name, 256), 256)
    return is_bold(name.raw[: max(length - 1, 0)].decode("utf-8", "replace"))


def _shown(code: int) -> str:
    """The text of a code. Fonts often name ⼯ (a radical) for 工, and ﬁ for fi; these become what they stand for."""
    if code in _HYPHENS:
        return "-"
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "〓"
    text = chr(code)
    special = 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB07
    return unicodedata.normalize("NFKC", text) if special else " " if code == 9 else text


def _meet(first: Box, second: Box) -> bool:
    across = first.left < second.right and second.left < first.right
    return across and first.top < second.bottom and second.top < first.bottom
