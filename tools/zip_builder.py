"""Zip files byte by byte (APPNOTE.TXT 4.3), as archivers really write them: names in GBK, passwords, sizes that lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_DATE: Final = 0x5564  # 2022-11-04
UTF8_NAME: Final = 0x800
ENCRYPTED: Final = 0x1
_DEFLATED: Final = 8


@dataclass(frozen=True, slots=True)
class Member:
    """name: its bytes in the archive. declared: the size in the directory, None for the true one."""

    name: bytes
    data: bytes
    flags: int = 0
    deflated: bool = False
    declared: int | None = None
    extra: bytes = b""


def gbk(name: str, data: bytes) -> Member:
    """A file as the usual Chinese archivers on Windows pack it."""
    return Member(name.encode("gbk"), data)


def utf8(name: str, data: bytes) -> Member:
    return Member(name.encode(), data, UTF8_NAME)


def archive(members: Iterable[Member]) -> bytes:
    """A zip of the members in their order."""
    files, directory, count = b"", b"", 0
    for member in members:
        head = _head(member, packed := _packed(member))
        directory += struct.pack("<4sH", b"PK\x01\x02", 20) + head
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(files)) + member.name + member.extra
        files += b"PK\x03\x04" + head + member.name + member.extra + packed
        count += 1
    return files + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(files), 0)


def _packed(member: Member) -> bytes:
    if not member.deflated:
        return member.data
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(member.data) + packer.flush()


def _head(member: Member, packed: bytes) -> bytes:
    """The fields that the local header and the directory entry share."""
    size = len(member.data) if member.declared is None else member.declared
    method = _DEFLATED if member.deflated else 0
    return struct.pack(
        "<5H3I2H",
        20,
        member.flags,
        method,
        0,
        _DATE,
        zlib.crc32(member.data),
        len(packed),
        size,
        len(member.name),
        len(member.extra),
    )
