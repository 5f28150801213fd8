"""The bytes of a letter as they come: small ones in memory, large ones in a file of the raw store."""

from __future__ import annotations

import hashlib
from typing import Final

from archive.files import IncomingFile

Content = bytes | IncomingFile

_LONGEST_BLANK: Final = 1024
"""Octets up to which content is examined for being blank: servers send one or two line ends, not kilobytes of them."""


def size_of(content: Content) -> int:
    """Octets."""
    return len(content) if isinstance(content, bytes) else content.size


def head_of(content: Content, octets: int) -> bytes:
    """The first octets."""
    return content[:octets] if isinstance(content, bytes) else content.head(octets)


def is_blank(content: Content) -> bool:
    """Whether there is nothing but white space: no letter is, for each has at least a header field."""
    return size_of(content) <= _LONGEST_BLANK and not head_of(content, _LONGEST_BLANK).strip()


def are_same(left: Content, right: Content) -> bool:
    """Whether both are the same bytes, wherever they are held."""
    return size_of(left) == size_of(right) and _digest(left) == _digest(right)


def drop(content: Content | None) -> None:
    """Deletes the file of content that is not stored; does nothing for None and for bytes in memory."""
    if isinstance(content, IncomingFile):
        content.discard()


def is_whole(content: Content, size: int) -> bool:
    """Whether no octet can be missing of a letter announced with this size.

    Some servers count line ends as CRLF and send LF; in memory, each such LF is counted as two octets. A letter in a
    file is fetched again instead.
    """
    if size_of(content) >= size:
        return True
    return isinstance(content, bytes) and len(content) + content.count(b"\n") - content.count(b"\r\n") >= size


def _digest(content: Content) -> str:
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else content.sha256
