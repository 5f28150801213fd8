"""Decoding, cropping, scaling, turning and encoding pictures with Pillow."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import AvifImagePlugin, Image

from intake.parse.picture_kinds import RASTER
from intake.read.pictures.display import Crop

QUALITY: Final = 92
"""Of JPEG: no visible loss in print, at half the size of 98 (docs/decisions/0009)."""
_PHOTOGRAPH: Final = 4096
"""Colours: a drawing, a chart or a screenshot seldom has more, a photograph nearly always has."""
_LEAST_DRAFTED: Final = 64
"""Pixels: a crop of less could leave nothing when the picture is decoded at an eighth of its size."""
_ORIENTATION: Final = 0x0112
"""The tag of the orientation (EXIF 2.32, 4.6.4)."""
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_WEBP_ANIMATED: Final = 0x02
"""The flag of an animated WebP (RFC 9649 2.7)."""
_PNG_ANIMATED: Final = b"acTL"
"""The chunk that every animated PNG has (PNG, third edition, 11.3.6.1)."""
_OWN_COLOURS: Final = frozenset({"CMYK", "LAB", "YCbCr", "HSV"})
"""Modes whose colour profile does not apply to the RGB made of them."""

_FAULTS: Final = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError),
    *(ArithmeticError, AttributeError, RuntimeError, struct.error, zlib.error),
)
"""What Pillow's decoders raise for damaged files, by observation and by their code."""


class TooManyPixels(Exception):
    """A picture with more pixels than allowed."""


class Damaged(Exception):
    """Bytes that begin like a picture and cannot be decoded."""


@contextmanager
def pillow_faults() -> Iterator[None]:
    """Turns whatever Pillow raises for a file into TooManyPixels or Damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise TooManyPixels from error
    except _FAULTS as error:
        raise Damaged from error


def opened(data: bytes, content_type: str, pixels: int) -> Image.Image:
    """The picture with only its header read. Raises TooManyPixels, or what Pillow raises."""
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # a confined child can start no thread (programs/confine.py)
    image = Image.open(io.BytesIO(data), formats=(RASTER[content_type],))
    if image.width * image.height > pixels:
        raise TooManyPixels
    return image


def stored_orientation(data: bytes, content_type: str, pixels: int) -> int:
    """The EXIF orientation, 1 when there is none. 1 for a TIFF, too, which Pillow turns while decoding.

    Raises TooManyPixels, or what Pillow raises.
    """
    if content_type == "image/tiff":
        return 1
    orientation = opened(data, content_type, pixels).getexif().get(_ORIENTATION)
    return orientation if orientation in _TURNS else 1


def has_more(data: bytes, content_type: str, pixels: int) -> bool:
    """Whether another frame or page follows the first, even one that cannot be read."""
    if content_type == "image/jpeg":
        return False
    if content_type == "image/webp":  # Pillow would allocate two whole pictures to find out
        return data[12:16] == b"VP8X" and bool(data[20] & _WEBP_ANIMATED)
    if content_type == "image/png" and _PNG_ANIMATED not in data:
        return False
    try:
        with pillow_faults():
            opened(data, content_type, pixels).seek(1)
    except (Damaged, TooManyPixels) as error:
        return not isinstance(error.__cause__, EOFError)
    return True


def verify(image: Image.Image) -> None:
    """Decodes a picture that is kept unchanged, a JPEG at an eighth of its size. Raises what Pillow raises."""
    image.draft(None, (1, 1))
    image.load()


def decoded(image: Image.Image, crop: Crop, size: tuple[int, int]) -> tuple[Image.Image, bool]:
    """The cropped picture, scaled down to `size`, and whether it is a photograph rather than a drawing.

    Channels are reduced to eight bits. A JPEG is decoded at the next larger of its own scales. Raises what Pillow
    raises.
    """
    whole = image.size
    left, top, right, bottom = crop.box(*whole) or (0, 0, *whole)
    kept = right - left, bottom - top
    if min(kept) >= _LEAST_DRAFTED:
        image.draft(None, (-(-whole[0] * size[0] // kept[0]), -(-whole[1] * size[1] // kept[1])))
    image.load()
    photograph = image.format == "JPEG"
    image = _eight_bits(image)
    box = crop.box(*image.size)
    if box is not None and box != (0, 0, *image.size):
        image = image.crop(box)
    photograph = photograph or image.getcolors(_PHOTOGRAPH) is None
    if size[0] < image.width or size[1] < image.height:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return image, photograph


def encoded(image: Image.Image, orientation: int, *, photograph: bool) -> tuple[str, bytes]:
    """Content type and bytes: JPEG for photographs, PNG for drawings and for anything with transparency."""
    profile = None if image.mode in _OWN_COLOURS else image.info.get("icc_profile")
    image = _opaque(image)
    if orientation in _TURNS:
        image = image.transpose(_TURNS[orientation])
    image.info = {}  # Pillow would write a comment that is in it
    out = io.BytesIO()
    if photograph and image.mode in ("RGB", "L"):
        image.save(out, "JPEG", quality=QUALITY, subsampling=0, icc_profile=profile)
        return "image/jpeg", out.getvalue()
    image.save(out, "PNG", icc_profile=profile)
    return "image/png", out.getvalue()


def _eight_bits(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be scaled smoothly; in others Pillow takes the nearest pixel."""
    if image.mode in ("I;16", "I;16L", "I;16B", "I;16N"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("I", "F"):
        return _stretched(image)
    if image.mode in ("P", "PA") or "transparency" in image.info:
        return image.convert("RGBA" if image.mode == "PA" or "transparency" in image.info else "RGB")
    return image.convert("L") if image.mode == "1" else image


def _stretched(image: Image.Image) -> Image.Image:
    """A picture of 32 bits a pixel in 256 greys. No value is defined as black or white: the darkest and lightest
    are."""
    low, high = (float(end) for end in image.convert("F").getextrema())  # type: ignore[arg-type]
    scale = 255 / (high - low) if high > low else 0.0
    return image.convert("F").point(lambda value: value * scale + (-low * scale)).convert("L")


def _opaque(image: Image.Image) -> Image.Image:
    """The picture as RGB or L, or as RGBA or LA where something is transparent."""
    if image.mode in ("RGBa", "La"):
        image = image.convert(image.mode.upper())
    if image.mode in ("RGBA", "LA"):
        lowest, _ = image.getchannel("A").getextrema()
        return image if lowest < 255 else image.convert(image.mode[:-1])  # type: ignore[operator]
    return image if image.mode in ("RGB", "L") else image.convert("RGB")
