"""Finds the file that an article was read from in its letter. Runs in a child process, as reading does."""

from __future__ import annotations

import hashlib
from typing import Final

from intake.archives.opened import open_archives
from intake.classify.inline_forward import with_forwarded_writer
from intake.digests import article_digest
from intake.outcome import Original, OriginalKind
from intake.parse.message import Part, parse_message
from intake.read.docx.package import is_docx
from intake.read.formats import is_fixed_layout
from intake.read.legacy.formats import is_legacy
from intake.read.pasted.article import pasted_texts

_MOST_OF_ONE: Final = 200
"""Articles of one file among which the wanted one is searched; collections hold some thirty."""


def original_in(raw: bytes, content_sha256: str, own_addresses: frozenset[str]) -> Original | None:
    """The part of a letter from which an article with this digest was read.

    None when there is none: this version may unpack archives otherwise than the one that read the letter.
    """
    message = with_forwarded_writer(parse_message(raw), own_addresses)
    for text in pasted_texts(message):
        if _has_digest(text.data, content_sha256):
            return Original("", "text", text.data)
    for part in open_archives(message.parts):
        if _has_digest(part.data, content_sha256):
            return Original(part.name, _kind(part), part.data)
    return None


def _has_digest(data: bytes, content_sha256: str) -> bool:
    numbers = range(1, _MOST_OF_ONE + 1)
    is_whole = hashlib.sha256(data).hexdigest() == content_sha256
    return is_whole or any(article_digest(data, number) == content_sha256 for number in numbers)


def _kind(part: Part) -> OriginalKind:
    if is_docx(part.data):
        return "docx"
    if is_legacy(part):
        return "older"
    return "pdf" if is_fixed_layout(part) and b"%PDF-" in part.data[:1_024] else "other"
