"""The graphics state of a PDF page (ISO 32000-1, 8.4), and its colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from programs.ofd.page import BLACK, Cap, Colour, Extent, Join, Pen
from programs.ofd.pdf_fonts import PdfFont
from values.matrix import Matrix

CAPS: Final = (Cap.BUTT, Cap.ROUND, Cap.SQUARE)
JOINS: Final = (Join.MITER, Join.ROUND, Join.BEVEL)


@dataclass(frozen=True, slots=True)
class TextState:
    """Of 9.3; the defaults are those of a page's beginning."""

    font: PdfFont | None = None
    font_index: int = 0
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scaling: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    """Rendering mode (table 106)."""


@dataclass(frozen=True, slots=True)
class GraphicsState:
    """What q saves and Q brings back."""

    space: Matrix
    """From user space to the paper."""
    clip: Extent
    """On the paper."""
    fill: Colour = BLACK
    stroke: Colour = BLACK
    fill_channels: int = 1
    """Of the colour space that sc uses; 0 for a pattern, or a space that is not read."""
    stroke_channels: int = 1
    pen: Pen = field(default_factory=Pen)
    text: TextState = field(default_factory=TextState)

    def with_pen(self, **changes: Any) -> Self:
        return replace(self, pen=replace(self.pen, **changes))

    def with_text(self, **changes: Any) -> Self:
        return replace(self, text=replace(self.text, **changes))


def colour_of(channels: Sequence[float]) -> Colour | None:
    """Grey, RGB or CMYK (8.6.4), each channel from 0 to 1. None for another number of channels."""
    match [min(max(channel, 0.0), 1.0) for channel in channels]:
        case [grey]:
            return (round(255 * grey),) * 3
        case [red, green, blue]:
            return round(255 * red), round(255 * green), round(255 * blue)
        case [cyan, magenta, yellow, black]:
            red, green, blue = (round(255 * (1 - min(1.0, ink + black))) for ink in (cyan, magenta, yellow))
            return red, green, blue
    return None
