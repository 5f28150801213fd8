"""winmail.dat, in which Outlook packs a letter's attachments ([MS-OXTNEF]) → the files. Never raises.

tnefparse is not used: no release since 2021, and it fails on names in GBK.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from intake.parse.charsets import decode
from intake.parse.headers import clean

TNEF: Final = b"\x78\x9f\x3e\x22"

_ATTRIBUTE: Final = struct.Struct("<BII")  # [MS-OXTNEF] 2.1.2: level, id, length
_CHECKSUM: Final = 2
_MOST_ATTRIBUTES: Final = 20_000  # bounds the time that a hostile stream takes; a file has some five
_MOST_FILES: Final = 100  # as `MessageLimits.files`
_DEEPEST: Final = 3  # letters within letters
_OEM_CODE_PAGE: Final = 0x00069007
_RENDERING: Final = 0x00069002  # begins each attachment, 2.1.3.3.15
_TITLE: Final = 0x00018010
_DATA: Final = 0x0006800F
_PROPERTIES: Final = 0x00069005
_END: Final = -1  # not of the format

# [MS-OXPROPS], and [MS-OXCDATA] 2.11.1 for the types
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME = 0x3707, 0x3704, 0x3001
_CONTENT, _CONTENT_ID, _HIDDEN = 0x3701, 0x3712, 0x7FFE
_OBJECT, _STRING8, _UNICODE, _BINARY = 0x0D, 0x1E, 0x1F, 0x102
_VARIABLE: Final = frozenset({_OBJECT, _STRING8, _UNICODE, _BINARY})
_FIXED: Final = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 0x14: 8, 0x40: 8, 0x48: 16}
"""Type → bytes of a value, before padding."""
_SEVERAL: Final = 0x1000
_NAMED: Final = 0x8000
_MOST_PROPERTIES: Final = 2_000
_INTERFACE: Final = 16  # the identifier before an object's bytes


@dataclass(frozen=True, slots=True)
class TnefFile:
    """A file attached to the packed letter."""

    name: str
    """As the sender saw it, "" for none."""
    data: bytes
    within: bool = False
    """It is shown in the text of the letter."""


@dataclass(frozen=True, slots=True)
class Tnef:
    """The content of a winmail.dat."""

    files: tuple[TnefFile, ...]
    whole: bool
    """The stream was read to its end."""


@dataclass(slots=True)
class _Attachment:
    """An attachment while its attributes are read. properties: identifier → type and first value."""

    title: bytes = b""
    data: bytes = b""
    properties: dict[int, tuple[int, bytes]] = field(default_factory=dict)


def read_tnef(data: bytes) -> Tnef:
    """The files attached to the letter, with those of letters attached to it. Checksums are not verified."""
    return _read(data, _DEEPEST)


def _read(data: bytes, depth: int) -> Tnef:
    label = ""
    whole = False
    attachments: list[_Attachment] = []
    for kind, value in _attributes(data):
        if kind == _OEM_CODE_PAGE and len(value) >= 4:
            label = _label(int.from_bytes(value[:4], "little"))
        elif kind == _RENDERING and len(attachments) < _MOST_FILES:
            attachments.append(_Attachment())
        elif kind == _END:
            whole = len(attachments) < _MOST_FILES
        elif attachments:
            _add_attribute(attachments[-1], kind, value)
    contents = [_files(attachment, label, depth) for attachment in attachments]
    files = tuple(file for content in contents for file in content.files)
    return Tnef(files, whole and all(content.whole for content in contents))


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The attributes of the stream, and `_END` when it was read to its end."""
    at = len(TNEF) + 2  # the key
    for _ in range(_MOST_ATTRIBUTES):
        if at == len(data):
            yield _END, b""
        if at + _ATTRIBUTE.size > len(data):
            return
        _, kind, size = _ATTRIBUTE.unpack_from(data, at)
        at += _ATTRIBUTE.size
        if at + size > len(data):
            return
        yield kind, data[at : at + size]
        at += size + _CHECKSUM


def _label(code_page: int) -> str:
    return "utf-8" if code_page == 65001 else f"cp{code_page}"


def _add_attribute(attachment: _Attachment, kind: int, value: bytes) -> None:
    if kind == _TITLE:
        attachment.title = value
    elif kind == _DATA:
        attachment.data = value
    elif kind == _PROPERTIES:
        attachment.properties |= _properties(value)


def _files(attachment: _Attachment, label: str, depth: int) -> Tnef:
    kind, content = attachment.properties.get(_CONTENT, (0, b""))
    content = content[_INTERFACE:] if kind == _OBJECT else content
    if content.startswith(TNEF) and depth and (letter := _read(content, depth - 1)).files:
        return letter
    within = _CONTENT_ID in attachment.properties or any(attachment.properties.get(_HIDDEN, (0, b""))[1])
    return Tnef((TnefFile(_name(attachment, label), attachment.data or content, within),), whole=True)


def _name(attachment: _Attachment, label: str) -> str:
    for identifier in (_LONG_NAME, _SHORT_NAME):
        name = _text(attachment.properties, identifier, label)
        if name:
            return name
    return _shown(decode(attachment.title.partition(b"\0")[0], label)) or _text(
        attachment.properties, _DISPLAY_NAME, label
    )


def _text(properties: Mapping[int, tuple[int, bytes]], identifier: int, label: str) -> str:
    kind, value = properties.get(identifier, (0, b""))
    if kind == _UNICODE:
        return _shown(value.decode("utf-16-le", "replace").partition("\0")[0])
    return _shown(decode(value.partition(b"\0")[0], label)) if kind == _STRING8 else ""


def _shown(name: str) -> str:
    return " ".join(clean(name).split())


def _properties(data: bytes) -> dict[int, tuple[int, bytes]]:
    """The properties by identifier, each with its type and its (first) value, as far as they can be followed."""
    properties: dict[int, tuple[int, bytes]] = {}
    try:
        (count,) = struct.unpack_from("<I", data)
        at = 4
        for _ in range(min(count, _MOST_PROPERTIES)):
            kind, identifier, at = _property_head(data, at)
            values, at = _values(data, kind, at)
            properties.setdefault(identifier, (kind & ~_SEVERAL, values))
    except (struct.error, KeyError):
        pass  # an invalid type or length: the properties before it are valid
    return properties


def _property_head(data: bytes, at: int) -> tuple[int, int, int]:
    """Type, identifier, and where the value begins; that of a named property has its name before it (2.1.3.4)."""
    kind, identifier = struct.unpack_from("<HH", data, at)
    at += 4
    if identifier >= _NAMED:
        by_name, size = struct.unpack_from("<II", data, at + 16)
        at += 24 + (_padded(size) if by_name else 0)
    return kind, identifier, at


def _values(data: bytes, kind: int, at: int) -> tuple[bytes, int]:
    """The first of the property's values, and where the next property begins. Raises KeyError, struct.error."""
    single = kind & ~_SEVERAL
    count = 1
    if kind & _SEVERAL or single in _VARIABLE:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    first = b""
    for number in range(count):
        if single in _VARIABLE:
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        else:
            size = _FIXED[single]
        if at + size > len(data):
            raise struct.error
        first = first if number else data[at : at + size]
        at += _padded(size)
    return first, at


def _padded(size: int) -> int:
    """Values are padded to a multiple of four."""
    return (size + 3) // 4 * 4
