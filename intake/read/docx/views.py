"""How a document crops, mirrors and turns a picture, in DrawingML and in VML."""

from __future__ import annotations

import re
from typing import Final

from intake.read.docx.tags import A_NS, Element, integer
from intake.read.pictures.display import NO_CROP, Crop, crop_of, orientation_of

_SOURCE_RECTANGLE: Final = f"{{{A_NS}}}srcRect"
_TRANSFORM: Final = f"{{{A_NS}}}xfrm"
_QUARTER: Final = 90 * 60_000
"""A quarter turn in 60,000ths of a degree, the unit of angles (ECMA-376 20.1.10.3)."""
_UPRIGHT_ENOUGH: Final = 60_000
"""One degree: a picture tilted by less looks straight."""
_FIXED: Final = 65_536
"""The unit of VML's fixed-point numbers (ISO/IEC 29500-4 14.1.2.11)."""
_WHOLE: Final = 100_000
"""The width or height of a picture in thousandths of a percent (ECMA-376 20.1.10.41)."""
_FRACTION: Final = re.compile(r"(-?[0-9]{0,9}(?:\.[0-9]{0,9})?)\s*([f%]?)")
_CSS_TURN: Final = re.compile(r"(?:^|;)\s*rotation\s*:\s*(-?[0-9]{1,9}(?:\.[0-9]{0,9})?)\s*(fd)?", re.IGNORECASE)
_CSS_FLIP: Final = re.compile(r"(?:^|;)\s*flip\s*:\s*([xy]{1,2}(?:\s+[xy])?)", re.IGNORECASE)


def crop_of_fill(blip: Element) -> Crop:
    """The a:srcRect beside an a:blip (ECMA-376 20.1.8.55)."""
    fill = blip.getparent()
    rectangle = None if fill is None else fill.find(_SOURCE_RECTANGLE)
    if rectangle is None:
        return NO_CROP
    return crop_of(*(integer(rectangle.get(side), 0) for side in "ltrb"))


def crop_of_image(image: Element) -> Crop:
    """The crop of a v:imagedata: fractions of its size, "0.25", "25%" or "16384f" (ISO/IEC 29500-4 14.1.2.11)."""
    return crop_of(*(_thousandths(image.get(f"crop{side}", "")) for side in ("left", "top", "right", "bottom")))


def turn_of_fill(blip: Element) -> tuple[int, bool]:
    """The EXIF orientation nearest to the a:xfrm of a picture or shape, and whether it is the very angle, within 1°."""
    fill = blip.getparent()
    holder = None if fill is None else fill.getparent()
    if holder is None:
        return 1, True
    places = (holder, *holder)
    transform = next((child for place in places if (child := place.find(_TRANSFORM)) is not None), None)
    if transform is None:
        return 1, True
    across, down = (transform.get(flip) in ("1", "true") for flip in ("flipH", "flipV"))
    return _turn(integer(transform.get("rot"), 0), across=across, down=down)


def turn_of_style(style: str) -> tuple[int, bool]:
    """As `turn_of_fill`, from the style of a VML shape: rotation in degrees, or in 65,536ths of one ("fd"); flip: x,
    y."""
    turn = _CSS_TURN.search(style)
    degrees = float(turn[1]) / (_FIXED if turn[2] else 1) if turn else 0.0
    flips = _CSS_FLIP.search(style)
    flipped = flips[1].lower() if flips else ""
    return _turn(round(degrees * 60_000), across="x" in flipped, down="y" in flipped)


def _turn(angle: int, *, across: bool, down: bool) -> tuple[int, bool]:
    quarters = (2 * angle + _QUARTER) // (2 * _QUARTER)
    return orientation_of(quarters, across=across, down=down), abs(angle - quarters * _QUARTER) <= _UPRIGHT_ENOUGH


def _thousandths(fraction: str) -> int:
    number = _FRACTION.match(fraction.strip().lower())
    if number is None or number[1] in ("", "-", ".", "-."):
        return 0
    whole = {"f": _FIXED, "%": 100}.get(number[2], 1)
    return round(float(number[1]) / whole * _WHOLE)
