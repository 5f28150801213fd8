"""Zip attachments → the files in them, within limits. Names are text to be shown, never paths; nothing is written."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from intake.classify.attachments import DAMAGED, LOCKED_ARCHIVE, SUSPICIOUS_ARCHIVE, is_named_word
from intake.parse.charsets import decode
from intake.parse.file_kinds import kind_of
from intake.parse.headers import clean
from intake.parse.message import Part
from intake.read.docx.gate import Limits, inflate, open_archive
from intake.read.docx.refusals import PASSWORD, SUSPICIOUS_ZIP
from values.errors import UnreadableManuscript

_DEPTH: Final = 2
_LONGEST_NAME: Final = 200
_UTF8_NAME: Final = 0x800  # APPNOTE.TXT 4.4.4, bit 11
_UNICODE_PATH: Final = 0x7075  # APPNOTE.TXT 4.6.9
_FOLDERS: Final = re.compile(r"[/\\]+")
_MACHINERY: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_DOCUMENT_MARKS: Final = frozenset({"[content_types].xml", "_rels/.rels", "word/document.xml", "ofd.xml", "mimetype"})
"""Members by which a zip is itself a document: Office, OFD, OpenDocument (and EPUB)."""
_REFUSALS: Final = {PASSWORD: LOCKED_ARCHIVE, SUSPICIOUS_ZIP: SUSPICIOUS_ARCHIVE}

USUAL_LIMITS: Final = Limits()


@dataclass(slots=True)
class _Room:
    """What the archives of one letter may still hold, all together. unpacked: bytes."""

    limits: Limits
    entries: int
    unpacked: int

    def left(self) -> Limits:
        return replace(self.limits, entries=self.entries, unpacked=self.unpacked)

    def member(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        data = inflate(archive, entry, min(self.limits.part, self.unpacked))
        self.unpacked -= len(data)
        return data


def open_archives(parts: Iterable[Part], limits: Limits = USUAL_LIMITS) -> tuple[Part, ...]:
    """The parts, each zip replaced by its files, named 材料.zip/稿件.docx; also a zip within a zip, but no third.

    A .docx, .xlsx or .odt is a zip too, and stays. One with a password or beyond the limits (which hold for all
    archives of a letter together) stays with `refused` set; so does a file in it that is damaged. Never raises.
    """
    room = _Room(limits, limits.entries, limits.unpacked)
    return tuple(file for part in parts for file in _opened(part, room, _DEPTH))


def _opened(part: Part, room: _Room, depth: int) -> tuple[Part, ...]:
    if depth == 0 or not part.data.startswith(b"PK"):
        return (part,)
    try:
        archive = open_archive(part.data, room.left())
    except UnreadableManuscript as error:
        return (_refused(part, error),)
    entries = archive.infolist()
    if not _DOCUMENT_MARKS.isdisjoint(_FOLDERS.sub("/", entry.filename).lower() for entry in entries):
        return (part,)
    room.entries -= len(entries)
    try:
        files = tuple(_files(part, archive, room))
    except UnreadableManuscript:
        return (replace(part, refused=SUSPICIOUS_ARCHIVE),)
    opened = tuple(inner for file in files for inner in _opened(file, room, depth - 1))
    return opened or (part,)


def _refused(part: Part, error: UnreadableManuscript) -> Part:
    """A refused document, and what is too broken to tell, is left to those who read manuscripts."""
    refused = _REFUSALS.get(str(error), "")
    document = is_named_word(part) or kind_of(part.data).extension != ".zip"
    return part if document or not refused else replace(part, refused=refused)


def _files(part: Part, archive: zipfile.ZipFile, room: _Room) -> Iterator[Part]:
    """Raises UnreadableManuscript when more is unpacked than may be."""
    for entry in archive.infolist():
        *folders, name = _FOLDERS.split(_path(entry))
        if not name or _is_machinery(folders, name):
            continue
        file = Part(
            name=f"{part.name}/{name[-_LONGEST_NAME:]}",
            content_type="application/octet-stream",
            disposition="attachment",
            data=b"",
            forwarded=part.forwarded,
            origin=part.origin,
            folder="/".join(folder for folder in folders if folder),
        )
        try:
            yield replace(file, data=room.member(archive, entry))
        except UnreadableManuscript as error:
            if str(error) == SUSPICIOUS_ZIP:
                raise
            yield replace(file, refused=DAMAGED)


def _is_machinery(folders: Iterable[str], name: str) -> bool:
    """What Word, macOS and Windows leave beside the files."""
    return name.startswith(("~$", "._")) or name.lower() in _MACHINERY or "__MACOSX" in folders


def _path(entry: zipfile.ZipInfo) -> str:
    """The name as its writer saw it. Chinese programs write GBK, macOS UTF-8, both without saying so."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_NAME:
        name = _unicode_path(entry.extra) or decode(name.encode("cp437", "replace"))
    return " ".join(clean(name).split())


def _unicode_path(extra: bytes) -> str:
    """The name in UTF-8 that some programs add to one in another charset; "" when there is none."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH:
            return decode(extra[at + 9 : at + 4 + size], "utf-8")
        at += 4 + size
    return ""
