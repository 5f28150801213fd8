"""Two pictures for sample letters, always the same bytes, with the metadata of cameras and editors."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Final

CAMERA: Final = b"SecretCamera"

JPEG: Final = base64.b64decode(
    """
/9j/4AAQSkZJRgABAQAAAQABAAD/4QCuRXhpZgAATU0AKgAAAAgAAwEPAAIAAAANAAAAMgESAAMAAAABAAEAAIglAAQAAAABAAAAQAAAAABTZW
NyZXRDYW1lcmEAAAAEAAEAAgAAAAJOAAAAAAIABQAAAAMAAAB2AAMAAgAAAAJFAAAAAAQABQAAAAMAAACOAAAAAAAAABkAAAABAAAAMgAAAAEA
AAAZAAAAAgAAAHIAAAABAAAAOAAAAAEAAAAHAAAAAf/bAEMADQkKCwoIDQsKCw4ODQ8TIBUTEhITJxweFyAuKTEwLiktLDM6Sj4zNkY3LC1AV0
FGTE5SU1IyPlphWlBgSlFST//bAEMBDg4OExETJhUVJk81LTVPT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P
T09PT//AABEIACAAMAMBIgACEQEDEQH/xAAXAAEBAQEAAAAAAAAAAAAAAAAABgUH/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABgBAAMBAQAAAA
AAAAAAAAAAAAMGBwQF/8QAHhEBAAECBwAAAAAAAAAAAAAAAAYDQQRDRIGCwcL/2gAMAwEAAhEDEQA/AJ8BxlJFckVcyYuyeT3T8/IAxp45oAvJ
xGa0maWpDl79DUrgBbGf/9k=
"""
)
"""48 × 32 pixels; its EXIF names a camera and a place (25°50′ N, 114°56′ E)."""


def png(width: int, height: int) -> bytes:
    """A blue PNG that names its author, packed without compression, so that its bytes depend on no library."""
    rows = b"".join(b"\0" + b"\x20\x60\xc0" * width for _ in range(height))
    packer = zlib.compressobj(0)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"tEXt", b"Author\0" + CAMERA),
        (b"IDAT", packer.compress(rows) + packer.flush()),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
