"""7z archives byte by byte (7zFormat.txt of the LZMA SDK), each file in a separate folder, without compression."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Coder:
    """The coder record of a folder. settings: the method's properties."""

    method: bytes
    settings: bytes = b""


STORED: Final = Coder(b"\x00")
LOCKED: Final = Coder(b"\x06\xf1\x07\x01", b"\x13" + bytes(9))
"""7zAES: behind a password."""

_END, _HEADER, _STREAMS, _FILES, _PACK, _FOLDERS = b"\x00", b"\x01", b"\x04", b"\x05", b"\x06", b"\x07"
_SIZE, _CRC, _FOLDER, _UNPACKED, _NAMES, _ENCODED = b"\x09", b"\x0a", b"\x0b", b"\x0c", b"\x11", b"\x17"
_FILES_IN_FOLDERS: Final = b"\x08"


def lzma(dictionary: int) -> Coder:
    """LZMA with a dictionary of that many bytes, as declared."""
    return Coder(b"\x03\x01\x01", b"\x5d" + struct.pack("<I", dictionary))


def seven_zip(files: Mapping[str, bytes], coder: Coder = STORED, *, locked_headers: bool = False) -> bytes:
    """A 7z of the files, which must not be empty. coder: the declared method."""
    datas = list(files.values())
    names = b"\0" + b"".join(name.encode("utf-16-le") + b"\0\0" for name in files)
    header = _HEADER + _STREAMS + _streams(0, datas, coder)
    header += _FILES + _number(len(files)) + _NAMES + _number(len(names)) + names + _END + _END
    packed = b"".join(datas)
    if locked_headers:
        header, packed = _ENCODED + _streams(len(packed), [header], LOCKED), packed + header
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(start)) + start + packed + header


def _streams(at: int, datas: list[bytes], coder: Coder) -> bytes:
    sizes = b"".join(_number(len(data)) for data in datas)
    kind = len(coder.method) | (0x20 if coder.settings else 0)
    folder = _number(1) + bytes([kind]) + coder.method
    folder += _number(len(coder.settings)) + coder.settings if coder.settings else b""
    pack = _PACK + _number(at) + _number(len(datas)) + _SIZE + sizes + _END
    folders = _FOLDERS + _FOLDER + _number(len(datas)) + b"\0" + folder * len(datas) + _UNPACKED + sizes
    crcs = _CRC + b"\x01" + b"".join(struct.pack("<I", zlib.crc32(data)) for data in datas)
    return pack + folders + _END + _FILES_IN_FOLDERS + crcs + _END + _END


def _number(value: int) -> bytes:
    """Of one byte, or of five: the form that needs no shifting."""
    return bytes([value]) if value < 0x80 else b"\xf0" + struct.pack("<I", value)
