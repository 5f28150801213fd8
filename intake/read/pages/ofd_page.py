"""The objects of an OFD page (GB/T 33190-2016, 7.7, 8.5, 11) → a `FixedPage`. Its millimetres become points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from intake.parse.picture_kinds import RASTER, picture_kind
from intake.read.docx.tags import Element
from intake.read.pages.layout import PageLimits
from intake.read.pages.lines import is_wide
from intake.read.pages.ofd_package import OfdPackage, Resources, children, descendants
from intake.read.pages.page import (
    Box,
    Character,
    FixedPage,
    Matrix,
    PlacedPicture,
    is_ground,
    tables_among,
    why_left_out,
)
from intake.read.pages.prepared import prepared
from intake.read.pages.refusals import TOO_COMPLEX
from values.errors import UnreadableManuscript
from values.manuscript import Media

_POINTS: Final = 72 / 25.4
_TINY: Final = 3.0
_WHITE: Final = 245
_FAINT: Final = 20
_DEEPEST: Final = 12
_MOST_IMAGES: Final = 1_000
_MOST_STEPS: Final = 10_000
_HOLDERS: Final = ("Content", "Layer", "PageBlock")


@dataclass(slots=True)
class _Found:
    """What is on one page. images: with the number of each picture."""

    shown: list[Character] = field(default_factory=list)
    hidden: list[Character] = field(default_factory=list)
    images: list[tuple[Box, str]] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    turned: int = 0
    objects: int = 0


class PageReader:
    """Reads pages as long as there is room for their pictures."""

    def __init__(self, package: OfdPackage, limits: PageLimits) -> None:
        self._package = package
        self._limits = limits
        self._pixels = limits.pixels

    def read(
        self, area: tuple[float, float, float, float], roots: Sequence[tuple[str, Element]], resources: Resources
    ) -> FixedPage:
        """area: the paper, in millimetres. roots: of the templates and the page, each with its path."""
        found = _Found()
        pictures: dict[str, str] = {}
        for path, root in roots:
            own = [self._package.resolved(path, one.text or "") for one in children(root, "PageRes")]
            known = resources.with_own(self._package, own)
            pictures |= known.pictures
            self._take(root, area, known, found, 0)
        width, height = area[2] * _POINTS, area[3] * _POINTS
        placed, left_out = self._placed(found, pictures, width, height)
        return FixedPage(
            width,
            height,
            characters=tuple(found.shown),
            hidden=tuple(found.hidden),
            pictures=placed,
            tables=tables_among(found.rules),
            grounded=any(is_ground(box, width, height) for box, _ in found.images),
            turned=found.turned,
            left_out=left_out,
        )

    def _take(
        self, holder: Element, area: tuple[float, float, float, float], known: Resources, found: _Found, depth: int
    ) -> None:
        for one in holder:
            name = etree.QName(one).localname if isinstance(one.tag, str) else ""
            found.objects += 1
            if found.objects > self._limits.objects:
                raise UnreadableManuscript(TOO_COMPLEX)
            if name in _HOLDERS and depth < _DEEPEST:
                self._take(one, area, known, found, depth + 1)
            elif name == "TextObject":
                _take_text(one, area, known, found)
            elif name in ("ImageObject", "PathObject") and (box := _boundary(one, area)) is not None:
                if name == "ImageObject":
                    found.images.append((box, one.get("ResourceID", "")))
                    if len(found.images) > _MOST_IMAGES:
                        raise UnreadableManuscript(TOO_COMPLEX)
                elif one.get("Stroke", "true") != "false":
                    found.rules.append(box)

    def _placed(
        self, found: _Found, pictures: dict[str, str], width: float, height: float
    ) -> tuple[tuple[PlacedPicture, ...], tuple[str, ...]]:
        placed: list[PlacedPicture] = []
        left_out: list[str] = []
        for box, number in found.images:
            if is_ground(box, width, height):
                continue
            media = why_left_out(box, found.shown) or self._media(pictures.get(number, ""), box)
            if isinstance(media, Media):
                placed.append(PlacedPicture(box, media))
            else:
                left_out.append(media)
        return tuple(placed), tuple(left_out)

    def _media(self, path: str, box: Box) -> Media | str:
        data = self._package.read(path)
        if data is None:
            return "damaged"
        kind = picture_kind(data)
        if kind.content_type not in RASTER:
            return "format"
        self._pixels -= kind.width * kind.height
        return prepared(data, box, kind.width * kind.height) if self._pixels >= 0 else "huge"


def _take_text(one: Element, area: tuple[float, float, float, float], known: Resources, found: _Found) -> None:
    """A TextObject (11.2): its codes, each with the steps between its characters."""
    numbers = _numbers(one.get("Boundary", ""))
    size = _number(one.get("Size", "0"))
    if len(numbers) != 4 or not 0 < size < 1_000:
        return
    matrix = _matrix(one)
    shown_size = size * math.hypot(matrix.c, matrix.d) * _POINTS
    turned = matrix.turns or one.get("ReadDirection", "0") != "0"
    hidden = one.get("Visible", "true") == "false" or shown_size < _TINY or _is_white(one)
    bold = known.bold.get(one.get("Font", ""), False) or _number(one.get("Weight", "400")) >= 600
    paper = Box(0, 0, area[2] * _POINTS, area[3] * _POINTS)
    for text, x, y, width in _codes(one, size):
        left, baseline = matrix.point(x, y)
        right, _ = matrix.point(x + width, y)
        character = Character(
            text,
            round((numbers[0] - area[0] + left) * _POINTS, 2),
            round((numbers[0] - area[0] + right) * _POINTS, 2),
            round((numbers[1] - area[1] + baseline) * _POINTS, 1),
            round(2 * shown_size) / 2,
            bold,
        )
        if turned:
            found.turned += 1
        elif hidden or not paper.holds(character.left, character.baseline - character.size / 3):
            found.hidden.append(character)
        else:
            found.shown.append(character)


def _codes(one: Element, size: float) -> Iterator[tuple[str, float, float, float]]:
    """Each character with its place and width in the object's own space (11.3)."""
    x = y = 0.0
    for code in descendants(one, "TextCode"):
        x, y = _number(code.get("X", str(x))), _number(code.get("Y", str(y)))
        across, down = _steps(code.get("DeltaX", "")), _steps(code.get("DeltaY", ""))
        at_x, at_y = x, y
        for at, text in enumerate((code.text or "").strip("\r\n")):
            width = size if is_wide(text) else size / 2
            step = across[at] if at < len(across) else width
            if text.isprintable():
                yield text, at_x, at_y, min(width, step) if step > 0 else width
            at_x += step
            at_y += down[at] if at < len(down) else 0.0


def _steps(text: str) -> list[float]:
    """DeltaX, DeltaY (11.3): numbers; "g 3 4.2" stands for three times 4.2."""
    words = iter(text.split())
    steps: list[float] = []
    for word in words:
        if word == "g":
            times, step = int(_number(next(words, "0"))), _number(next(words, "0"))
            steps += [step] * min(max(times, 0), _MOST_STEPS)
        else:
            steps.append(_number(word))
        if len(steps) > _MOST_STEPS:
            raise UnreadableManuscript(TOO_COMPLEX)
    return steps


def _is_white(one: Element) -> bool:
    """Whether nobody sees it on paper: transparent, or white as it is filled (RGB unless told otherwise)."""
    if _number(one.get("Alpha", "255")) < _FAINT:
        return True
    for colour in children(one, "FillColor"):
        parts = _numbers(colour.get("Value", ""))
        if _number(colour.get("Alpha", "255")) < _FAINT:
            return True
        return len(parts) == 3 and min(parts) >= _WHITE
    return False


def _boundary(one: Element, area: tuple[float, float, float, float]) -> Box | None:
    numbers = _numbers(one.get("Boundary", ""))
    if len(numbers) != 4:
        return None
    left, top = (numbers[0] - area[0]) * _POINTS, (numbers[1] - area[1]) * _POINTS
    return Box(left, top, left + numbers[2] * _POINTS, top + numbers[3] * _POINTS)


def _matrix(one: Element) -> Matrix:
    numbers = _numbers(one.get("CTM", ""))
    return Matrix(*numbers) if len(numbers) == 6 else Matrix()


def _numbers(text: str) -> list[float]:
    return [_number(word) for word in text.split()]


def _number(word: str) -> float:
    """0.0 for what is no finite number."""
    try:
        number = float(word)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) and abs(number) < 1e6 else 0.0
