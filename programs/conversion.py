"""What LibreOffice is asked to convert, and what became of it: plain values that cross between the processes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Self, TypeAlias

from values.reason import Reason

ConversionTarget: TypeAlias = Literal["docx", "pdf", "archival pdf"]
"""archival pdf: PDF/A-2b, with the tags by which it is read aloud (docs/decisions/0136)."""


@dataclass(frozen=True, slots=True)
class ConversionRequest:
    """A file that LibreOffice is to open, and the format that is wanted of it."""

    key: str
    """By which the answer is found in `Conversions`: the SHA-256 of the file as its sender sent it."""

    data: bytes
    """The bytes that LibreOffice opens. They may differ from those sent: a web page is given in UTF-8."""

    extension: str
    """By which LibreOffice knows the format: ".doc", ".html" …"""

    target: ConversionTarget

    @classmethod
    def to_pdf(cls, docx: bytes, *, archival: bool = False) -> Self:
        """Of a .docx, its pages."""
        return cls(key_of(docx), docx, ".docx", "archival pdf" if archival else "pdf")


@dataclass(frozen=True, slots=True)
class NotConverted:
    """A file of which LibreOffice made nothing."""

    reason: Reason
    """With the remedy."""


Conversions: TypeAlias = Mapping[str, bytes | NotConverted]
"""What became of files, by `ConversionRequest.key`: the .docx or .pdf, or why there is none."""
NO_CONVERSIONS: Final[Conversions] = {}
PDF_SIGNATURE: Final = b"%PDF-"
_WITHHELD: Final = NotConverted(Reason.alike("读信时没有使用这张图。"))


def key_of(data: bytes) -> str:
    """The key of a file's answer in `Conversions`."""
    return hashlib.sha256(data).hexdigest()


def without_drawings(conversions: Conversions) -> Conversions:
    """The same, as if LibreOffice had drawn nothing: for a letter that its drawings may have made unreadable."""
    return {
        key: _WITHHELD if isinstance(made, bytes) and made.startswith(PDF_SIGNATURE) else made
        for key, made in conversions.items()
    }
