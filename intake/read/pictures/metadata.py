"""Removes from a JPEG or PNG what no viewer shows: place, camera, author, thumbnails, films. Pixels stay untouched."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

_MOST_SCANS: Final = 100
"""Programs write about ten. Each costs the time of the whole picture, whatever its size in bytes."""
_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP2, _APP14, _APP15 = 0xE0, 0xE2, 0xEE, 0xEF
_BARE: Final = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})
"""Markers without a segment (ITU-T T.81 B.1.1.3)."""
_AFTER_SCAN: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_JFIF: Final = b"JFIF\0"
_JFIF_HEAD: Final = 12
"""Bytes up to the size of the thumbnail. That may show what was cropped, and is removed."""

_PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS: Final = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"cICP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    }
)


def without_metadata(data: bytes, content_type: str) -> bytes:
    """A JPEG or PNG with only what its pixels, colours and size need. Other formats are returned unchanged.

    Of the application segments of a JPEG (ITU-T T.81 B.2.4.6) JFIF, the colour profile and Adobe's colour space stay;
    of a PNG (W3C PNG 11.3) the chunks about colour and size. Nothing after the end stays. Raises ValueError when the
    picture ends too early.
    """
    match content_type:
        case "image/jpeg":
            kept = b"".join(_segments(data))
        case "image/png":
            kept = b"".join((_PNG_SIGNATURE, *_chunks(data)))
        case _:
            return data
    return data if kept == data else kept


def _segments(data: bytes) -> Iterator[bytes]:
    yield bytes((0xFF, _SOI))
    at, scans = 2, 0
    while True:
        at = _marker_from(data, at)
        marker = data[at + 1]
        if marker == _EOI:
            yield bytes((0xFF, _EOI))
            return
        if marker in _BARE:
            at += 2
            continue
        segment = _segment(data, at)
        at += len(segment)
        if marker not in range(_APP0, _APP15 + 1) and marker != _COM:
            yield segment
        else:
            yield _kept_of_application(marker, segment)
        if marker == _SOS:
            scans += 1
            end = _AFTER_SCAN.search(data, at)
            if end is None or scans > _MOST_SCANS:
                raise ValueError("the JPEG has no end")
            yield data[at : end.start()]
            at = end.start()


def _marker_from(data: bytes, at: int) -> int:
    """The offset of the next marker. Fill bytes, and junk that some programs leave, are skipped."""
    at = data.find(b"\xff", at)
    while 0 <= at < len(data) - 1 and data[at + 1] == 0xFF:
        at += 1
    if not 0 <= at < len(data) - 1:
        raise ValueError("the JPEG has no end")
    return at


def _segment(data: bytes, at: int) -> bytes:
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    segment = data[at : at + 2 + length]
    if length < 2 or len(segment) < 2 + length:
        raise ValueError("a segment of the JPEG is cut off")
    return segment


def _kept_of_application(marker: int, segment: bytes) -> bytes:
    content = segment[4:]
    if marker == _APP0 and content.startswith(_JFIF) and len(content) >= _JFIF_HEAD:
        return struct.pack(">BBH", 0xFF, _APP0, _JFIF_HEAD + 4) + content[:_JFIF_HEAD] + b"\0\0"
    keeps = {_APP2: b"ICC_PROFILE\0", _APP14: b"Adobe"}
    return segment if marker in keeps and content.startswith(keeps[marker]) else b""


def _chunks(data: bytes) -> Iterator[bytes]:
    at, kind = len(_PNG_SIGNATURE), b""
    while kind != b"IEND":
        length, kind = struct.unpack(">I4s", _exactly(data, at, 8))
        chunk = _exactly(data, at, 12 + length)
        at += len(chunk)
        if kind in _PNG_CHUNKS:
            yield chunk


def _exactly(data: bytes, at: int, size: int) -> bytes:
    piece = data[at : at + size]
    if len(piece) < size:
        raise ValueError("the PNG is cut off")
    return piece
