"""Files that old programs write into the text of a letter: uuencode (POSIX), which is read, and yEnc, which is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from intake.parse.transfer import decode_transfer

YENC_TYPE: Final = "application/x-yenc"
"""The content type of what was encoded with yEnc; not registered, as yEnc never was."""
_BEGINS: Final = re.compile(rb"(?m)^begin(?P<base64>-base64)? [0-7]{3,4} (?P<name>[^\r\n]{1,300}?)[ \t]*\r?\n")
_UU_ENDS: Final = re.compile(rb"(?m)^(?:`|[ ])?[ \t]*\r?\n?end[ \t]*(?:\r?\n|\Z)")
_BASE64_ENDS: Final = re.compile(rb"(?m)^====[ \t]*(?:\r?\n|\Z)")
_YENC: Final = re.compile(rb"(?m)^=ybegin [^\r\n]{0,200}?name=(?P<name>[^\r\n]{1,300}?)[ \t]*\r?\n")
_YENC_ENDS: Final = re.compile(rb"(?m)^=yend [^\r\n]*(?:\r?\n|\Z)")
_MOST: Final = 50
"""Files of one text."""


@dataclass(frozen=True, slots=True)
class EncodedFile:
    """A file in the text of a letter."""

    name: bytes
    """In the charset of the text."""
    data: bytes
    """Decoded; as it stands in the text for yEnc."""
    problem: str
    """Chinese; "" when everything could be decoded."""
    is_yenc: bool = False


def files_in_text(data: bytes) -> tuple[bytes, tuple[EncodedFile, ...]]:
    """The text without the files in it, and the files. A file whose end is missing reaches to the end of the text."""
    if b"begin" not in data:
        return data, ()
    rest: list[bytes] = []
    files: list[EncodedFile] = []
    at = 0
    while len(files) < _MOST and (found_at := _next(data, at)) is not None:
        begin, is_yenc = found_at
        ends = _YENC_ENDS if is_yenc else _BASE64_ENDS if begin["base64"] else _UU_ENDS
        end = ends.search(data, begin.end())
        body = data[begin.end() : end.start() if end else len(data)]
        rest.append(data[at : begin.start()])
        files.append(_file(begin, body, is_yenc))
        at = end.end() if end else len(data)
    return b"".join((*rest, data[at:])), tuple(files)


def _next(data: bytes, at: int) -> tuple[re.Match[bytes], bool] | None:
    """The next beginning of a file, and whether it is one of yEnc."""
    matches = [(match, pattern is _YENC) for pattern in (_BEGINS, _YENC) if (match := pattern.search(data, at))]
    return min(matches, key=lambda match_and_kind: match_and_kind[0].start(), default=None)


def _file(begin: re.Match[bytes], body: bytes, is_yenc: bool) -> EncodedFile:
    if is_yenc:
        return EncodedFile(begin["name"], body, "", is_yenc=True)
    decoded = decode_transfer(body, "base64" if begin["base64"] else "uuencode")
    return EncodedFile(begin["name"], decoded.data, decoded.problem)
