"""What an office does to its template in Word, done to the bytes."""

from __future__ import annotations

import io
import zipfile

from tools.docx_builder import zipped


def members(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def replaced(docx: bytes, old: str, new: str, *, member: str = "word/document.xml") -> bytes:
    """The file with `old` replaced wherever it occurs in a member; it must occur."""
    parts = members(docx)
    text = parts[member].decode()
    assert old in text
    return zipped(parts | {member: text.replace(old, new).encode()})
