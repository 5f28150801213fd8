"""A header block → fields, and the text of a field: encoded words (RFC 2047), raw GBK, raw UTF-8. Never raises."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from intake.parse.charsets import codec_for, decode

MOST_LINES: Final = 2_000  # of a header block; bounds the time that a hostile one takes
_FIELD: Final = re.compile(rb"([!-9;-~]{1,100}+)[ \t]*+:")
_WORD: Final = re.compile(r"=\?([!->@-~]{1,75})\?([BbQq])\?([^?]*+)\?=")
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_NOT_BASE64: Final = re.compile(r"[^A-Za-z0-9+/=]")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a header."""

    name: str
    """Lower case."""
    value: bytes
    """Unfolded, otherwise as sent."""


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of one header block in the order they came."""

    fields: tuple[Field, ...]

    def raw(self, name: str) -> Iterator[str]:
        """Each value of a field as text, encoded words still encoded. 8-bit bytes are taken as UTF-8 or GBK."""
        return (decode(field.value) for field in self.fields if field.name == name)

    def first(self, name: str) -> str:
        """The first such field, "" when there is none; encoded words still encoded."""
        return next(self.raw(name), "")

    def text(self, name: str) -> str:
        """The first such field as a reader sees it."""
        return shown(self.first(name))


def parse_header(block: bytes) -> tuple[Header, int]:
    """The fields of a header block, and where in `block` they ended.

    `block` ends before the empty line. A line that is no field counts as folded when further fields follow it, and
    ends the header otherwise: a lost empty line must not hide the text.
    """
    fields: list[tuple[str, bytearray]] = []
    at = 0
    lines = 0
    while at < len(block) and lines < MOST_LINES:
        lines += 1
        end = block.find(b"\n", at)
        end = len(block) if end < 0 else end + 1
        line = block[at:end].rstrip(b"\r\n")
        match = _FIELD.match(line)
        if match is not None:
            fields.append((match[1].decode("ascii").lower(), bytearray(line[match.end() :])))
        elif fields and (line[:1] in (b" ", b"\t") or _has_more_fields(block, end)):
            fields[-1][1].extend(line if line[:1] in (b" ", b"\t") else b" " + line)
        else:
            break
        at = end
    return Header(tuple(Field(name, bytes(value).strip()) for name, value in fields)), at


def _has_more_fields(block: bytes, at: int) -> bool:
    return re.search(rb"(?m)^[A-Za-z][A-Za-z0-9-]{1,50}:[ \t]", block[at : at + 2_000]) is not None


def shown(text: str) -> str:
    """A field's text as a reader sees it: encoded words decoded, without control and direction characters."""
    return " ".join(clean(decode_words(text)).split())


def clean(text: str) -> str:
    """Text without control characters, direction overrides and lone surrogates; tabs and line ends stay."""
    return _INVISIBLE.sub("", text)


def decode_words(text: str) -> str:
    """Encoded words → text. Neighbouring words of one character set are joined as bytes, then decoded, as
    mail programs cut inside a character; white space between a word and plain text is kept."""
    out: list[str] = []
    pending: list[tuple[str, str, str]] = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        if between.strip() or not pending:
            out.append(_decode_run(pending) + between)
            pending = []
        pending.append((match[1], match[2].upper(), match[3]))
        end = match.end()
    return "".join(out) + _decode_run(pending) + text[end:]


def _decode_run(words: list[tuple[str, str, str]]) -> str:
    """The text of words with only white space between them, which is dropped (RFC 2047 6.2)."""
    out = ""
    data = b""
    label = ""
    rest = ""  # base64 that continues in the next word
    for index, (charset, encoding, payload) in enumerate(words):
        if index and _codec(charset) != _codec(label):
            out += decode(data, label)
            data = b""
        label = charset
        if encoding == "Q":
            data += _from_q(payload)
            continue
        payload = rest + _NOT_BASE64.sub("", payload)
        rest = ""
        continues = (
            index + 1 < len(words) and words[index + 1][1] == "B" and _codec(words[index + 1][0]) == _codec(label)
        )
        if continues and len(payload) % 4 and not payload.endswith("="):
            rest = payload
        else:
            data += from_base64(payload)
    return out + decode(data, label)


def _codec(charset: str) -> str:
    return codec_for(charset) or charset.lower()


def _from_q(payload: str) -> bytes:
    return binascii.a2b_qp(payload.encode("utf-8", "surrogatepass"), header=True)


def from_base64(payload: str) -> bytes:
    """Base64 of the alphabet only, padded or not; a single last character is dropped."""
    payload = payload.rstrip("=").replace("=", "")
    if len(payload) % 4 == 1:
        payload = payload[:-1]
    return binascii.a2b_base64(payload + "=" * (-len(payload) % 4))
