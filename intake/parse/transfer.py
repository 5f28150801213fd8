"""Content-Transfer-Encoding → bytes, also of damaged content. Never raises."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from typing import Final

_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64: Final = bytes(octet for octet in range(256) if octet not in _ALPHABET + b"=")
_DAMAGED_AS_A: Final = bytes(octet if octet in _ALPHABET + b"=" else ord("A") for octet in range(256))
_PLAIN: Final = frozenset({"", "7bit", "8bit", "binary"})
_ZIP_IN_BASE64: Final = re.compile(rb"\s{0,8}UEsDB[A-Za-z0-9+/=\r\n]{60}")
_PADDED_PIECES: Final = re.compile(rb"(?:[A-Za-z0-9+/]++={0,2}+)*+")
_MOST_PADDINGS: Final = 1_000  # pieces; more is no mail program's work
_PADDED_SOFT_BREAK: Final = re.compile(rb"=[ \t]+\r?(?:\n|\Z)")
"""Blanks that were added to a line on its way count for nothing (RFC 2045 6.7, rule 3); binascii takes them as text."""
_SHORTEST_LINES: Final = 20  # bytes on average; mail programs write 76


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded content."""

    data: bytes
    """As much as could be decoded."""
    problem: str = ""
    """Chinese; "" when everything could be decoded."""


def is_encoded(encoding: str) -> bool:
    """Whether content with this Content-Transfer-Encoding has to be decoded."""
    return _normalised(encoding) not in _PLAIN


def decode_transfer(data: bytes, encoding: str) -> Decoded:
    """The content of a part. An unknown encoding leaves the data as it is."""
    encoding = _normalised(encoding)
    if encoding == "base64":
        return _base64(data)
    if encoding == "quoted-printable":
        return Decoded(binascii.a2b_qp(_PADDED_SOFT_BREAK.sub(b"=\n", data)))
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uuencode(data)
    if _ZIP_IN_BASE64.match(data):  # a file in base64 without the field that says so
        return _base64(data)
    return Decoded(data, "" if encoding in _PLAIN else "编码方式不认识，按原样读取")


def _normalised(encoding: str) -> str:
    return encoding.partition(";")[0].strip().strip('"').lower()


def _base64(data: bytes) -> Decoded:
    bare = data.translate(None, b"\r\n \t")
    try:
        return Decoded(binascii.a2b_base64(bare, strict_mode=True))
    except binascii.Error:
        pass
    pieces = re.split(rb"=+", _readable(data), maxsplit=_MOST_PADDINGS)
    whole = len(pieces) <= _MOST_PADDINGS and _is_whole(bare)
    return Decoded(b"".join(map(_unpadded, pieces)), "" if whole else "数据残缺或混入了别的字符，只读出了能读的部分")


def _is_whole(bare: bytes) -> bool:
    """Whether nothing is lost: the content is several pieces, each padded, one after the other."""
    return (
        not bare.translate(None, _ALPHABET + b"=") and len(bare) % 4 == 0 and _PADDED_PIECES.fullmatch(bare) is not None
    )


def _readable(data: bytes) -> bytes:
    """The content without what is not base64. Very short lines are not split: a million values cost memory."""
    if data.count(b"\n") * _SHORTEST_LINES > len(data):
        return data.translate(None, _NOT_BASE64)
    return b"".join(map(_readable_line, data.splitlines()))


def _readable_line(line: bytes) -> bytes:
    """In a line of the right length bytes were changed, not added: each becomes "A", so that the rest stays aligned."""
    line = line.strip()
    cleaned = line.translate(None, _NOT_BASE64)
    if len(cleaned) != len(line) and len(line) % 4 == 0 and b" " not in line and len(cleaned) * 2 > len(line):
        return line.translate(_DAMAGED_AS_A)
    return cleaned


def _unpadded(piece: bytes) -> bytes:
    piece = piece.translate(None, b"=")
    if len(piece) % 4 == 1:
        piece = piece[:-1]
    return binascii.a2b_base64(piece + b"=" * (-len(piece) % 4))


def _uuencode(data: bytes) -> Decoded:
    out: list[bytes] = []
    damaged = False
    for line in data.splitlines():
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            damaged = True
    return Decoded(b"".join(out), "数据残缺，只读出了能读的部分" if damaged else "")
