"""The format and size of a picture, by its bytes. Nothing is decoded."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

UNKNOWN_TYPE: Final = "application/octet-stream"
MOST_PIXELS: Final = 40_000_000  # security.md section 1
RASTER: Final = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
}
"""The pictures of pixels that can be made printable, with Pillow's names for them."""

_EMF_SIGNATURE: Final = b" EMF"
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
_LONGEST_BRANDS: Final = 256
"""Bytes of the box that lists the brands; real ones have about 40."""
_JPEG_SIZE_MARKERS: Final = frozenset({*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})
_JPEG_BARE_MARKERS: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_TIFF_WIDTH, _TIFF_HEIGHT = 256, 257
_MOST_TIFF_TAGS: Final = 200


@dataclass(frozen=True, slots=True)
class PictureKind:
    """The format and size of a picture."""

    content_type: str
    """By its bytes; `UNKNOWN_TYPE` when they are no known picture."""
    width: int = 0
    """Pixels; 0 when the header of this format does not contain it."""
    height: int = 0
    """Pixels, likewise."""


def picture_kind(data: bytes) -> PictureKind:
    """The kind of a picture; `UNKNOWN_TYPE` for bytes that are no known picture, or one whose head is cut off."""
    try:
        return _kind(data)
    except (struct.error, IndexError):
        return PictureKind(UNKNOWN_TYPE)


def _kind(data: bytes) -> PictureKind:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureKind("image/png", *struct.unpack_from(">II", data, 16))
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return PictureKind("image/gif", *struct.unpack_from("<HH", data, 6))
    if data.startswith(b"BM"):
        return _bmp(data)
    if data.startswith((b"II*\0", b"MM\0*")):
        return _tiff(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return PictureKind(_without_size(data))


def _without_size(data: bytes) -> str:
    """The content type of formats whose size is not in a place of its own."""
    if data[4:8] == b"ftyp" and (brands := _brands(data)) & {*_AVIF_BRANDS, *_HEIF_BRANDS}:
        return "image/avif" if brands & _AVIF_BRANDS else "image/heic"
    if data[:4] == b"\x01\0\0\0" and data[40:44] == _EMF_SIGNATURE:
        return "image/emf"
    if data.startswith((b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0")):
        return "image/wmf"
    if b"<svg" in data[:1024]:
        return "image/svg+xml"
    return UNKNOWN_TYPE


def _brands(data: bytes) -> frozenset[bytes]:
    """The major brand and the compatible ones (ISO/IEC 14496-12, 4.3): an AVIF may have mif1 as its major brand."""
    end = min(int.from_bytes(data[:4], "big"), _LONGEST_BRANDS)
    return frozenset({data[8:12], *(data[at : at + 4] for at in range(16, end, 4))})


def _jpeg(data: bytes) -> PictureKind:
    at = 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if data[at] != 0xFF or marker == 0xDA:
            return PictureKind(UNKNOWN_TYPE)
        if marker in _JPEG_BARE_MARKERS:
            at += 2
        elif marker in _JPEG_SIZE_MARKERS:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return PictureKind("image/jpeg", width, height)
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            at += 2 + length


def _bmp(data: bytes) -> PictureKind:
    (header,) = struct.unpack_from("<I", data, 14)
    width, height = struct.unpack_from("<HH" if header == 12 else "<ii", data, 18)
    return PictureKind("image/bmp", abs(width), abs(height))


def _tiff(data: bytes) -> PictureKind:
    order = "<" if data.startswith(b"II") else ">"
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    (count,) = struct.unpack_from(f"{order}H", data, at)
    values = {}
    for index in range(min(count, _MOST_TIFF_TAGS)):
        tag, form = struct.unpack_from(f"{order}HH", data, at + 2 + 12 * index)
        (values[tag],) = struct.unpack_from(f"{order}{'H' if form == 3 else 'I'}", data, at + 10 + 12 * index)
    return PictureKind("image/tiff", values.get(_TIFF_WIDTH, 0), values.get(_TIFF_HEIGHT, 0))


def _webp(data: bytes) -> PictureKind:
    """RFC 9649 2.5 to 2.7: each of the three layouts has the size in another place."""
    layout = data[12:16]
    if layout == b"VP8X":
        width, height = (1 + int.from_bytes(data[at : at + 3], "little") for at in (24, 27))
    elif layout == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    else:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    return PictureKind("image/webp", width, height)
