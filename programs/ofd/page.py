"""What a page shows, as plain values: between the reader of the PDF and the writer of the OFD.

Lengths are points (1/72 inch) from the lower left corner of the paper, as in a PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from programs.ofd.doubt import Doubt
from values.matrix import Matrix

Colour: TypeAlias = tuple[int, int, int]
"""Red, green, blue, each of 255."""
BLACK: Final[Colour] = (0, 0, 0)


class Extent(NamedTuple):
    """A rectangle parallel to the paper's edges."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, points: list[tuple[float, float]]) -> Extent:
        """The smallest one that holds the points, of which there is at least one."""
        across, up = [x for x, _ in points], [y for _, y in points]
        return cls(min(across), min(up), max(across), max(up))

    def meeting(self, other: Extent) -> Extent:
        """What both have in common; its sides are reversed where that is nothing."""
        return Extent(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def holds(self, other: Extent, tolerance: float) -> bool:
        """Whether the other lies within this one, or beyond its edges by no more than `tolerance`."""
        return (
            other.left >= self.left - tolerance
            and other.bottom >= self.bottom - tolerance
            and other.right <= self.right + tolerance
            and other.top <= self.top + tolerance
        )


class GlyphKey(NamedTuple):
    """A glyph of a font in the PDF."""

    font: int
    """Index of the font, in the order in which the pages use them."""
    code: int
    """As the PDF's strings have it."""


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    """A glyph on the page."""

    key: GlyphKey
    text: str
    """The characters that it stands for; "" where the PDF does not say."""
    x: float
    """Of its origin, in the space of the run."""
    width: float
    """How far the next one is away when nothing moves it."""


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs of one font, size and colour on one line."""

    size: float
    """Of the em square, in the space of the run."""
    space: Matrix
    """From the space of the run, in which its baseline is the x axis, to the paper."""
    colour: Colour
    glyphs: tuple[PlacedGlyph, ...]
    outlined: float = 0.0
    """Width of the line around each glyph, in the space of the run (synthetic bold); 0: none."""


class Cap(Enum):
    """How a line ends; the words of GB/T 33190, 8.2."""

    BUTT = "Butt"
    ROUND = "Round"
    SQUARE = "Square"


class Join(Enum):
    """How lines meet; the words of GB/T 33190, 8.2."""

    MITER = "Miter"
    ROUND = "Round"
    BEVEL = "Bevel"


@dataclass(frozen=True, slots=True)
class Pen:
    """How a path is stroked."""

    width: float = 1.0
    cap: Cap = Cap.BUTT
    join: Join = Join.MITER
    miter: float = 10.0
    dashes: tuple[float, ...] = ()
    """Lengths of dashes and gaps in turn; () for a solid line."""
    phase: float = 0.0
    """Where in the pattern the line begins."""


Segment: TypeAlias = tuple[str, tuple[tuple[float, float], ...]]
"""An operator of AbbreviatedData (GB/T 33190, 9.1: M, L, B, C) and its points, on the paper."""


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A path that is filled, stroked, or both."""

    segments: tuple[Segment, ...]
    pen: Pen
    """With lengths on the paper."""
    stroke: Colour | None
    fill: Colour | None
    even_odd: bool = False
    """The rule by which its inside is determined; otherwise nonzero."""


@dataclass(frozen=True, slots=True)
class PlacedImage:
    """A picture on the page."""

    name: str
    """Of its file in the OFD."""
    space: Matrix
    """From the unit square, whose lower left corner is the picture's, to the paper."""


PageItem: TypeAlias = GlyphRun | DrawnPath | PlacedImage


@dataclass(slots=True)
class PageContent:
    """A page while it is read."""

    width: float
    height: float
    items: list[PageItem] = field(default_factory=list)
    """In the order in which they are drawn."""
    doubts: list[Doubt] = field(default_factory=list)
    """What the OFD cannot show as the PDF does, each kind once."""

    def doubt(self, kind: Doubt) -> None:
        if kind not in self.doubts:
            self.doubts.append(kind)
