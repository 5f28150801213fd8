"""What is given to LibreOffice, and what became of it: plain values that cross between the processes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Target: TypeAlias = Literal["docx", "pdf"]


@dataclass(frozen=True, slots=True)
class ToConvert:
    """A file and what is wanted of it: "docx" of a manuscript in an older format, "pdf" of a sheet."""

    data: bytes
    target: Target


@dataclass(frozen=True, slots=True)
class NotConverted:
    """A file of which LibreOffice made nothing. `reason` is Chinese, and tells what to do."""

    reason: str


Converted: TypeAlias = Mapping[str, bytes | NotConverted]
"""What became of files, by the SHA-256 of their bytes: the .docx or .pdf, or why there is none."""
NOTHING_CONVERTED: Final[Converted] = {}
PDF_SIGNATURE: Final = b"%PDF-"
_WITHHELD: Final = NotConverted("读信时没有使用这张图。")


def key_of(data: bytes) -> str:
    """What a file is called in `Converted`."""
    return hashlib.sha256(data).hexdigest()


def without_drawings(converted: Converted) -> Converted:
    """The same, as if LibreOffice had drawn nothing: for a letter that its drawings may have made unreadable."""
    return {
        key: _WITHHELD if isinstance(made, bytes) and made.startswith(PDF_SIGNATURE) else made
        for key, made in converted.items()
    }
