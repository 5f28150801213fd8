"""The zip of an OFD: its XML parts, the paths in them (GB/T 33190-2016, 7.2), and its fonts and pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from intake.read.containers.xml_parts import Element, parse_xml
from intake.read.containers.zip_container import open_container, read_member
from intake.read.docx.limits import DocumentLimits
from intake.read.pages.page import is_bold


class OfdPackage:
    """An opened OFD. All methods raise UnreadableManuscript when the file is damaged or exceeds a limit."""

    def __init__(self, data: bytes, limits: DocumentLimits) -> None:
        self._limits = limits
        self._archive = open_container(data, limits.archive)
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in self._archive.infolist()}
        self._left = limits.archive.unpacked
        self._parsed: dict[str, Element] = {}

    def read(self, path: str) -> bytes | None:
        """The bytes of a part, None when there is no such part."""
        entry = self._entries.get(path)
        if entry is None:
            return None
        data = read_member(self._archive, entry, min(self._limits.archive.part, self._left))
        self._left -= len(data)
        return data

    def xml(self, path: str) -> Element | None:
        """The root element of a part, None when there is no such part."""
        if path not in self._parsed:
            data = self.read(path)
            if data is None:
                return None
            self._parsed[path] = parse_xml(data, self._limits.tags)
        return self._parsed[path]

    def resolved(self, base: str, location: str) -> str:
        """The path of an ST_Loc (table 2): from the root when it begins with "/", else from the folder of `base`.

        Some programs write paths from the root without the "/"; these are accepted where such a part exists.
        """
        location = location.strip().replace("\\", "/")
        if location.startswith("/"):
            return posixpath.normpath(location).lstrip("/")
        relative = posixpath.normpath(posixpath.join(posixpath.dirname(base), location)).lstrip("/")
        return relative if relative in self._entries or location not in self._entries else location


@dataclass(slots=True)
class Resources:
    """The fonts and pictures that pages refer to by id."""

    bold: dict[str, bool] = field(default_factory=dict)
    """Whether a font is bold."""
    pictures: dict[str, str] = field(default_factory=dict)
    """The path of a picture."""

    def add(self, package: OfdPackage, path: str) -> None:
        """Adds the fonts and pictures of a Res part (7.9)."""
        root = package.xml(path)
        if root is None:
            return
        folder = package.resolved(path, f"{root.get('BaseLoc', '.')}/part")
        for font in descendants(root, "Font"):
            named = f"{font.get('FontName', '')} {font.get('FamilyName', '')}"
            heavy = font.get("Bold", "").lower() == "true"
            self.bold[font.get("ID", "")] = heavy or is_bold(named)
        for medium in descendants(root, "MultiMedia"):
            for file in children(medium, "MediaFile"):
                self.pictures[medium.get("ID", "")] = package.resolved(folder, file.text or "")

    def with_own(self, package: OfdPackage, paths: list[str]) -> Resources:
        """These resources and those in the Res parts of a page."""
        if not paths:
            return self
        both = Resources(dict(self.bold), dict(self.pictures))
        for path in paths:
            both.add(package, path)
        return both


def children(parent: Element, name: str) -> list[Element]:
    """The children with this local name. The namespace is ignored: drafts of the standard had others."""
    return [child for child in parent if isinstance(child.tag, str) and etree.QName(child).localname == name]


def descendants(parent: Element, name: str) -> Iterator[Element]:
    """All descendants with this local name, in document order."""
    elements = parent.iter()
    return (child for child in elements if isinstance(child.tag, str) and etree.QName(child).localname == name)
