"""The bytes of a letter as they come: small ones in memory, large ones in a file of the raw store."""

from __future__ import annotations

from archive.files import IncomingFile

Content = bytes | IncomingFile


def size_of(content: Content) -> int:
    """Octets."""
    return len(content) if isinstance(content, bytes) else content.size


def head_of(content: Content, octets: int) -> bytes:
    """The first octets."""
    return content[:octets] if isinstance(content, bytes) else content.head(octets)


def are_same(one: Content, other: Content) -> bool:
    """Whether both are the same bytes."""
    if isinstance(one, bytes) or isinstance(other, bytes):
        return one == other
    return one.sha256 == other.sha256


def drop(content: Content | None) -> None:
    """Forgets what is not needed after all."""
    if isinstance(content, IncomingFile):
        content.discard()


def is_whole(content: Content, size: int) -> bool:
    """Whether nothing can be missing of a letter announced with this size.

    Some servers count line ends as CRLF and send LF; of a letter in a file that is not counted, it is fetched again.
    """
    if size_of(content) >= size:
        return True
    return isinstance(content, bytes) and len(content) + content.count(b"\n") - content.count(b"\r\n") >= size
