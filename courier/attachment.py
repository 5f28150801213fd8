"""A file as the part of a letter, named so that every mail program shows the name.

A Chinese name goes out in three forms, since no single one is shown everywhere: `name` of Content-Type in encoded words
(RFC 2047; not allowed there, but what QQ Mail and Outlook read), `filename` in ASCII (RFC 2183) for programs that know
neither, and `filename*` in percent-encoded UTF-8 (RFC 5987's form of RFC 2231). `filename*` stands in one piece:
pieces (`filename*0*`) are shown as tcmime.….bin by QQ Mail, as ATT00001.dat or "Untitled attachment" by Outlook
(jstedfast/MailKit#277, #1041, jstedfast/MimeKit#186).
"""

from __future__ import annotations

import base64
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from courier.encoded_words import encoded_words

_TYPES: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
_NOT_IN_NAMES: Final = re.compile(r'[/\\:*?"<>|]')
"""By Windows; it allows no control character either, which `_clean` takes out."""
_LONGEST: Final = 60
"""Characters of a name. Percent-encoded, a Han character takes nine octets, one beyond the BMP twelve: the field stays
below the 998 octets of a line (RFC 5322 2.1.1)."""
_BASE64_LINE: Final = 57
"""Octets in a line of 76 characters (RFC 2045 6.8)."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A .docx or .pdf that is attached to a letter."""

    name: str
    """As the recipient sees it, with its extension; characters that file systems do not take are left out."""
    ascii_name: str
    """For programs that show no other; of the characters a-z, 0-9, - and ., with the same extension."""
    data: bytes


def enclosure_part(enclosure: Enclosure) -> bytes:
    """The part with its header fields, in CRLF lines of ASCII, without the boundary. Raises KeyError for a file of
    another kind."""
    name = _clean(enclosure.name)
    fields = (
        f'Content-Type: {_TYPES[PurePath(name).suffix.lower()]};\r\n name="{encoded_words(name)}"',
        # filename* first: some parsers, Python's among them, take whichever of the two stands first
        f'Content-Disposition: attachment;\r\n filename*={_extended(name)};\r\n filename="{enclosure.ascii_name}"',
        "Content-Transfer-Encoding: base64",
    )
    return "\r\n".join((*fields, "", _base64_lines(enclosure.data))).encode("ascii")


def _clean(name: str) -> str:
    """The name without what Windows refuses and without invisible characters, its stem cut where it is too long."""
    visible = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    path = PurePath(_NOT_IN_NAMES.sub("", visible))
    stem = path.stem.strip(" .")
    room = _LONGEST - len(path.suffix)
    return f"{stem if len(stem) <= room else stem[: room - 1] + '…'}{path.suffix}"


def _extended(name: str) -> str:
    """RFC 5987 3.2.1."""
    return f"UTF-8''{quote(name, safe='')}"


def _base64_lines(data: bytes) -> str:
    starts = range(0, len(data), _BASE64_LINE)
    return "".join(base64.b64encode(data[at : at + _BASE64_LINE]).decode("ascii") + "\r\n" for at in starts)
