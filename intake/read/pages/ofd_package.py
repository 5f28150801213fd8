"""The zip of an OFD: its XML parts, paths as they are written in it (GB/T 33190-2016, 7.2), fonts and pictures."""

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
    """Raises UnreadableManuscript, here and later, for what the gate does not let in."""

    def __init__(self, data: bytes, limits: DocumentLimits) -> None:
        self._limits = limits
        self._archive = open_container(data, limits.archive)
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in self._archive.infolist()}
        self._left = limits.archive.unpacked
        self._parsed: dict[str, Element] = {}

    def read(self, path: str) -> bytes | None:
        """None when there is no such part."""
        entry = self._entries.get(path)
        if entry is None:
            return None
        data = read_member(self._archive, entry, min(self._limits.archive.part, self._left))
        self._left -= len(data)
        return data

    def xml(self, path: str) -> Element | None:
        if path not in self._parsed:
            data = self.read(path)
            if data is None:
                return None
            self._parsed[path] = parse_xml(data, self._limits.tags)
        return self._parsed[path]

    def resolved(self, base: str, location: str) -> str:
        """ST_Loc (table 2): from the root when it begins with "/", else from the folder of the part it stands in."""
        location = location.strip().replace("\\", "/")
        if location.startswith("/"):
            return posixpath.normpath(location).lstrip("/")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(base), location)).lstrip("/")
        return beside if beside in self._entries or location not in self._entries else location


@dataclass(slots=True)
class Resources:
    """bold: the fonts that are. pictures: the path of each picture. Both by number."""

    bold: dict[str, bool] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)

    def add(self, package: OfdPackage, path: str) -> None:
        """Takes in a Res part (7.9)."""
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
        """These and a page's own."""
        if not paths:
            return self
        both = Resources(dict(self.bold), dict(self.pictures))
        for path in paths:
            both.add(package, path)
        return both


def children(parent: Element, name: str) -> list[Element]:
    """The children of this name. The namespace is not looked at: drafts of the standard had others."""
    return [one for one in parent if isinstance(one.tag, str) and etree.QName(one).localname == name]


def descendants(parent: Element, name: str) -> Iterator[Element]:
    return (one for one in parent.iter() if isinstance(one.tag, str) and etree.QName(one).localname == name)
