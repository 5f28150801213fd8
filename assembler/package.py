"""The .docx package (ECMA-376 part 2): members in, members out, the same bytes for the same members."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final

from lxml import etree

CONTENT_TYPES: Final = "[Content_Types].xml"
MAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIPS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONSHIP: Final = f"{{{_RELATIONSHIPS_NS}}}Relationship"
_NO_RELATIONSHIPS: Final = f'<Relationships xmlns="{_RELATIONSHIPS_NS}"/>'.encode()
_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_STORED: Final = (".jpeg", ".jpg", ".png")  # compressed already; deflating them again is most of the time of a save


class NotAPackage(ValueError):
    """The bytes are not a Word document."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship within the package. kind: the last word of its type; member: the name of its target."""

    id: str
    kind: str
    member: str


@dataclass(frozen=True, slots=True)
class Package:
    """The members by name, and which of them is the main document."""

    members: Mapping[str, bytes]
    document: str


def parse(data: bytes) -> etree._Element:
    """Raises etree.XMLSyntaxError. Nothing is fetched and no entity replaced."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def read_package(data: bytes) -> Package:
    """Raises NotAPackage for what is not a zip, has no main document, or is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
        main = [relation.member for relation in relations(members, "") if relation.kind == "officeDocument"]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, etree.XMLSyntaxError) as error:
        raise NotAPackage(str(error)) from error
    if not main or main[0] not in members or CONTENT_TYPES not in members:
        raise NotAPackage("no main document")
    return Package(members, main[0])


def relations(members: Mapping[str, bytes], part: str) -> tuple[Relation, ...]:
    """What a part ("" for the package) relates to inside the package. Raises etree.XMLSyntaxError."""
    data = members.get(rels_name(part))
    if data is None:
        return ()
    return tuple(
        Relation(
            relation.get("Id", ""),
            relation.get("Type", "").rpartition("/")[2],
            _resolved(relation.get("Target", ""), part),
        )
        for relation in parse(data).iter(_RELATIONSHIP)
        if relation.get("TargetMode") != "External"
    )


def rels_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def content_type(members: Mapping[str, bytes], part: str) -> str:
    """The content type of a member, "" when the package gives none."""
    types = parse(members[CONTENT_TYPES])
    for override in types.iter(_TYPES + "Override"):
        if override.get("PartName", "").lower() == f"/{part}".lower():
            return override.get("ContentType", "")
    extension = part.rpartition(".")[2].lower()
    defaults = {default.get("Extension", "").lower(): default for default in types.iter(_TYPES + "Default")}
    return defaults[extension].get("ContentType", "") if extension in defaults else ""


def announce_pictures(
    members: Mapping[str, bytes], document: str, pictures: Mapping[str, tuple[str, str]]
) -> dict[str, bytes]:
    """The members, in which the document relates to pictures that `write_package` is still to be given.

    pictures: relationship id → (file name, content type). The ids and names are new to the package.
    """
    types = parse(members[CONTENT_TYPES])
    rels = parse(members.get(rels_name(document)) or _NO_RELATIONSHIPS)
    known = {default.get("Extension", "").lower() for default in types.iter(_TYPES + "Default")}
    for relationship, (name, kind) in pictures.items():
        etree.SubElement(rels, _RELATIONSHIP, Id=relationship, Type=_IMAGE, Target=f"media/{name}")
        extension = name.rpartition(".")[2]
        if extension not in known:
            known.add(extension)
            types.insert(0, etree.Element(_TYPES + "Default", Extension=extension, ContentType=kind))
    return {**members, CONTENT_TYPES: xml(types), rels_name(document): xml(rels)}


def add_part(package: Package, name: str, data: bytes, *, content_type: str, kind: str) -> tuple[dict[str, bytes], str]:
    """The members with one more part beside the document, which relates to it; and the relationship's id.

    kind: the relationship's type. Where a part of that name is there, the new one gets a number.
    """
    folder = posixpath.dirname(package.document)
    stem, _, extension = name.rpartition(".")
    names = (f"{stem}{number or ''}.{extension}" for number in count())
    part = next(found for found in names if posixpath.join(folder, found) not in package.members)
    types = parse(package.members[CONTENT_TYPES])
    etree.SubElement(types, _TYPES + "Override", PartName=f"/{posixpath.join(folder, part)}", ContentType=content_type)
    rels = parse(package.members.get(rels_name(package.document)) or _NO_RELATIONSHIPS)
    taken = {relation.get("Id", "") for relation in rels}
    id = next(found for number in count(1) if (found := f"{stem}_{number}") not in taken)
    etree.SubElement(rels, _RELATIONSHIP, Id=id, Type=kind, Target=part)
    added = {posixpath.join(folder, part): data, CONTENT_TYPES: xml(types), rels_name(package.document): xml(rels)}
    return {**package.members, **added}, id


def picture_member(document: str, name: str) -> str:
    """The member of a picture that the document relates to by this file name."""
    return posixpath.join(posixpath.dirname(document), "media", name)


def xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def write_package(members: Mapping[str, bytes], pictures: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """The zip: content types first, as Word writes it, then by name, then the pictures; no time of day gets in.

    pictures: member names and bytes, taken one at a time, so that memory holds them once.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(members, key=lambda name: (name != CONTENT_TYPES, name)):
            _write(archive, name, members[name])
        for name, data in pictures:
            _write(archive, name, data)
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system = 0
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _resolved(target: str, part: str) -> str:
    """Targets are relative to the part's folder, or absolute from the package root (part 2, 9.3)."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
