"""The names at the top of an OLE2 compound file ([MS-CFB]), by which a .doc is distinguished from an .xls, and the
places of its streams.

Reads nothing else of the file, so that damage or malice elsewhere does not matter (docs/decisions/0031).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from intake.parse.file_kinds import COMPOUND_FILE

_SECTOR_SHIFTS: Final = (9, 12)
"""Sectors have 512 bytes in version 3 and 4,096 in version 4; no other size is allowed (2.2)."""
_FAT_SECTORS_IN_HEADER: Final = 109
"""Numbers of FAT sectors that the header lists (2.2)."""
_SPECIAL: Final = 0xFFFFFFFA
"""From here on, a sector number is a mark, such as the end of a chain (2.1)."""
_ENTRY: Final = 128
"""Bytes of a directory entry (2.6.1)."""
_STREAM: Final = 2
"""The object type of a stream; a storage has 1 (2.6.1)."""
_MOST_SECTORS: Final = 4_096
"""Of the directory and of the table of FAT sectors. An ordinary .doc has one to four; 4,096 hold 16,000 entries and a
file of 256 MB, and end a chain that runs in a circle."""
_MINI_STREAM: Final = 4_096
"""Shorter streams lie in sectors of their own, which are not read (2.2, mini stream cutoff size)."""
_MINI_SECTOR: Final = 64
"""Bytes of such a sector (2.2)."""
_HEAD: Final = 64
"""Bytes read of each stream: the FIB's flags of a .doc and the signature of Works lie within the first 12."""


def root_streams(data: bytes) -> dict[str, bytes]:
    """The entries of the root storage by name, each with its first 64 bytes.

    A storage, and a stream of less than 4,096 bytes, have b"". {} when the file is no compound file, or its header,
    allocation table or directory is damaged. Never raises; reads at most some 20 MB of the file.
    """
    if not data.startswith(COMPOUND_FILE):
        return {}
    try:
        return CompoundFile(data).root()
    except (struct.error, IndexError):
        return {}


@dataclass(frozen=True, slots=True)
class StreamPlace:
    """Where the bytes of a stream are in the file."""

    chunks: Sequence[int]
    """The offset in the file of each chunk of the stream."""
    size: int
    """Bytes of a chunk."""

    def at(self, position: int) -> int:
        """The offset in the file of a byte of the stream. Raises IndexError outside of it."""
        if position < 0:
            raise IndexError(position)
        return self.chunks[position // self.size] + position % self.size


class CompoundFile:
    """The directory of a compound file.

    Its methods raise struct.error or IndexError where the file ends too early, or points outside itself."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._shift = self._number(30, "<H")
        if self._shift not in _SECTOR_SHIFTS:
            raise IndexError("sector size")
        self._fat = self._fat_sectors()
        self._directory = b"".join(self._sector(sector) for sector in self._chain(self._number(48)))

    def root(self) -> dict[str, bytes]:
        """The children of the root: a tree in which each entry names its left and its right sibling (2.6.4)."""
        return {self._name(entry): self._head(entry) for entry in self._root_entries()}

    def _root_entries(self) -> list[int]:
        entries: list[int] = []
        waiting = [self._link(0, 76)]
        while waiting:
            entry = waiting.pop()
            if entry in entries or (entry + 1) * _ENTRY > len(self._directory):
                continue
            entries.append(entry)
            waiting += [self._link(entry, 68), self._link(entry, 72)]
        return entries

    def place_of(self, name: str) -> StreamPlace:
        """Where a stream of the root storage is; its first 4,096 sectors. Raises KeyError without such a stream."""
        entry = next((entry for entry in self._root_entries() if self._name(entry) == name), None)
        if entry is None:
            raise KeyError(name)
        if self._link(entry, 120) >= _MINI_STREAM:
            return self._in_sectors(self._link(entry, 116))
        mini_stream, table = self._in_sectors(self._link(0, 116)), self._in_sectors(self._number(60))
        chunks: list[int] = []
        sector = self._link(entry, 116)
        while sector < _SPECIAL and len(chunks) < _MINI_STREAM // _MINI_SECTOR:
            chunks.append(mini_stream.at(sector * _MINI_SECTOR))
            sector = self._number(table.at(4 * sector))
        return StreamPlace(chunks, _MINI_SECTOR)

    def _in_sectors(self, sector: int) -> StreamPlace:
        return StreamPlace([(number + 1) << self._shift for number in self._chain(sector)], 1 << self._shift)

    def _number(self, offset: int, form: str = "<I") -> int:
        number: int = struct.unpack_from(form, self._data, offset)[0]
        return number

    def _sector(self, sector: int) -> bytes:
        start = (sector + 1) << self._shift
        return self._data[start : start + (1 << self._shift)]

    def _fat_sectors(self) -> list[int]:
        """The sectors of the allocation table: those that the header lists, then those of the DIFAT chain (2.5)."""
        sectors = list(struct.unpack_from(f"<{_FAT_SECTORS_IN_HEADER}I", self._data, 76))
        following, chained = self._number(68), self._number(72)
        numbers = (1 << self._shift) // 4
        for _ in range(min(chained, _MOST_SECTORS // numbers)):
            if following >= _SPECIAL:
                break
            *more, following = struct.unpack(f"<{numbers}I", self._sector(following))
            sectors += more
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
        is_stream = self._directory[entry * _ENTRY + 66] == _STREAM
        if not is_stream or self._link(entry, 120) < _MINI_STREAM:
            return b""
        return self._sector(self._link(entry, 116))[:_HEAD]
