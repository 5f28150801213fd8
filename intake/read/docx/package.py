"""A .docx as a package of parts (ECMA-376 part 2), read tolerantly. A part is unpacked when it is asked for."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from lxml import etree

from intake.read.containers.refusals import refuse
from intake.read.containers.zip_container import open_container, read_member
from intake.read.docx.limits import USUAL_DOCUMENT_LIMITS, DocumentLimits
from intake.read.docx.strict import parse_part
from intake.read.docx.tags import RELATIONSHIPS_NS, STRICT_NAMESPACES, W_NS, Element
from values.damaged_zip import DAMAGED_ZIP
from values.errors import UnreadableManuscript

_USUAL_MAIN: Final = "word/document.xml"
_RELATIONSHIP: Final = f"{{{RELATIONSHIPS_NS}}}Relationship"
_WORD_NAMESPACES: Final = frozenset({W_NS} | {strict for strict, name in STRICT_NAMESPACES.items() if name == W_NS})
_SNIFF: Final = 1 << 16
"""Bytes of the main part that are unpacked to see whether it is WordprocessingML."""
_KEPT: Final = 1 << 18
"""Bytes of a main part that stays parsed for the next step, some 3 MB of memory; a long article has 100 kB."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of a part."""

    kind: str
    """The last word of its type, such as "image" or "hyperlink"."""
    target: str
    """The name of a part, or an address when external. "" for one that leads nowhere: "NULL", "#_top", a missing
    part."""
    external: bool
    """Whether it points outside the package."""


class SourcePackage:
    """The parts of a .docx by name ("word/document.xml"; any case, either slash)."""

    def __init__(self, data: bytes, limits: DocumentLimits) -> None:
        """Raises UnreadableManuscript when the bytes are not a package, or not a safe one."""
        self._limits = limits
        self._archive = open_container(data, limits.archive)
        self._left = limits.archive.unpacked
        self._sizes: dict[str, int] = {}
        self._members = _members(self._archive)
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self._main_root: Element | None = None
        self.main = ""  # while its name is looked up
        self.main = self._find_main()

    @property
    def names(self) -> frozenset[str]:
        """The members' names, lower case, with forward slashes."""
        return frozenset(self._members)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is no such part.

        Each part counts once towards the limit of what may be unpacked. Raises UnreadableManuscript above a limit, and
        when the part is damaged.
        """
        entry = self._members.get(_plain(name))
        if entry is None:
            return None
        most = self._limits.document if name == self.main else self._limits.archive.part
        counted = self._sizes.get(entry.filename)
        data = read_member(self._archive, entry, min(most, self._left) if counted is None else counted)
        if counted is None:
            self._sizes[entry.filename] = len(data)
            self._left -= len(data)
        return data

    def head(self, name: str) -> bytes | None:
        """The first 64 KiB of a part, None when it is missing or cannot be unpacked. Counts towards no limit."""
        entry = self._members.get(_plain(name))
        if entry is None:
            return None
        try:
            with self._archive.open(entry) as member:
                return member.read(_SNIFF)
        except DAMAGED_ZIP:
            return None

    def xml(self, name: str) -> Element | None:
        """The root element of a part, not to be changed; None when there is no such part. Raises
        UnreadableManuscript."""
        if name == self.main and self._main_root is not None:
            return self._main_root
        data = self.read(name)
        root = None if data is None else parse_part(data, self._limits.tags)
        if data is not None and name == self.main and len(data) <= _KEPT:
            self._main_root = root
        return root

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part by id; part "" asks for those of the package. Empty when it has none.

        Raises UnreadableManuscript.
        """
        if part not in self._relationships:
            folder, name = posixpath.split(part)
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
            self._relationships[part] = {} if root is None else dict(self._read_relationships(root, folder))
        return self._relationships[part]

    def related(self, kind: str, part: str | None = None) -> list[str]:
        """The parts inside the package to which a part relates as `kind`. part: None for the main one."""
        relationships = self.relationships(self.main if part is None else part).values()
        return [rel.target for rel in relationships if rel.kind == kind and rel.target and not rel.external]

    def _read_relationships(self, root: Element, folder: str) -> Iterator[tuple[str, Relationship]]:
        for element in root.iter(_RELATIONSHIP):
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            yield (
                element.get("Id", ""),
                Relationship(kind, target if external else self._part(folder, target), external),
            )

    def _part(self, folder: str, target: str) -> str:
        path = target.replace("\\", "/").partition("#")[0]
        name = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/") if path else ""
        for candidate in (_plain(name), _plain(unquote(name))):
            if candidate in self._members:
                return candidate
        return ""

    def _find_main(self) -> str:
        candidates = [*self.related("officeDocument", ""), _USUAL_MAIN]
        return next((name for name in candidates if _plain(name) in self._members), _USUAL_MAIN)


class OpenedPackages:
    """The .docx files of one letter, each opened once for all that look into it: to recognise, to search, to read."""

    def __init__(self) -> None:
        self._packages: dict[int, tuple[bytes, SourcePackage]] = {}

    def package_of(self, data: bytes) -> SourcePackage:
        """Raises UnreadableManuscript as `SourcePackage`."""
        held, package = self._packages.get(id(data), (None, None))
        if package is None or held is not data:
            package = SourcePackage(data, USUAL_DOCUMENT_LIMITS)
            self._packages[id(data)] = (data, package)  # holds the bytes, so that nothing else gets their id
        return package


def is_docx(data: bytes, packages: OpenedPackages | None = None) -> bool:
    """Whether the content is a Word document, whatever its name and content type. Cheap; never raises.

    True also for one that `read_docx` refuses as damaged or unsafe: it is meant as a manuscript.
    """
    if not data.startswith(b"PK"):
        return False
    try:
        return _root_is_word((packages or OpenedPackages()).package_of(data))
    except UnreadableManuscript:
        return _USUAL_MAIN.encode() in data


def _root_is_word(package: SourcePackage) -> bool:
    part = package.head(package.main)
    if part is None:
        return _USUAL_MAIN in package.names
    if len(part) < _SNIFF:
        with suppress(UnreadableManuscript):  # its beginning may show what it is
            main = package.xml(package.main)
            return main is not None and _is_word_element(main)
    parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        parser.feed(part)
        root = next(iter(parser.read_events()))[1]
    except (etree.XMLSyntaxError, StopIteration):
        return package.main == _USUAL_MAIN
    return isinstance(root, Element) and _is_word_element(root)


def _is_word_element(root: Element) -> bool:
    return str(root.tag)[1:].partition("}")[0] in _WORD_NAMESPACES


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        if entry.filename.endswith("/"):
            continue
        name = _plain(entry.filename)
        if name in members:
            raise refuse("文件里有两个同名的部分，无法确定以哪个为准。请用 Word 或 WPS 打开，另存为 .docx 后再发一次。")
        members[name] = entry
    return members


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
