"""The names at the top of an OLE2 compound file ([MS-CFB]): what tells a .doc from an .xls. Nothing else is read."""

from __future__ import annotations

import struct
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_IN_HEADER: Final = 109
_SPECIAL: Final = 0xFFFFFFFA  # from here on, numbers are marks and no sectors
_ENTRY: Final = 128
_MOST_SECTORS: Final = 4_096
_MINI: Final = 4_096  # shorter streams lie elsewhere
_HEAD: Final = 64


def root_streams(data: bytes) -> dict[str, bytes]:
    """The entries of the root by name, each with its first 64 bytes (b"" for a storage or a very short stream).

    {} when the file is no compound file or its directory is damaged. Never raises; looks at no more than a few MB.
    """
    if not data.startswith(SIGNATURE):
        return {}
    try:
        return _Compound(data).root()
    except (struct.error, IndexError):
        return {}


class _Compound:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._shift = min(self._number(30, "<H"), 16)
        self._fat = self._fat_sectors()
        self._directory = b"".join(self._sector(sector) for sector in self._chain(self._number(48)))

    def root(self) -> dict[str, bytes]:
        """Walks the tree of the root's children: each entry names its left, its right and its own first child."""
        found: dict[str, bytes] = {}
        seen: set[int] = set()
        waiting = [self._link(0, 76)]
        while waiting:
            entry = waiting.pop()
            if entry in seen or (entry + 1) * _ENTRY > len(self._directory):
                continue
            seen.add(entry)
            found[self._name(entry)] = self._head(entry)
            waiting += [self._link(entry, 68), self._link(entry, 72)]
        return found

    def _number(self, offset: int, form: str = "<I") -> int:
        number: int = struct.unpack_from(form, self._data, offset)[0]
        return number

    def _sector(self, sector: int) -> bytes:
        start = (sector + 1) << self._shift
        return self._data[start : start + (1 << self._shift)]

    def _fat_sectors(self) -> list[int]:
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        following = self._number(68)
        numbers = (1 << self._shift) // 4
        while following < _SPECIAL and len(sectors) < _MOST_SECTORS:
            more = struct.unpack(f"<{numbers}I", self._sector(following))
            sectors += more[:-1]
            following = more[-1]
        return sectors

    def _chain(self, sector: int) -> list[int]:
        numbers = (1 << self._shift) // 4
        chain: list[int] = []
        while sector < _SPECIAL and len(chain) < _MOST_SECTORS:
            chain.append(sector)
            table = (self._fat[sector // numbers] + 1) << self._shift
            sector = self._number(table + 4 * (sector % numbers))
        return chain

    def _link(self, entry: int, offset: int) -> int:
        number: int = struct.unpack_from("<I", self._directory, entry * _ENTRY + offset)[0]
        return number

    def _name(self, entry: int) -> str:
        start = entry * _ENTRY
        (length,) = struct.unpack_from("<H", self._directory, start + 64)
        return self._directory[start : start + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")

    def _head(self, entry: int) -> bytes:
        is_stream = self._directory[entry * _ENTRY + 66] == 2
        if not is_stream or self._link(entry, 120) < _MINI:
            return b""
        return self._sector(self._link(entry, 116))[:_HEAD]
