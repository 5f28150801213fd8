"""Which installed fonts may not be embedded in a file (OpenType, OS/2: fsType), by the names that PDFs give them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from programs.fontconfig import font_properties

_RESTRICTED: Final = 0x0002
_USAGE: Final = 0x000F
_NO_SUBSET: Final = 0x0100
_BITMAPS_ONLY: Final = 0x0200
_FS_TYPE: Final = 8
"""Octets before it in OS/2."""
_INSTANCE: Final = 0xFFFF
"""fontconfig counts the instances of a variable font above these bits."""
_MOST_TABLES: Final = 64


def forbids_embedding(fs_type: int) -> bool:
    """Whether a font with that fsType may not be embedded, or not as a subset of outlines."""
    restricted = fs_type & _USAGE == _RESTRICTED
    return restricted or bool(fs_type & (_NO_SUBSET | _BITMAPS_ONLY))


def forbidden_fonts(path: str | None = None) -> frozenset[str]:
    """The PostScript names of installed fonts that may not be embedded, also those in their CFF table, which are what
    LibreOffice writes. Empty without fontconfig. path: the folders of programs."""
    lines = font_properties("%{file}\t%{index}\t%{postscriptname}\n", path) or []
    return frozenset(name for line in lines for name in _forbidden_names(line) if name)


def _forbidden_names(line: str) -> Iterator[str]:
    file, _, rest = line.partition("\t")
    index, _, name = rest.partition("\t")
    try:
        with Path(file).open("rb") as font:
            tables = _tables(font, int(index) & _INSTANCE)
            if b"OS/2" in tables and forbids_embedding(_number_at(font, tables[b"OS/2"] + _FS_TYPE)):
                yield name
                if b"CFF " in tables:
                    yield _compact_name(font, tables[b"CFF "])
    except (OSError, ValueError, struct.error):
        return  # a font of another format, which LibreOffice does not embed as outlines


def _tables(font: BinaryIO, index: int) -> dict[bytes, int]:
    """Offsets of the tables of a font, the `index`-th of a collection."""
    start = 0
    if font.read(4) == b"ttcf":
        font.seek(12 + 4 * index)
        (start,) = struct.unpack(">I", font.read(4))
    font.seek(start + 4)
    (count,) = struct.unpack(">H6x", font.read(8))
    entries = [struct.unpack(">4s4xI4x", font.read(16)) for _ in range(min(count, _MOST_TABLES))]
    return dict(entries)


def _number_at(font: BinaryIO, offset: int) -> int:
    font.seek(offset)
    return int(struct.unpack(">H", font.read(2))[0])


def _compact_name(font: BinaryIO, offset: int) -> str:
    """The first name of a CFF table's Name INDEX (Adobe Technical Note 5176, 5 and 7)."""
    font.seek(offset + 2)
    header = font.read(1)[0]
    font.seek(offset + header)
    count, size = struct.unpack(">HB", font.read(3))
    offsets = [int.from_bytes(font.read(size), "big") for _ in range(count + 1)]
    font.seek(offset + header + 3 + size * (count + 1) - 1 + offsets[0])
    return font.read(offsets[1] - offsets[0]).decode("latin-1")
