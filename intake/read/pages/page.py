"""A page of a fixed-layout file (PDF, OFD): characters and pictures, each at its place. No paragraphs, no order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from values.manuscript import Media

_GROUND: Final = 0.6
_COVERED: Final = 2
_SMALLEST: Final = 28.0
"""Points (1 cm): what is narrower or lower is an ornament."""
_RULE: Final = 3.0
_LONG: Final = 12.0
_NEAR: Final = 2.0
_MOST_RULES: Final = 2_000
_SLANT: Final = 0.1
_BOLD: Final = ("bold", "heavy", "black", "simhei", "heiti", "黑体")


@dataclass(frozen=True, slots=True)
class Box:
    """Points, from the page's top left corner rightwards and downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Matrix:
    """ISO 32000 8.3.3, GB/T 33190 8.5: x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, other: Matrix) -> Matrix:
        return Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            self.e * other.a + self.f * other.c + other.e,
            self.e * other.b + self.f * other.d + other.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def turns(self) -> bool:
        """Whether text in it does not run from left to right."""
        return abs(self.b) > _SLANT * abs(self.a) or self.a <= 0


@dataclass(frozen=True, slots=True)
class Character:
    """One character, or a few that are one glyph. left, right: of its advance width; baseline and size in points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    box: Box
    media: Media


@dataclass(frozen=True, slots=True)
class FixedPage:
    """width, height: points. hidden: characters that nobody sees on the page: invisible, white, tiny, covered, off it.

    grounded: one picture covers most of the page, as in a scan. tables: where ruling lines suggest one.
    turned: characters that do not run from left to right. unknown: characters that the file does not tell (shown 〓).
    left_out: pictures that are not in the article, by why: "small", "over-text", "format", "huge", "damaged".
    """

    width: float
    height: float
    characters: tuple[Character, ...]
    hidden: tuple[Character, ...] = ()
    pictures: tuple[PlacedPicture, ...] = ()
    tables: tuple[Box, ...] = ()
    grounded: bool = False
    turned: int = 0
    unknown: int = 0
    left_out: tuple[str, ...] = ()

    @property
    def scanned(self) -> bool:
        """Whether it is a picture of a page, with what a machine read in it laid under or over it."""
        return self.grounded and len(self.hidden) > len(self.characters)


def is_bold(font: str) -> bool:
    """Whether a font is heavy, by its name."""
    return any(word in font.lower() for word in _BOLD)


def is_ground(box: Box, width: float, height: float) -> bool:
    """Whether a picture covers most of the page: a scan, or paper drawn under the text."""
    across = min(box.right, width) - max(box.left, 0.0)
    down = min(box.bottom, height) - max(box.top, 0.0)
    return across > 0 and down > 0 and across * down >= _GROUND * width * height


def why_left_out(box: Box, characters: Iterable[Character]) -> str:
    """Why a picture is no part of the article, judged by its place alone; "" when it is one."""
    if min(box.width, box.height) < _SMALLEST:
        return "small"
    inside = (one for one in characters if box.holds((one.left + one.right) / 2, one.baseline - one.size / 3))
    return "over-text" if sum(1 for _ in zip(range(_COVERED), inside, strict=False)) == _COVERED else ""


def tables_among(rules: Iterable[Box]) -> tuple[Box, ...]:
    """Where lines across and lines down meet and make at least two cells. rules: boxes of drawn lines, rectangles."""
    lying: list[Box] = []
    standing: list[Box] = []
    for rule in islice(rules, _MOST_RULES):
        if rule.width >= _LONG and rule.height >= _LONG:  # a rectangle: its four sides
            lying += (Box(rule.left, y, rule.right, y) for y in (rule.top, rule.bottom))
            standing += (Box(x, rule.top, x, rule.bottom) for x in (rule.left, rule.right))
        elif rule.width >= _LONG and rule.height <= _RULE:
            lying.append(rule)
        elif rule.height >= _LONG and rule.width <= _RULE:
            standing.append(rule)
    return tuple(_grown(standing, lying))


def _grown(standing: list[Box], lying: list[Box]) -> list[Box]:
    """One box for each group of standing lines at the same height, with the lying lines that meet them."""
    found: list[Box] = []
    for group in _groups(sorted(standing, key=lambda rule: rule.top)):
        box = _around(group)
        meeting = [one for one in lying if box.top - _NEAR <= one.top <= box.bottom + _NEAR]
        down = len({round(one.left / _NEAR) for one in group})
        across = len({round(one.top / _NEAR) for one in meeting})
        if (down - 1) * (across - 1) > 1:
            found.append(_around([*group, *meeting]))
    return found


def _groups(standing: list[Box]) -> list[list[Box]]:
    groups: list[list[Box]] = []
    end = 0.0
    for rule in standing:
        if groups and rule.top <= end + _NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
            end = rule.bottom
        end = max(end, rule.bottom)
    return groups


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
