"""winmail.dat byte by byte ([MS-OXTNEF]), as Outlook writes it."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final

STRING8: Final = 0x1E
UNICODE: Final = 0x1F
OBJECT: Final = 0x0D
BINARY: Final = 0x102
LONG_NAME: Final = 0x3707
CONTENT: Final = 0x3701
CONTENT_ID: Final = 0x3712

_MESSAGE, _ATTACHMENT = 1, 2
_MESSAGE_INTERFACE: Final = bytes.fromhex("0703020000000000c000000000000046")


def attached(data: bytes | None, *properties: bytes, title: bytes = b"1.doc") -> bytes:
    """One attachment. data: None where the properties hold it. title: the short name, in the code page."""
    written = _attribute(_ATTACHMENT, 0x00069002, bytes(14)) + _attribute(_ATTACHMENT, 0x00018010, title + b"\0")
    if data is not None:
        written += _attribute(_ATTACHMENT, 0x0006800F, data)
    if properties:
        written += _attribute(_ATTACHMENT, 0x00069005, struct.pack("<I", len(properties)) + b"".join(properties))
    return written


def winmail(attachments: Iterable[bytes], code_page: int = 936) -> bytes:
    """The stream: version, code page, message class, then the attachments."""
    head = _attribute(_MESSAGE, 0x00089006, struct.pack("<I", 0x00010000))
    head += _attribute(_MESSAGE, 0x00069007, struct.pack("<II", code_page, 0))
    head += _attribute(_MESSAGE, 0x00078008, b"IPM.Microsoft Mail.Note\0")
    return b"\x78\x9f\x3e\x22\x01\x00" + head + b"".join(attachments)


def text(property_id: int, value: str, kind: int = UNICODE) -> bytes:
    """A property that is a text; as STRING8 in GBK."""
    written = (value + "\0").encode("utf-16-le" if kind == UNICODE else "gbk")
    return binary(property_id, written, kind)


def binary(property_id: int, value: bytes, kind: int = BINARY) -> bytes:
    return struct.pack("<HHII", kind, property_id, 1, len(value)) + value + bytes(-len(value) % 4)


def letter(stream: bytes) -> bytes:
    """The content of an attachment that is a letter itself."""
    return binary(CONTENT, _MESSAGE_INTERFACE + stream, OBJECT)


def named(value: int) -> bytes:
    """A property that has a name instead of a number, and one that is a number: Outlook puts such before others."""
    name = "Keywords\0".encode("utf-16-le")
    by_name = (
        struct.pack("<HH", 3, 0x8001) + bytes(16) + struct.pack("<II", 1, len(name)) + name + bytes(-len(name) % 4)
    )
    return by_name + struct.pack("<I", value)


def _attribute(level: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
