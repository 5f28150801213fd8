"""Headers of rar files that libarchive does not report: whether the file is a volume, or behind a password.

libarchive 3.6 gives the encrypted bytes of a RAR 5 file as if they were the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_RAR4: Final = b"Rar!\x1a\x07\x00"
_RAR5: Final = b"Rar!\x1a\x07\x01\x00"
_VOLUME: Final = 0x1  # of both formats
_LOCKED_HEADERS4: Final = 0x80
_MAIN4: Final = 0x73
_MAIN5, _FILE5, _LOCKED_HEADERS5 = 1, 2, 4
_HAS_EXTRA, _HAS_DATA = 0x1, 0x2
_ENCRYPTION_RECORD: Final = 1
_MOST_BLOCKS: Final = 3_000  # above the 1,000 members that are unpacked at all
_MOST_RECORDS: Final = 20  # the format names seven kinds
_WIDEST: Final = 10  # bytes of a number of 64 bits, seven each


@dataclass(frozen=True, slots=True)
class _Block:
    """A header of RAR 5."""

    kind: int
    """HEAD_TYPE: 1 main, 2 file, 4 encryption."""
    fields: bytes
    """What follows the fields that all headers have."""
    extra: bytes
    """The records at its end; b"" for none."""


def is_rar_volume(data: bytes) -> bool:
    """Whether the archive is one of several files. Never raises."""
    if data.startswith(_RAR4):
        return bool(_archive_flags4(data) & _VOLUME)
    return any(block.kind == _MAIN5 and _vint(block.fields, 0)[0] & _VOLUME for block in _blocks5(data))


def is_locked_rar(data: bytes) -> bool:
    """Whether the names, or in RAR 5 any file, are behind a password. Never raises."""
    if data.startswith(_RAR4):
        return bool(_archive_flags4(data) & _LOCKED_HEADERS4)
    return any(
        block.kind == _LOCKED_HEADERS5 or (block.kind == _FILE5 and _ENCRYPTION_RECORD in _records(block.extra))
        for block in _blocks5(data)
    )


def _archive_flags4(data: bytes) -> int:
    """Of the main header, which comes first (technote.txt of WinRAR 4)."""
    head = data[len(_RAR4) : len(_RAR4) + 7]
    if len(head) < 7:
        return 0
    _, kind, flags, _ = struct.unpack("<HBHH", head)
    return int(flags) if kind == _MAIN4 else 0


def _blocks5(data: bytes) -> Iterator[_Block]:
    """The headers ("RAR 5.0 archive format": general archive block format) as far as they can be followed."""
    at = len(_RAR5) if data.startswith(_RAR5) else len(data)
    for _ in range(_MOST_BLOCKS):
        size, start = _vint(data, at + 4)
        end = start + size
        if not size or end > len(data):
            return
        kind, here = _vint(data, start)
        flags, here = _vint(data, here)
        extra, here = _vint(data, here) if flags & _HAS_EXTRA else (0, here)
        packed, here = _vint(data, here) if flags & _HAS_DATA else (0, here)
        extra = min(extra, end - start)
        yield _Block(kind, data[here : max(here, end - extra)], data[end - extra : end])
        at = end + packed


def _records(extra: bytes) -> Iterator[int]:
    """The types of the records in an extra area."""
    at = 0
    for _ in range(_MOST_RECORDS):
        size, start = _vint(extra, at)
        if not size or start >= len(extra):
            return
        yield _vint(extra, start)[0]
        at = start + size


def _vint(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends; 0 when it is cut off."""
    number = 0
    for shift, octet in enumerate(data[at : at + _WIDEST]):
        number |= (octet & 0x7F) << (7 * shift)
        if octet < 0x80:
            return number, at + shift + 1
    return 0, len(data)
