"""What the standard library raises for a zip that cannot be read, damaged or made to harm."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import Final

DAMAGED_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""RuntimeError for an encrypted member, NotImplementedError for an unusual compression, ValueError for a name that is
not in the charset it claims. OSError comes from offsets outside the bytes: these are in memory, not in a file."""
