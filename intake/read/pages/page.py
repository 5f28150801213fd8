"""A page of a fixed-layout file (PDF, OFD): placed characters and pictures, without paragraphs or order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from values.manuscript import Media

_GROUND: Final = 0.6
"""Of the area of the page: a picture that covers more is a scan, or paper drawn under the text."""
_COVERED: Final = 2
"""Characters over a picture that make it a seal or a watermark; one may touch it by chance."""
_SMALLEST: Final = 28.0
"""Points (1 cm): a narrower or lower picture is an ornament."""
_BOLD: Final = ("bold", "heavy", "black", "simhei", "heiti", "黑体")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, from the top left corner of the page to the right and downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Whether the point is inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Character:
    """One character, or a few that share a glyph. Lengths are points."""

    text: str
    left: float
    """The beginning of its advance width."""
    right: float
    """The end of its advance width."""
    baseline: float
    """From the top of the page downwards."""
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture, and where it is shown."""

    box: Box
    media: Media


@dataclass(frozen=True, slots=True)
class FixedPage:
    """One page. Lengths are points."""

    width: float
    height: float
    characters: tuple[Character, ...]
    """Those that a reader sees, in any order."""
    hidden: tuple[Character, ...] = ()
    """Those that no reader sees: invisible, white, tiny, covered, or off the page."""
    pictures: tuple[PlacedPicture, ...] = ()
    rules: tuple[Box, ...] = ()
    """The boxes of the lines and rectangles drawn on it, among which tables are looked for."""
    grounded: bool = False
    """Whether one picture covers most of the page, as in a scan."""
    turned: int = 0
    """How many characters do not run from left to right."""
    unknown: int = 0
    """How many characters have no code in the file; they are shown as 〓."""
    left_out: tuple[str, ...] = ()
    """The reason for each picture that is left out: "small", "over-text", "format", "huge", "damaged" or "running"."""

    @property
    def scanned(self) -> bool:
        """Whether it is the picture of a page, with recognised text laid under or over it."""
        return self.grounded and len(self.hidden) > len(self.characters)


def is_bold(font: str) -> bool:
    """Whether a font is heavy, by its name."""
    return any(word in font.lower() for word in _BOLD)


def is_ground(box: Box, width: float, height: float) -> bool:
    """Whether a picture covers most of a page of that width and height."""
    across = min(box.right, width) - max(box.left, 0.0)
    down = min(box.bottom, height) - max(box.top, 0.0)
    return across > 0 and down > 0 and across * down >= _GROUND * width * height


def reason_to_leave_out(box: Box, characters: Iterable[Character]) -> str:
    """Why a picture is left out, judged by its size and place only; "" when it belongs to the article."""
    if min(box.width, box.height) < _SMALLEST:
        return "small"
    middles = (
        ((character.left + character.right) / 2, character.baseline - character.size / 3) for character in characters
    )
    inside = (point for point in middles if box.holds(*point))
    return "over-text" if sum(1 for _ in zip(range(_COVERED), inside, strict=False)) == _COVERED else ""
