"""What a zip must satisfy before anything in it is unpacked, and the only two ways in: `open_zip` and `inflate`.

Hostile files seen in the field: a 1.4 MB .docx that unpacks to 400 MB, sizes that lie, members that share their
bytes (CVE-2024-0450).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import Final

from intake.archives.limits import ArchiveLimits, ArchiveRefused
from intake.parse.archive_fault import ArchiveFault
from values.damaged_zip import DAMAGED_ZIP

_CHUNK: Final = 65_536  # bytes unpacked between two checks of the limit
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")  # APPNOTE.TXT 4.3.7: signature … name length, extra length
_ENCRYPTED: Final = 0x1  # APPNOTE.TXT 4.4.4, bit 0
_MEDIA: Final = re.compile(r"[/\\]media[/\\]", re.IGNORECASE)
_READABLE_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def open_zip(data: bytes, limits: ArchiveLimits) -> zipfile.ZipFile:
    """The zip, its directory checked; nothing is unpacked yet. Raises ArchiveRefused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED_ZIP as error:
        raise ArchiveRefused(ArchiveFault.NOT_A_ZIP) from error
    entries = archive.infolist()
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise ArchiveRefused(ArchiveFault.SUSPICIOUS)
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise ArchiveRefused(ArchiveFault.LOCKED)
        if entry.file_size > _ratio_from(entry, limits) and entry.file_size > limits.ratio * entry.compress_size:
            raise ArchiveRefused(ArchiveFault.SUSPICIOUS)
    _refuse_overlaps(data, archive, entries)
    return archive


def _ratio_from(entry: zipfile.ZipInfo, limits: ArchiveLimits) -> int:
    return limits.picture_ratio_from if _MEDIA.search(entry.filename) else limits.ratio_from


def _refuse_overlaps(data: bytes, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise ArchiveRefused(ArchiveFault.SUSPICIOUS)
        header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise ArchiveRefused(ArchiveFault.DAMAGED)
        _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        end = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length + entry.compress_size
    if end > archive.start_dir:
        raise ArchiveRefused(ArchiveFault.SUSPICIOUS)


def inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """A member's bytes, counted while they are unpacked, since declared sizes lie.

    Raises ArchiveRefused: SUSPICIOUS above `most` bytes, DAMAGED when the member cannot be unpacked.
    """
    if entry.compress_type not in _READABLE_METHODS:
        raise ArchiveRefused(ArchiveFault.DAMAGED)
    data = io.BytesIO()  # gives its bytes without copying them
    try:
        with archive.open(entry) as member:
            while chunk := member.read(_CHUNK):
                if data.tell() + len(chunk) > most:
                    raise ArchiveRefused(ArchiveFault.SUSPICIOUS)
                data.write(chunk)
    except DAMAGED_ZIP as error:
        raise ArchiveRefused(ArchiveFault.DAMAGED) from error
    return data.getvalue()
