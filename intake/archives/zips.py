"""A zip → the files in it. Documents that are zips themselves (.docx, .xlsx, OFD, .odt) are not opened."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Final

from intake.archives.limits import ArchiveRefused
from intake.archives.unpacking import ArchiveContents, ArchivedFile, UnpackingBudget
from intake.archives.zip_gate import inflate, open_zip
from intake.parse.archive_fault import ArchiveFault
from intake.parse.charsets import decode
from intake.parse.file_kinds import is_named_word, kind_of
from intake.parse.message import Part

_UTF8_NAME: Final = 0x800  # APPNOTE.TXT 4.4.4, bit 11
_UNICODE_PATH: Final = 0x7075  # APPNOTE.TXT 4.6.9
_SLASHES: Final = re.compile(r"[/\\]+")
_IWORK_MARKS: Final = frozenset(
    {"index/document.iwa", "index.zip", "buildversionhistory.plist", "quicklook/thumbnail.jpg", "quicklook/preview.pdf"}
)
"""Members of a document of Apple's Pages."""
_DOCUMENT_MARKS: Final = frozenset(
    {"[content_types].xml", "_rels/.rels", "word/document.xml", "ofd.xml", "mimetype"} | _IWORK_MARKS
)
"""Members by which a zip is itself a document: Office, OFD, OpenDocument (and EPUB)."""


def unpack_zip(part: Part, budget: UnpackingBudget) -> ArchiveContents | None:
    """The files in it; None for a document, and for what is too broken to tell which: reading it gives the reason.

    Raises ArchiveRefused for one with a password (LOCKED) or beyond the limits (SUSPICIOUS).
    """
    try:
        archive = open_zip(part.data, budget.remaining())
    except ArchiveRefused as refused:
        closed = refused.fault in (ArchiveFault.LOCKED, ArchiveFault.SUSPICIOUS)
        if not closed or is_named_word(part.name, part.data) or kind_of(part.data).extension != ".zip":
            return None
        raise
    entries = archive.infolist()
    if not _DOCUMENT_MARKS.isdisjoint(_SLASHES.sub("/", entry.filename).lower() for entry in entries):
        return None
    budget.entries -= len(entries)
    return ArchiveContents(tuple(_files(archive, budget)))


def _files(archive: zipfile.ZipFile, budget: UnpackingBudget) -> Iterator[ArchivedFile]:
    """Raises ArchiveRefused when more is unpacked than may be; a damaged member is yielded with its fault."""
    for member in archive.infolist():
        try:
            data = inflate(archive, member, min(budget.limits.part, budget.unpacked))
        except ArchiveRefused as refused:
            if refused.fault is not ArchiveFault.DAMAGED:
                raise
            yield ArchivedFile(_path(member), b"", refused.fault)
            continue
        budget.unpacked -= len(data)
        yield ArchivedFile(_path(member), data)


def _path(member: zipfile.ZipInfo) -> str:
    """The name as its writer saw it. Chinese programs write GBK, macOS UTF-8, both without setting the flag."""
    name = member.orig_filename
    if not member.flag_bits & _UTF8_NAME:
        name = _unicode_path(member.extra) or decode(name.encode("cp437", "replace"))
    return name


def _unicode_path(extra: bytes) -> str:
    """The name in UTF-8 that some programs add to a name in another charset; "" for none."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH:
            return decode(extra[at + 9 : at + 4 + size], "utf-8")
        at += 4 + size
    return ""
