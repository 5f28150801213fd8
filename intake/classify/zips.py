"""A zip → the files in it; documents that are zips themselves are told apart."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Final

from intake.classify.attachments import DAMAGED, LOCKED_ARCHIVE, SUSPICIOUS_ARCHIVE, is_named_word
from intake.classify.unpacking import Contents, Entry, Room
from intake.parse.charsets import decode
from intake.parse.file_kinds import kind_of
from intake.parse.message import Part
from intake.read.docx.gate import inflate, open_archive
from intake.read.docx.refusals import PASSWORD, SUSPICIOUS_ZIP
from values.errors import UnreadableManuscript

_UTF8_NAME: Final = 0x800  # APPNOTE.TXT 4.4.4, bit 11
_UNICODE_PATH: Final = 0x7075  # APPNOTE.TXT 4.6.9
_SLASHES: Final = re.compile(r"[/\\]+")
_DOCUMENT_MARKS: Final = frozenset({"[content_types].xml", "_rels/.rels", "word/document.xml", "ofd.xml", "mimetype"})
"""Members by which a zip is itself a document: Office, OFD, OpenDocument (and EPUB)."""
_REFUSALS: Final = {PASSWORD: LOCKED_ARCHIVE, SUSPICIOUS_ZIP: SUSPICIOUS_ARCHIVE}


def unpack_zip(part: Part, room: Room) -> Contents | None:
    """None for a document, and for what is too broken to tell: those are left to who reads manuscripts.

    Raises UnreadableManuscript, with what the archive is, for one with a password or beyond the limits.
    """
    try:
        archive = open_archive(part.data, room.left())
    except UnreadableManuscript as error:
        refused = _REFUSALS.get(str(error), "")
        if not refused or is_named_word(part) or kind_of(part.data).extension != ".zip":
            return None
        raise UnreadableManuscript(refused) from error
    entries = archive.infolist()
    if not _DOCUMENT_MARKS.isdisjoint(_SLASHES.sub("/", entry.filename).lower() for entry in entries):
        return None
    room.entries -= len(entries)
    return Contents(tuple(_entries(archive, room)))


def _entries(archive: zipfile.ZipFile, room: Room) -> Iterator[Entry]:
    """Raises UnreadableManuscript when more is unpacked than may be."""
    for member in archive.infolist():
        try:
            data = inflate(archive, member, min(room.limits.part, room.unpacked))
        except UnreadableManuscript as error:
            if str(error) == SUSPICIOUS_ZIP:
                raise UnreadableManuscript(SUSPICIOUS_ARCHIVE) from error
            yield Entry(_path(member), b"", DAMAGED)
            continue
        room.unpacked -= len(data)
        yield Entry(_path(member), data)


def _path(member: zipfile.ZipInfo) -> str:
    """The name as its writer saw it. Chinese programs write GBK, macOS UTF-8, both without saying so."""
    name = member.orig_filename
    if not member.flag_bits & _UTF8_NAME:
        name = _unicode_path(member.extra) or decode(name.encode("cp437", "replace"))
    return name


def _unicode_path(extra: bytes) -> str:
    """The name in UTF-8 that some programs add to one in another charset; "" when there is none."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH:
            return decode(extra[at + 9 : at + 4 + size], "utf-8")
        at += 4 + size
    return ""
