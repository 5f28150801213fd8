"""RAR archives byte by byte, their files stored: both formats (technote.txt 4.x, "RAR 5.0 archive format")."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import Final

_DATE: Final = 0x55640000  # 2022-11-04
_DIRECTORY_ATTRIBUTE: Final = 0x10
VOLUME: Final = 0x1
"""Archive flag of both formats: a part of a set."""
LOCKED_HEADERS: Final = 0x80
"""RAR 4 archive flag: names are encrypted too."""
LOCKED: Final = 0x4
"""RAR 4 file flag: behind a password."""
_UNICODE: Final = 0x200
_LONG: Final = 0x8000


def rar4(files: Mapping[bytes, bytes], *, archive_flags: int = 0, file_flags: int = 0) -> bytes:
    """RAR 4 (WinRAR up to 4, and all that pack "for old versions"). Names: their bytes, in any charset."""
    archive = b"Rar!\x1a\x07\x00" + _block4(0x73, archive_flags, bytes(6))
    for name, data in files.items():
        fields = struct.pack("<IIBIIBBHI", len(data), len(data), 0, zlib.crc32(data), _DATE, 29, 0x30, len(name), 0x20)
        archive += _block4(0x74, _LONG | file_flags, fields + name) + data
    return archive + _block4(0x7B, 0x4000, b"")


def rar4_unicode(name: str, data: bytes) -> bytes:
    """RAR 4 with one file whose name is stored twice, the second time as WinRAR packs UTF-16."""
    packed = b"\0"
    for at in range(0, len(name), 4):
        packed += b"\xaa" + name[at : at + 4].encode("utf-16-le")  # 0xAA: four characters of two bytes
    return rar4({b"?.docx\0" + packed: data}, file_flags=_UNICODE)


def rar5(
    files: Mapping[str, bytes], *, archive_flags: int = 0, locked: bool = False, locked_headers: bool = False
) -> bytes:
    """RAR 5 (WinRAR 5 and later). locked: the files are behind a password; locked_headers: their names are too."""
    archive = b"Rar!\x1a\x07\x01\x00"
    if locked_headers:
        archive += _block5(_vints(4, 0), _vints(0, 0) + b"\x0f" + bytes(16)) + bytes(16)
    archive += _block5(_vints(1, 0), _vints(archive_flags))
    password = _vints(36, 1, 0, 0) + b"\x0f" + bytes(32) if locked else b""
    for name, data in files.items():
        shown = name.encode()
        fields = _vints(4, len(data), 0x20) + struct.pack("<I", zlib.crc32(data)) + _vints(0, 0, len(shown)) + shown
        head = _vints(2, 3, len(password), len(data)) if password else _vints(2, 2, len(data))
        archive += _block5(head, fields + password) + data
    return archive + _block5(_vints(5, 0), _vints(0))


def _block4(kind: int, flags: int, fields: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def _block5(head: bytes, fields: bytes) -> bytes:
    block = _vints(len(head) + len(fields)) + head + fields
    return struct.pack("<I", zlib.crc32(block)) + block


def _vints(*numbers: int) -> bytes:
    """Numbers of variable length: seven bits a byte, the lowest first."""
    written = bytearray()
    for number in numbers:
        while number > 0x7F:
            written.append(number & 0x7F | 0x80)
            number >>= 7
        written.append(number)
    return bytes(written)
