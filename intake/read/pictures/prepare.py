"""Prepares a picture for print: a PNG or JPEG, cropped, upright, and no larger than needed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from intake.parse.picture_kinds import MOST_PIXELS, RASTER, UNKNOWN_TYPE, PictureKind, picture_kind
from intake.read.pictures.display import PictureDisplay
from intake.read.pictures.metadata import without_metadata
from intake.read.pictures.pixels import (
    Damaged,
    TooManyPixels,
    decoded,
    encoded,
    has_more,
    opened,
    pillow_faults,
    stored_orientation,
    verify,
)
from values import rules
from values.finding import Rule
from values.manuscript import Media, Picture
from values.paper import EMU_PER_INCH, HIGHEST_PICTURE, PRINT_DOTS_PER_INCH, TEXT_WIDTH

_WORTH_SCALING: Final = 1.5
"""Pixels beyond those needed, on each side: below this factor scaling would save little and lose sharpness."""
_KEPT: Final = frozenset({"image/png", "image/jpeg"})
_NAMES: Final = {
    "image/emf": "EMF",
    "image/wmf": "WMF",
    "image/svg+xml": "SVG",
    "image/heic": "HEIC",
}


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture that can be printed."""

    picture: Picture
    media: Media
    remarks: tuple[Rule, ...] = ()
    """What it shows less than the source; the sentences are in `intake.read.docx.tally`."""


@dataclass(frozen=True, slots=True)
class UnprintablePicture:
    """A picture that cannot be printed."""

    rule: Rule
    """Why; the sentences are in `intake.read.docx.tally`."""
    kind: PictureKind
    """Its format and size, as far as its header gives them."""
    name: str = ""
    """Of the format, "" when unknown."""

    def as_it_is(self, data: bytes, shown: PictureDisplay) -> PreparedPicture:
        """The bytes unchanged, under a content type that is never printed, in the size of the picture."""
        content_type = UNKNOWN_TYPE if self.kind.content_type in RASTER else self.kind.content_type
        return _ready(data, content_type, shown.size((self.kind.width, self.kind.height)), shown)


def prepare(data: bytes, shown: PictureDisplay, pixels: int = MOST_PIXELS) -> PreparedPicture | UnprintablePicture:
    """The picture prepared for print, or why it cannot be. Never raises; the same arguments give the same bytes.

    A PNG or JPEG that needs no change only loses its metadata. An orientation in the metadata is ignored, as Word and
    LibreOffice ignore it in a document; see `upright`. pixels: the most that the whole picture may have.
    """
    kind = picture_kind(data)
    if kind.content_type == UNKNOWN_TYPE:
        return UnprintablePicture(rules.DAMAGED_PICTURE, kind)
    if kind.content_type not in RASTER:
        return UnprintablePicture(rules.PICTURE_FORMAT, kind, _NAMES.get(kind.content_type, kind.content_type))
    if kind.width * kind.height > pixels:
        return UnprintablePicture(rules.HUGE_PICTURE, kind)
    try:
        with pillow_faults():
            return _prepared(data, kind, shown, pixels)
    except TooManyPixels:
        return UnprintablePicture(rules.HUGE_PICTURE, kind)
    except Damaged:
        return UnprintablePicture(rules.DAMAGED_PICTURE, kind)


def upright(data: bytes, pixels: int = MOST_PIXELS) -> int:
    """The orientation in the metadata of a picture, 1 when there is none or it cannot be read. Never raises."""
    kind = picture_kind(data)
    if kind.content_type not in RASTER:
        return 1
    try:
        with pillow_faults():
            return stored_orientation(data, kind.content_type, pixels)
    except (Damaged, TooManyPixels):
        return 1


def _prepared(data: bytes, kind: PictureKind, shown: PictureDisplay, pixels: int) -> PreparedPicture:
    clean = without_metadata(data, kind.content_type)
    image = opened(clean, kind.content_type, pixels)
    whole = image.size
    box = shown.crop.box(*whole)
    cut = (box[2] - box[0], box[3] - box[1]) if box else whole
    extent = shown.size(cut)
    needed = shown.turned(_needed(shown.turned(cut), extent))
    content_type = kind.content_type
    if content_type in _KEPT and needed == whole and shown.orientation == 1 and image.mode != "CMYK":
        verify(image)
    else:
        drawn, photograph = decoded(image, shown.crop, needed)
        content_type, clean = encoded(drawn, shown.orientation, photograph=photograph)
    remarks = (*((rules.CROPPED_PICTURE,) if box is None else ()), *_of_frames(data, kind, pixels))
    return _ready(clean, content_type, extent, shown, remarks)


def _ready(
    data: bytes, content_type: str, extent: tuple[int, int], shown: PictureDisplay, remarks: tuple[Rule, ...] = ()
) -> PreparedPicture:
    sha256 = hashlib.sha256(data).hexdigest()
    picture = Picture(sha256, content_type, *extent, shown.description)
    return PreparedPicture(picture, Media(sha256, content_type, data), remarks)


def _needed(pixels: tuple[int, int], extent: tuple[int, int]) -> tuple[int, int]:
    """The size in pixels that print can use, at most `pixels`. extent: the size shown, in EMU. Both as seen."""
    fitted = min(1.0, TEXT_WIDTH / extent[0], HIGHEST_PICTURE / extent[1])
    dots = [side * fitted * PRINT_DOTS_PER_INCH / EMU_PER_INCH for side in extent]
    scale = max(dot / pixel for dot, pixel in zip(dots, pixels, strict=True))
    if scale * _WORTH_SCALING > 1:
        return pixels
    return max(1, round(pixels[0] * scale)), max(1, round(pixels[1] * scale))


def _of_frames(data: bytes, kind: PictureKind, pixels: int) -> tuple[Rule, ...]:
    if not has_more(data, kind.content_type, pixels):
        return ()
    return (rules.PICTURE_PAGES if kind.content_type == "image/tiff" else rules.ANIMATED_PICTURE,)
