"""Pictures of a PDF (ISO 32000-1, 8.9) as files that an OFD may hold: JPEG as it is, others as PNG."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageOps
from pypdf.generic import IndirectObject, StreamObject

_MOST_PIXELS: Final = 40_000_000
"""Of one picture: an A3 sheet at 400 dpi has 31 million."""
_CHANNELS: Final = {1: "L", 3: "RGB"}
_NAMED: Final = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3}
_BASELINE: Final = ("L", "RGB")


class UnreadableImage(Exception):
    """The picture is in a format that is not read, or damaged."""


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A picture for an OFD."""

    data: bytes
    extension: str
    """jpg or png."""


def image_file(image: StreamObject) -> ImageFile:
    """The picture of an image XObject. Raises UnreadableImage."""
    if image.get("/ImageMask"):
        raise UnreadableImage("stencil")
    if any(image.get(key) is not None for key in ("/Mask", "/Decode", "/Matte")):
        raise UnreadableImage("mask")
    try:
        mask = _resolved(image.get("/SMask"))
        is_jpeg = _filters(image) == ["/DCTDecode"]
        if is_jpeg and mask is None:
            return _jpeg(image)
        picture = _opened_jpeg(_encoded(image)) if is_jpeg else _samples(image)
        if isinstance(mask, StreamObject):
            picture = _with_alpha(picture, mask)
        return ImageFile(_png(picture), "png")
    except (OSError, ValueError, KeyError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableImage(type(error).__name__) from error


def _jpeg(image: StreamObject) -> ImageFile:
    data = _encoded(image)
    picture = _opened_jpeg(data)
    if picture.mode in _BASELINE:
        return ImageFile(data, "jpg")
    raise UnreadableImage(picture.mode)  # CMYK is stored inverted by some programs


def _opened_jpeg(data: bytes) -> Image.Image:
    """Only its header is read until its pixels are asked for."""
    picture = Image.open(io.BytesIO(data), formats=("JPEG",))
    _check_size(*picture.size)
    return picture


def _samples(image: StreamObject) -> Image.Image:
    width, height = _size(image)
    bits, data = int(image.get("/BitsPerComponent", 8)), image.get_data()
    space = _resolved(image.get("/ColorSpace"))
    if _is_indexed(space):
        picture = Image.frombytes("P", (width, height), _unpacked(data, bits, width, height))
        picture.putpalette(_palette(space))
        return picture.convert("RGB")
    channels = _channels(space)
    if channels == 1:
        grey = _unpacked(data, bits, width, height)
        scale = 255 // ((1 << bits) - 1)
        return Image.frombytes("L", (width, height), bytes(level * scale for level in grey) if scale > 1 else grey)
    if bits != 8:
        raise UnreadableImage("bits")
    return Image.frombytes(_CHANNELS[channels], (width, height), data)


def _unpacked(data: bytes, bits: int, width: int, height: int) -> bytes:
    """Samples of one channel, a byte each; rows of a PDF's picture begin at a byte."""
    if bits == 8:
        return data
    if bits not in (1, 2, 4):
        raise UnreadableImage("bits")
    row, per_byte = (width * bits + 7) // 8, 8 // bits
    unpacked = [
        bytes((byte >> (8 - bits * (place + 1))) & ((1 << bits) - 1) for place in range(per_byte))
        for byte in range(256)
    ]
    return b"".join(
        b"".join(unpacked[byte] for byte in data[at * row : (at + 1) * row])[:width] for at in range(height)
    )


def _with_alpha(picture: Image.Image, mask: StreamObject) -> Image.Image:
    if mask.get("/Matte") is not None:
        raise UnreadableImage("mask")
    alpha = _opened_jpeg(_encoded(mask)).convert("L") if _filters(mask) == ["/DCTDecode"] else _samples(mask)
    match [float(_resolved(level)) for level in _resolved(mask.get("/Decode")) or (0, 1)]:
        case [0.0, 1.0]:
            pass
        case [1.0, 0.0]:  # as LibreOffice writes it
            alpha = ImageOps.invert(alpha)
        case _:
            raise UnreadableImage("mask")
    if alpha.size != picture.size:
        alpha = alpha.resize(picture.size)
    whole = picture.convert("RGB")
    whole.putalpha(alpha)
    return whole


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _encoded(image: StreamObject) -> bytes:
    """The octets of the stream as they are in the file; pypdf would decode them."""
    return bytes(image._data)


def _filters(image: StreamObject) -> list[str]:
    named = _resolved(image.get("/Filter"))
    return [str(name) for name in named] if isinstance(named, list) else [str(named)]


def _size(image: StreamObject) -> tuple[int, int]:
    width, height = int(_resolved(image["/Width"])), int(_resolved(image["/Height"]))
    _check_size(width, height)
    return width, height


def _check_size(width: int, height: int) -> None:
    if not (width > 0 and height > 0 and width * height <= _MOST_PIXELS):
        raise UnreadableImage("size")


def _is_indexed(space: Any) -> bool:
    return isinstance(space, list) and str(space[0]) == "/Indexed"


def _palette(space: Any) -> bytes:
    """In RGB. The palette may be a string or a stream."""
    if _channels(_resolved(space[1])) != 3:
        raise UnreadableImage("palette")
    table = _resolved(space[3])
    if isinstance(table, StreamObject):
        return table.get_data()
    return bytes(getattr(table, "original_bytes", table))


def _channels(space: Any) -> int:
    if isinstance(space, list) and str(space[0]) == "/ICCBased":
        channels = int(_resolved(_resolved(space[1])["/N"]))
    else:
        channels = _NAMED.get(str(space[0] if isinstance(space, list) else space), 0)
    if channels not in _CHANNELS:
        raise UnreadableImage("colours")
    return channels


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
