"""What a file must satisfy before any parser sees it, and the only ways in: `open_archive`, `inflate`, `parse_xml`.

Hostile files seen in the field: a 1.4 MB .docx that unpacks to 400 MB, sizes that lie, members that share their
bytes (CVE-2024-0450), document types that read local files or fetch addresses.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from lxml import etree

from intake.read.docx.refusals import (
    BROKEN,
    DOCTYPE,
    PASSWORD,
    SUSPICIOUS_ZIP,
    TOO_COMPLEX,
    not_a_zip,
    refuse,
)
from intake.read.docx.tags import STRICT_NAMESPACES, Element
from intake.read.pictures.kinds import MOST_PIXELS

_CHUNK: Final = 65_536
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")  # APPNOTE.TXT 4.3.7: signature … name length, extra length
_ENCRYPTED: Final = 0x1
_MEDIA: Final = re.compile(r"[/\\]media[/\\]", re.IGNORECASE)
_READABLE_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_RESOURCE_LIMIT: Final = 114  # libxml2's XML_ERR_RESOURCE_LIMIT: nested deeper than 256, or a text over 10 MB
# What zipfile raises for a member that cannot be unpacked; ValueError when its name is not in the charset it claims.
DAMAGED_MEMBER: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_STRICT_MARK: Final = b"purl.oclc.org/ooxml"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one manuscript may cost. Sizes in bytes; ratio: unpacked to packed, of larger members."""

    entries: int = 1_000
    ratio: int = 100
    ratio_from: int = 1 << 20
    picture_ratio_from: int = 16 << 20
    unpacked: int = 200_000_000
    document: int = 30_000_000
    part: int = 64 << 20
    tags: int = 1_500_000
    characters: int = 200_000
    table_depth: int = 50
    table_rows: int = 5_000
    pixels: int = MOST_PIXELS


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The zip, its directory checked; nothing is unpacked yet. Raises UnreadableManuscript."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError, EOFError) as error:
        raise not_a_zip(data) from error
    entries = archive.infolist()
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise refuse(SUSPICIOUS_ZIP)
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise refuse(PASSWORD)
        if entry.file_size > _ratio_from(entry, limits) and entry.file_size > limits.ratio * entry.compress_size:
            raise refuse(SUSPICIOUS_ZIP)
    _refuse_overlaps(data, archive, entries)
    return archive


def _ratio_from(entry: zipfile.ZipInfo, limits: Limits) -> int:
    """Screenshots in BMP and diagrams in EMF honestly shrink 800 times, and no parser sees them."""
    return limits.picture_ratio_from if _MEDIA.search(entry.filename) else limits.ratio_from


def _refuse_overlaps(data: bytes, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise refuse(SUSPICIOUS_ZIP)
        header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise refuse(BROKEN)
        _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        end = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length + entry.compress_size
    if end > archive.start_dir:
        raise refuse(SUSPICIOUS_ZIP)


def inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """A member's bytes, counted while they are unpacked, since declared sizes lie.

    Raises UnreadableManuscript above `most` bytes, and when the member is damaged.
    """
    if entry.compress_type not in _READABLE_METHODS:
        raise refuse(BROKEN)
    data = io.BytesIO()  # gives its bytes without copying them
    try:
        with archive.open(entry) as member:
            while chunk := member.read(_CHUNK):
                if data.tell() + len(chunk) > most:
                    raise refuse(SUSPICIOUS_ZIP)
                data.write(chunk)
    except DAMAGED_MEMBER as error:
        raise refuse(BROKEN) from error
    return data.getvalue()


def parse_xml(data: bytes, limits: Limits) -> Element:
    """The root of an XML part: no comments, no instructions, Strict names mapped. Raises UnreadableManuscript.

    A document type is refused as the parser tells it; a scan of the bytes would miss it in UTF-16.
    """
    if data.count(b"<") > limits.tags:
        raise refuse(TOO_COMPLEX)
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        too_complex = getattr(error, "code", None) == _RESOURCE_LIMIT
        raise refuse(TOO_COMPLEX if too_complex else BROKEN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refuse(DOCTYPE)
    if _STRICT_MARK in data or "purl.oclc.org/ooxml" in str(root.tag):
        _map_strict(root)
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,  # and never collect_ids=False: with it lxml 6.1 does load an external document type
        remove_comments=True,
        remove_pis=True,
    )


def _map_strict(root: Element) -> None:
    """Give the elements and attributes of ISO/IEC 29500 Strict their Transitional names."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = _transitional(element.tag)
        for name in element.keys():  # noqa: SIM118 - lxml: iterating an element gives its children
            mapped = _transitional(str(name))
            if mapped != name:
                element.set(mapped, element.attrib.pop(name))


def _transitional(name: str) -> str:
    namespace, brace, local = name[1:].partition("}")
    known = STRICT_NAMESPACES.get(namespace) if brace else None
    return f"{{{known}}}{local}" if known else name
