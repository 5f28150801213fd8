"""How a document shows a picture: how large, which part of it, which way up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_WHOLE: Final = 100_000
_EMU_PER_PIXEL: Final = 9_525  # at 96 dots an inch
_LARGEST: Final = 914_400 * 100  # 100 inches; a larger extent is a mistake or a trick
_UNMIRRORED: Final = (1, 6, 3, 8)
_MIRRORED: Final = (2, 7, 4, 5)
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})


@dataclass(frozen=True, slots=True)
class Crop:
    """What is cut off each side, in thousandths of a percent of the picture's width or height (ECMA-376 20.1.8.55)."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def box(self, width: int, height: int) -> tuple[int, int, int, int] | None:
        """The pixels that stay: left, top, right, bottom. One that is cut through goes. None when none would stay."""
        left, top = -(-width * self.left // _WHOLE), -(-height * self.top // _WHOLE)
        right, bottom = width * (_WHOLE - self.right) // _WHOLE, height * (_WHOLE - self.bottom) // _WHOLE
        return (left, top, right, bottom) if left < right and top < bottom else None


NO_CROP: Final = Crop()


def crop_of(left: int, top: int, right: int, bottom: int) -> Crop:
    """A crop of sides as documents tell them. Negative ones add a margin, which is nothing to cut."""
    return Crop(*(min(max(side, 0), _WHOLE) for side in (left, top, right, bottom)))


@dataclass(frozen=True, slots=True)
class PictureDisplay:
    """width, height: in EMU, before the picture is turned; 0: not told. orientation: as EXIF counts it (1 to 8).

    What is cropped away is not shown; a crop is of the picture as it is stored, before it is turned.
    most: in EMU, the largest width and height, as it is seen, of a picture whose size is not told.
    """

    width: int = 0
    height: int = 0
    description: str = ""
    crop: Crop = NO_CROP
    orientation: int = 1
    most: tuple[int, int] = (_LARGEST, _LARGEST)

    def turned(self, size: tuple[int, int]) -> tuple[int, int]:
        """A width and height after the picture is turned; also the way back."""
        return size[::-1] if self.orientation in _SIDEWAYS else size

    def size(self, pixels: tuple[int, int]) -> tuple[int, int]:
        """Width and height in EMU as it is seen. pixels: of what is shown, before it is turned."""
        if 0 < self.width <= _LARGEST and 0 < self.height <= _LARGEST:
            return self.turned((self.width, self.height))
        width, height = (side * _EMU_PER_PIXEL for side in self.turned(pixels))
        scale = min([1.0, *(most / side for most, side in zip(self.most, (width, height), strict=True) if side)])
        return round(width * scale), round(height * scale)


def orientation_of(quarters: int, *, across: bool, down: bool) -> int:
    """The EXIF orientation of a picture that is mirrored (across: left to right), then turned clockwise."""
    turned = (quarters + 2 * down) % 4
    return (_MIRRORED if across != down else _UNMIRRORED)[turned]
