"""The file that an article was read from, found again in its letter. Runs in a child process, as reading does."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, Literal

from intake.archives.opened import open_archives
from intake.classify.inline_forward import with_forwarded_writer
from intake.parse.message import Part, parse_message
from intake.read.docx.package import is_docx
from intake.read.formats import is_fixed_layout
from intake.read.legacy.legacy import is_legacy
from intake.read.pasted.pasted import pasted_article

Kind = Literal["docx", "pdf", "older", "text", "other"]
_MOST_OF_ONE: Final = 200
"""Articles that one file may hold: each is known by the file's digest and its own number."""


@dataclass(frozen=True, slots=True)
class Original:
    """name: as the sender called it, "" for the letter's own text, which is in UTF-8. kind: how it can be shown;
    older: LibreOffice opens it (.doc, .wps, RTF, a web page)."""

    name: str
    kind: Kind
    data: bytes


def original_in(raw: bytes, content_sha256: str, own_addresses: frozenset[str]) -> Original | None:
    """The part of a letter with that digest (`intake.manuscripts`); None when it is not there any more: a later
    version may unpack archives otherwise."""
    message = with_forwarded_writer(parse_message(raw), own_addresses)
    pasted = pasted_article(message)
    if pasted is not None and _is_known_by(pasted.data, content_sha256):
        return Original("", "text", pasted.data)
    for part in open_archives(message.parts):
        if _is_known_by(part.data, content_sha256):
            return Original(part.name, _kind(part), part.data)
    return None


def _is_known_by(data: bytes, content_sha256: str) -> bool:
    digest = hashlib.sha256(data).hexdigest()
    numbered = (f"{digest}#{number}".encode() for number in range(1, _MOST_OF_ONE + 1))
    return digest == content_sha256 or any(hashlib.sha256(one).hexdigest() == content_sha256 for one in numbered)


def _kind(part: Part) -> Kind:
    if is_docx(part.data):
        return "docx"
    if is_legacy(part):
        return "older"
    return "pdf" if is_fixed_layout(part) and b"%PDF-" in part.data[:1_024] else "other"
