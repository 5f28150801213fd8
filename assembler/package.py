"""The .docx package (ECMA-376 part 2): opened once, edited part by part; the same edits give the same bytes."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from lxml import etree

from values.damaged_zip import DAMAGED_ZIP

MAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIPS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONSHIP: Final = f"{{{_RELATIONSHIPS_NS}}}Relationship"
_NO_RELATIONSHIPS: Final = f'<Relationships xmlns="{_RELATIONSHIPS_NS}"/>'.encode()
_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_STORED: Final = (".jpeg", ".jpg", ".png")
"""Compressed formats. Deflating them again is most of the time of a save and makes them no smaller."""


class NotAPackage(ValueError):
    """The bytes are not a Word document."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship to a part within the package."""

    id: str
    kind: str
    """The last word of its type, such as "styles" or "header"."""
    member: str
    """The name of the part it points to; the package may lack that part."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture to be stored in the package."""

    relationship: str
    """The id by which the document refers to it."""
    name: str
    """The file name, with extension."""
    content_type: str


class DocxPackage:
    """An opened .docx. Each part is parsed at most once, when it is first asked for, and serialised once, by `save`.

    A part that nobody edits keeps its bytes. The package is the working state of one caller; `open_package` makes it.
    """

    def __init__(self, members: dict[str, bytes]) -> None:
        """members: bytes by member name. Raises NotAPackage without a main document, and etree.XMLSyntaxError."""
        self._members = members
        self._roots: dict[str, etree._Element] = {}
        self._edited: set[str] = set()
        main = next((relation.member for relation in self.relations("") if relation.kind == "officeDocument"), "")
        if main not in members or _CONTENT_TYPES not in members:
            raise NotAPackage("no main document")
        self.document: Final = main

    def __contains__(self, part: object) -> bool:
        return part in self._members or part in self._roots

    def data(self, part: str) -> bytes:
        """The bytes of a part as they were read, without later edits. Raises KeyError when the package lacks it."""
        return self._members[part]

    def root(self, part: str) -> etree._Element:
        """The root element of a part, for reading. Raises KeyError when the package lacks the part, and
        etree.XMLSyntaxError when it is damaged."""
        if part not in self._roots:
            self._roots[part] = parse(self._members[part])
        return self._roots[part]

    def edit(self, part: str) -> etree._Element:
        """The root element of a part, for changing in place: `save` serialises it. Raises what `root` raises."""
        root = self.root(part)
        self._edited.add(part)
        return root

    def replace(self, part: str, data: bytes) -> None:
        """Replaces the content of a part, or adds a part that something already relates to."""
        self._roots.pop(part, None)
        self._edited.discard(part)
        self._members[part] = data

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part relates to inside the package; part "" asks for the relationships of the package itself.

        Empty when the part has no relationships. Raises etree.XMLSyntaxError when they are damaged.
        """
        name = _rels_name(part)
        if name not in self:
            return ()
        return tuple(
            Relation(
                relationship.get("Id", ""),
                relationship.get("Type", "").rpartition("/")[2],
                _resolved(relationship.get("Target", ""), part),
            )
            for relationship in self.root(name).iter(_RELATIONSHIP)
            if relationship.get("TargetMode") != "External"
        )

    def related(self, *kinds: str) -> tuple[str, ...]:
        """The parts of these kinds that the main document relates to and the package holds, in order."""
        return tuple(
            relation.member
            for relation in self.relations(self.document)
            if relation.kind in kinds and relation.member in self
        )

    def content_type(self, part: str) -> str:
        """The content type of a part, "" when the package declares none. Raises etree.XMLSyntaxError."""
        types = self.root(_CONTENT_TYPES)
        for override in types.iter(_TYPES + "Override"):
            if override.get("PartName", "").lower() == f"/{part}".lower():
                return override.get("ContentType", "")
        extension = part.rpartition(".")[2].lower()
        defaults = {default.get("Extension", "").lower(): default for default in types.iter(_TYPES + "Default")}
        return defaults[extension].get("ContentType", "") if extension in defaults else ""

    def add_part(self, name: str, root: etree._Element, *, content_type: str, kind: str) -> str:
        """Adds a part to the folder of the main document and relates the document to it; returns the relationship id.

        name: a file name; when it is taken, a number is put before its extension. kind: the full relationship type.
        """
        folder = posixpath.dirname(self.document)
        stem, _, extension = name.rpartition(".")
        names = (f"{stem}{number or ''}.{extension}" for number in count())
        free = next(name for name in names if posixpath.join(folder, name) not in self)
        part = posixpath.join(folder, free)
        types = self.edit(_CONTENT_TYPES)
        etree.SubElement(types, _TYPES + "Override", PartName=f"/{part}", ContentType=content_type)
        relationships = self._edit_relationships()
        taken = {relationship.get("Id", "") for relationship in relationships}
        id = next(id for number in count(1) if (id := f"{stem}_{number}") not in taken)
        etree.SubElement(relationships, _RELATIONSHIP, Id=id, Type=kind, Target=free)
        self._roots[part] = root
        self._edited.add(part)
        return id

    def add_to_package(self, part: str, root: etree._Element, *, content_type: str, kind: str) -> None:
        """Adds a part that the package itself relates to, such as properties. part: its member name, which is free.
        kind: the full relationship type."""
        etree.SubElement(self.edit(_CONTENT_TYPES), _TYPES + "Override", PartName=f"/{part}", ContentType=content_type)
        relationships = self.edit(_rels_name(""))
        taken = {relationship.get("Id", "") for relationship in relationships}
        id = next(id for number in count(1) if (id := f"part_{number}") not in taken)
        etree.SubElement(relationships, _RELATIONSHIP, Id=id, Type=kind, Target=part)
        self._roots[part] = root
        self._edited.add(part)

    def declare_pictures(self, pictures: Iterable[PictureFile]) -> None:
        """Relates the main document to pictures whose bytes are given to `save`. Their ids and names must be free."""
        types = self.edit(_CONTENT_TYPES)
        relationships = self._edit_relationships()
        declared = {default.get("Extension", "").lower() for default in types.iter(_TYPES + "Default")}
        for picture in pictures:
            target = f"media/{picture.name}"
            etree.SubElement(relationships, _RELATIONSHIP, Id=picture.relationship, Type=_IMAGE, Target=target)
            extension = picture.name.rpartition(".")[2]
            if extension not in declared:
                declared.add(extension)
                default = etree.Element(_TYPES + "Default", Extension=extension, ContentType=picture.content_type)
                types.insert(0, default)

    def save(self, pictures: Iterable[tuple[PictureFile, bytes]] = ()) -> bytes:
        """The package as a zip: content types first, as Word writes it, then by name, then the pictures.

        pictures: taken one at a time, so that memory holds their bytes only once. The zip carries no time of day.
        """
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in self._written():
                _write(archive, name, data)
            for picture, data in pictures:
                _write(archive, posixpath.join(posixpath.dirname(self.document), "media", picture.name), data)
        return out.getvalue()

    def _written(self) -> Iterator[tuple[str, bytes]]:
        for name in sorted({*self._members, *self._edited}, key=lambda name: (name != _CONTENT_TYPES, name)):
            yield name, xml(self._roots[name]) if name in self._edited else self._members[name]

    def _edit_relationships(self) -> etree._Element:
        """The relationships of the main document, for changing; made when it has none."""
        name = _rels_name(self.document)
        if name not in self:
            self._roots[name] = parse(_NO_RELATIONSHIPS)
        return self.edit(name)


def open_package(data: bytes) -> DocxPackage:
    """Reads a .docx into memory. Raises NotAPackage when it is no zip, is damaged, or has no main document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except DAMAGED_ZIP as error:
        raise NotAPackage(str(error)) from error
    try:
        return DocxPackage(members)
    except etree.XMLSyntaxError as error:
        raise NotAPackage(str(error)) from error


def parse(data: bytes) -> etree._Element:
    """The root element of an XML document. Fetches nothing and replaces no entity. Raises etree.XMLSyntaxError."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def xml(root: etree._Element) -> bytes:
    """A part as Word writes it: UTF-8 with a standalone declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rels_name(part: str) -> str:
    """The member that holds the relationships of a part (part 2, 9.3)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(target: str, part: str) -> str:
    """Targets are relative to the folder of the part, or absolute from the package root (part 2, 9.3)."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the earliest date that a zip can hold
    info.create_system = 0  # MS-DOS: the same bytes on every system
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
    archive.writestr(info, data)
