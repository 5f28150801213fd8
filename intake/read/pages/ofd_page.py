"""Reads the objects of an OFD page (GB/T 33190-2016, 7.7, 8.5, 11) into a `FixedPage`; millimetres become points."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from intake.parse.picture_kinds import RASTER, picture_kind
from intake.read.docx.tags import Element
from intake.read.pages.layout import PageLimits
from intake.read.pages.lines import is_wide
from intake.read.pages.ofd_package import OfdPackage, Resources, children, descendants
from intake.read.pages.page import Box, Character, FixedPage, PlacedPicture, is_ground, reason_to_leave_out
from intake.read.pages.prepared import prepared
from intake.read.pages.refusals import TOO_COMPLEX
from values.errors import UnreadableManuscript
from values.manuscript import Media
from values.matrix import Matrix

_POINTS: Final = 72 / 25.4
"""A millimetre in points."""
_TINY: Final = 3.0
"""Points: smaller text cannot be read on paper."""
_WHITE: Final = 245
"""Of 255: a colour with no channel below is white to the eye."""
_FAINT: Final = 20
"""Of 255: an opacity below is invisible."""
_BOLD: Final = 600
"""The weight from which a font is bold (11.1)."""
_DEEPEST: Final = 12
"""Nested page blocks; real files have one or two."""
_MOST_IMAGES: Final = 1_000
"""Of one page, as in `pdf_page`."""
_MOST_STEPS: Final = 10_000
"""Characters of one TextCode."""
_HOLDERS: Final = ("Content", "Layer", "PageBlock")


@dataclass(slots=True)
class _PageContent:
    """What has been read of one page."""

    shown: list[Character] = field(default_factory=list)
    hidden: list[Character] = field(default_factory=list)
    images: list[tuple[Box, str]] = field(default_factory=list)
    """Each with the id of its picture."""
    rules: list[Box] = field(default_factory=list)
    """The boxes of drawn paths."""
    turned: int = 0
    """Characters that do not run from left to right."""
    objects: int = 0


class PageReader:
    """Reads the pages of one file, whose pictures share a limit of pixels."""

    def __init__(self, package: OfdPackage, limits: PageLimits) -> None:
        self._package = package
        self._limits = limits
        self._pixels = limits.pixels

    def read(
        self, area: tuple[float, float, float, float], roots: Sequence[tuple[str, Element]], resources: Resources
    ) -> FixedPage:
        """The page. area: the paper in millimetres. roots: of its templates and of the page itself, each with its path.

        Raises UnreadableManuscript when the page has too many objects or pictures.
        """
        content = _PageContent()
        pictures: dict[str, str] = {}
        for path, root in roots:
            own = [self._package.resolved(path, used.text or "") for used in children(root, "PageRes")]
            available = resources.with_own(self._package, own)
            pictures |= available.pictures
            self._take(root, area, available, content, 0)
        width, height = area[2] * _POINTS, area[3] * _POINTS
        placed, left_out = self._placed(content, pictures, width, height)
        return FixedPage(
            width,
            height,
            characters=tuple(content.shown),
            hidden=tuple(content.hidden),
            pictures=placed,
            rules=tuple(content.rules),
            grounded=any(is_ground(box, width, height) for box, _ in content.images),
            turned=content.turned,
            left_out=left_out,
        )

    def _take(
        self,
        holder: Element,
        area: tuple[float, float, float, float],
        resources: Resources,
        content: _PageContent,
        depth: int,
    ) -> None:
        for element in holder:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            content.objects += 1
            if content.objects > self._limits.objects:
                raise UnreadableManuscript(TOO_COMPLEX)
            if name in _HOLDERS and depth < _DEEPEST:
                self._take(element, area, resources, content, depth + 1)
            elif name == "TextObject":
                _take_text(element, area, resources, content)
            elif name in ("ImageObject", "PathObject") and (box := _boundary(element, area)) is not None:
                if name == "ImageObject":
                    content.images.append((box, element.get("ResourceID", "")))
                    if len(content.images) > _MOST_IMAGES:
                        raise UnreadableManuscript(TOO_COMPLEX)
                elif element.get("Stroke", "true") != "false":
                    content.rules.append(box)

    def _placed(
        self, content: _PageContent, pictures: dict[str, str], width: float, height: float
    ) -> tuple[tuple[PlacedPicture, ...], tuple[str, ...]]:
        placed: list[PlacedPicture] = []
        left_out: list[str] = []
        for box, number in content.images:
            if is_ground(box, width, height):
                continue
            media = reason_to_leave_out(box, content.shown) or self._media(pictures.get(number, ""), box)
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


def _take_text(
    element: Element, area: tuple[float, float, float, float], resources: Resources, content: _PageContent
) -> None:
    """Adds the characters of a TextObject (11.2) to `content`."""
    numbers = _numbers(element.get("Boundary", ""))
    size = _number(element.get("Size", "0"))
    if len(numbers) != 4 or not 0 < size < 1_000:
        return
    matrix = _matrix(element)
    shown_size = size * math.hypot(matrix.c, matrix.d) * _POINTS
    turned = matrix.turns or element.get("ReadDirection", "0") != "0"
    hidden = element.get("Visible", "true") == "false" or shown_size < _TINY or _is_white(element)
    bold = resources.bold.get(element.get("Font", ""), False) or _number(element.get("Weight", "400")) >= _BOLD
    paper = Box(0, 0, area[2] * _POINTS, area[3] * _POINTS)
    for text, x, y, width in _codes(element, size):
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
            content.turned += 1
        elif hidden or not paper.holds(character.left, character.baseline - character.size / 3):
            content.hidden.append(character)
        else:
            content.shown.append(character)


def _codes(element: Element, size: float) -> Iterator[tuple[str, float, float, float]]:
    """Each character with x, y and width, in the space of the object (11.3)."""
    x = y = 0.0
    for code in descendants(element, "TextCode"):
        x, y = _number(code.get("X", str(x))), _number(code.get("Y", str(y)))
        across, down = _steps(code.get("DeltaX", "")), _steps(code.get("DeltaY", ""))
        at_x, at_y = x, y
        for at, text in enumerate((code.text or "").strip("\r\n")):
            width = size if is_wide(text) else size / 2
            step = across[at] if at < len(across) else width
            if unicodedata.category(text) != "Cc":
                yield text, at_x, at_y, min(width, step) if step > 0 else width
            at_x += step
            at_y += down[at] if at < len(down) else 0.0


def _steps(text: str) -> list[float]:
    """The numbers of a DeltaX or DeltaY (11.3); "g 3 4.2" stands for three times 4.2.

    Raises UnreadableManuscript when there are too many.
    """
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


def _is_white(element: Element) -> bool:
    """Whether the object is invisible on paper: transparent, or filled with white (RGB, the default)."""
    if _number(element.get("Alpha", "255")) < _FAINT:
        return True
    for colour in children(element, "FillColor"):
        parts = _numbers(colour.get("Value", ""))
        if _number(colour.get("Alpha", "255")) < _FAINT:
            return True
        return len(parts) == 3 and min(parts) >= _WHITE
    return False


def _boundary(element: Element, area: tuple[float, float, float, float]) -> Box | None:
    numbers = _numbers(element.get("Boundary", ""))
    if len(numbers) != 4:
        return None
    left, top = (numbers[0] - area[0]) * _POINTS, (numbers[1] - area[1]) * _POINTS
    return Box(left, top, left + numbers[2] * _POINTS, top + numbers[3] * _POINTS)


def _matrix(element: Element) -> Matrix:
    numbers = _numbers(element.get("CTM", ""))
    return Matrix(*numbers) if len(numbers) == 6 else Matrix()


def _numbers(text: str) -> list[float]:
    return [_number(word) for word in text.split()]


def _number(word: str) -> float:
    """The number, 0.0 for anything that is no finite number below a million."""
    try:
        number = float(word)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) and abs(number) < 1e6 else 0.0
