"""Files that old programs write into the text of a letter: uuencode (POSIX), which is read; yEnc and BinHex (RFC 1741),
which are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from intake.parse.file_kinds import BINHEX, YENC
from intake.parse.transfer import decode_transfer

_UUENCODE: Final = re.compile(rb"(?m)^begin [0-7]{3,4} (?P<name>[^\r\n]{1,300}+)\r?\n")
_BASE64: Final = re.compile(rb"(?m)^begin-base64 [0-7]{3,4} (?P<name>[^\r\n]{1,300}+)\r?\n")
_UU_ENDS: Final = re.compile(rb"(?m)^(?:`|[ ])?[ \t]*\r?\n?end[ \t]*(?:\r?\n|\Z)")
_BASE64_ENDS: Final = re.compile(rb"(?m)^====[ \t]*(?:\r?\n|\Z)")
_YENC: Final = re.compile(rb"(?m)^" + YENC + rb"(?:(?!name=)[^\r\n]){0,200}+name=(?P<name>[^\r\n]{1,300}+)\r?\n")
_BINHEX: Final = re.compile(rb"(?m)^" + re.escape(BINHEX) + rb"[^\r\n]{0,100}\r?\n(?P<name>)")
"""It has no name outside of the encoded data."""
_BINHEX_ENDS: Final = re.compile(rb":[ \t]*(?:\r?\n|\Z)")
_YENC_ENDS: Final = re.compile(rb"(?m)^=yend [^\r\n]*(?:\r?\n|\Z)")
_FORMS: Final = (
    (_UUENCODE, _UU_ENDS),
    (_BASE64, _BASE64_ENDS),
    (_YENC, _YENC_ENDS),
    (_BINHEX, _BINHEX_ENDS),
)
"""How a file begins, and what ends it."""
_MOST: Final = 50
"""Files of one text."""


@dataclass(frozen=True, slots=True)
class EncodedFile:
    """A file in the text of a letter."""

    name: bytes
    """In the charset of the text."""
    data: bytes
    """Decoded; for yEnc and BinHex as it stands in the text, with the line that begins it."""
    problem: str
    """Chinese; "" when everything could be decoded."""


def files_in_text(data: bytes) -> tuple[bytes, tuple[EncodedFile, ...]]:
    """The text without the files in it, and the files. A file whose end is missing reaches to the end of the text."""
    if b"begin" not in data and BINHEX not in data:
        return data, ()
    rest: list[bytes] = []
    files: list[EncodedFile] = []
    at = 0
    while len(files) < _MOST and (found_at := _next(data, at)) is not None:
        begin, ends = found_at
        end = ends.search(data, begin.end())
        body_end = end.start() if end else len(data)
        rest.append(data[at : begin.start()])
        files.append(_file(begin, data[begin.start() : body_end], data[begin.end() : body_end]))
        at = end.end() if end else len(data)
    return b"".join((*rest, data[at:])), tuple(files)


def _next(data: bytes, at: int) -> tuple[re.Match[bytes], re.Pattern[bytes]] | None:
    """The next beginning of a file, and what ends it."""
    matches = [(match, ends) for begins, ends in _FORMS if (match := begins.search(data, at))]
    return min(matches, key=lambda match_and_ends: match_and_ends[0].start(), default=None)


def _file(begin: re.Match[bytes], whole: bytes, body: bytes) -> EncodedFile:
    if whole.startswith((YENC, BINHEX)):
        return EncodedFile(begin["name"], whole, "")
    decoded = decode_transfer(body, "base64" if whole.startswith(b"begin-base64") else "uuencode")
    return EncodedFile(begin["name"], decoded.data, decoded.problem)
