"""Letters byte by byte, as mail programs really write them: the standard library would write them too well."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Iterator
from typing import Final, Literal

CRLF: Final = b"\r\n"
DOCX_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

OFFICE: Final = "zgqwxzfb@163.com"
CALL: Final = "关于报送11月上旬简报稿件的通知"  # the office's letter that several of the samples answer

Transfer = Literal["base64", "quoted-printable", "8bit", "7bit"]


def message(fields: str | bytes, entity: bytes) -> bytes:
    """Header fields (one a line, folded lines begin with a tab or space), then the entity's own."""
    return _crlf(_bytes(fields)) + CRLF + entity


def entity(fields: str | bytes, data: bytes, transfer: Transfer = "base64") -> bytes:
    """One part: its Content-* fields, with the transfer encoding added, and its data."""
    encoded = {
        "base64": lambda: _crlf(base64.encodebytes(data)),
        "quoted-printable": lambda: _crlf(quopri.encodestring(data.replace(CRLF, b"\n"))) + CRLF,
        "8bit": lambda: data,
        "7bit": lambda: data,
    }[transfer]()
    return _crlf(_bytes(fields)) + f"\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n".encode() + encoded


def text(
    written: str, charset: str, transfer: Transfer = "base64", *, subtype: str = "plain", codec: str = ""
) -> bytes:
    """A text part labelled `charset`; written in `codec` where the label is not true."""
    data = _crlf(written.encode(codec or charset))
    return entity(f'Content-Type: text/{subtype};\n\tcharset="{charset}"', data, transfer)


def multipart(subtype: str, boundary: str, *parts: bytes, preamble: str = "", parameters: str = "") -> bytes:
    """Parts between boundaries. parameters: more of the Content-Type, beginning with ";"."""
    head = f'Content-Type: multipart/{subtype}{parameters};\n\tboundary="{boundary}"\n\n{preamble}'
    line = CRLF + b"--" + boundary.encode()
    return _crlf(head.encode()) + b"".join(line + CRLF + part for part in parts) + line + b"--" + CRLF


def words(written: str, label: str, *, codec: str = "", limit: int = 45, torn: bool = False) -> str:
    """RFC 2047 encoded words of at most `limit` bytes of text, folded.

    codec: the true charset where the label is not true. torn: cut at bytes, also inside a character.
    """
    data = written.encode(codec or label)
    pieces = (
        _cut(data, limit) if torn else (part.encode(codec or label) for part in _whole(written, codec or label, limit))
    )
    return "\n ".join(f"=?{label}?B?{base64.b64encode(piece).decode()}?=" for piece in pieces)


def extended(name: str, parameter: str = "filename", limit: int = 45) -> str:
    """An RFC 2231 parameter in UTF-8, in numbered sections: ";\\n\\tfilename*0*=UTF-8''%E5…"."""
    octets = [f"%{octet:02X}" for octet in name.encode()]
    step = limit // 3
    sections = ["".join(octets[start : start + step]) for start in range(0, len(octets), step)]
    charset = "UTF-8''"
    return "".join(
        f";\n\t{parameter}*{number}*={charset if number == 0 else ''}{section}"
        for number, section in enumerate(sections)
    )


def received(at: str, ip: str, id: str) -> str:
    """The trace field of the office's own server, whose time counts as the arrival."""
    return (
        f"Received: from mail (unknown [{ip}])\n\tby mx12 (Coremail) with SMTP id {id}--.41877S2;\n\t{at} +0800 (CST)"
    )


def plain_and_html(written: str, charset: str, boundary: str, *, codec: str = "") -> bytes:
    page = f"<div>{written.replace('<', '&lt;').replace(chr(10), '<br>')}</div>"
    return multipart(
        "alternative",
        boundary,
        text(written, charset, codec=codec),
        text(page, charset, subtype="html", codec=codec),
    )


def attachment(name: str, data: bytes) -> bytes:
    fields = f'Content-Type: {DOCX_TYPE};\n\tname="{name}"\nContent-Disposition: attachment;\n\tfilename="{name}"'
    return entity(fields, data)


def _whole(written: str, codec: str, limit: int) -> Iterator[str]:
    piece = ""
    for character in written:
        if len((piece + character).encode(codec)) > limit:
            yield piece
            piece = ""
        piece += character
    yield piece


def _cut(data: bytes, limit: int) -> Iterator[bytes]:
    for start in range(0, len(data), limit):
        yield data[start : start + limit]


def _bytes(fields: str | bytes) -> bytes:
    return fields.encode() if isinstance(fields, str) else fields


def _crlf(data: bytes) -> bytes:
    return data.replace(CRLF, b"\n").replace(b"\n", CRLF)
