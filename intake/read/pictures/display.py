"""How a document displays a picture: its size, crop and orientation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from values.paper import EMU_PER_INCH

_WHOLE: Final = 100_000
"""A width or height in thousandths of a percent."""
_EMU_PER_PIXEL: Final = EMU_PER_INCH // 96
"""At 96 pixels an inch."""
_LARGEST: Final = 100 * EMU_PER_INCH
"""EMU, 100 inches: a larger extent is a mistake or hostile."""
_UNMIRRORED: Final = (1, 6, 3, 8)
"""The EXIF orientations of 0 to 3 quarter turns clockwise (EXIF 2.32, 4.6.4)."""
_MIRRORED: Final = (2, 7, 4, 5)
"""The same of a picture that is mirrored from left to right first."""
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""Orientations that exchange width and height."""


@dataclass(frozen=True, slots=True)
class Crop:
    """What is cut off each side, in thousandths of a percent of the width or height (ECMA-376 20.1.8.55)."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def box(self, width: int, height: int) -> tuple[int, int, int, int] | None:
        """The pixels that stay: left, top, right, bottom; partly cut ones do not. None when none would stay."""
        left, top = -(-width * self.left // _WHOLE), -(-height * self.top // _WHOLE)
        right, bottom = width * (_WHOLE - self.right) // _WHOLE, height * (_WHOLE - self.bottom) // _WHOLE
        return (left, top, right, bottom) if left < right and top < bottom else None


NO_CROP: Final = Crop()


def crop_of(left: int, top: int, right: int, bottom: int) -> Crop:
    """A crop of sides as documents give them. A negative side adds a margin, so that nothing is cut there."""
    return Crop(*(min(max(side, 0), _WHOLE) for side in (left, top, right, bottom)))


@dataclass(frozen=True, slots=True)
class PictureDisplay:
    """How a picture is displayed."""

    width: int = 0
    """EMU, before the picture is turned; 0 when the document gives no size."""
    height: int = 0
    """As `width`."""
    description: str = ""
    crop: Crop = NO_CROP
    """Of the picture as stored, before it is turned."""
    orientation: int = 1
    """1 to 8, as in EXIF."""
    most: tuple[int, int] = (_LARGEST, _LARGEST)
    """EMU: the largest width and height, as seen, of a picture for which the document gives no size."""

    def turned(self, size: tuple[int, int]) -> tuple[int, int]:
        """A width and height after the picture is turned; applied again, those before."""
        return size[::-1] if self.orientation in _SIDEWAYS else size

    def size(self, pixels: tuple[int, int]) -> tuple[int, int]:
        """Width and height in EMU as seen. pixels: of the cropped picture, before it is turned."""
        if 0 < self.width <= _LARGEST and 0 < self.height <= _LARGEST:
            return self.turned((self.width, self.height))
        width, height = (side * _EMU_PER_PIXEL for side in self.turned(pixels))
        scale = min([1.0, *(most / side for most, side in zip(self.most, (width, height), strict=True) if side)])
        return round(width * scale), round(height * scale)


def orientation_of(quarters: int, *, across: bool, down: bool) -> int:
    """The EXIF orientation of a picture that is mirrored, then turned clockwise.

    across: from left to right. down: from top to bottom.
    """
    turned = (quarters + 2 * down) % 4
    return (_MIRRORED if across != down else _UNMIRRORED)[turned]
