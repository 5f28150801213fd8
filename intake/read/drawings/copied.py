"""Copies the parts of a drawing out of a manuscript. Only known kinds of parts are copied, and none that leads
outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from intake.parse.picture_kinds import RASTER, picture_kind
from intake.read.containers.refusals import TOO_COMPLEX, refuse
from intake.read.docx.package import Relationship, SourcePackage
from intake.read.docx.tags import R_NS, Element
from intake.read.drawings.sheet import SheetPart

DRAWABLE: Final = frozenset({"image/emf", "image/wmf", "image/svg+xml"})
"""Vector pictures, which only LibreOffice can draw here."""

_SVG: Final = "image/svg+xml"
_OPEN: Final = "application/vnd.openxmlformats-officedocument"
_MICROSOFT: Final = "http://schemas.microsoft.com/office/2007/relationships"
_TYPES: Final = {
    "chart": (f"{R_NS}/chart", f"{_OPEN}.drawingml.chart+xml"),
    "chartUserShapes": (f"{R_NS}/chartUserShapes", f"{_OPEN}.drawingml.chartshapes+xml"),
    "themeOverride": (f"{R_NS}/themeOverride", f"{_OPEN}.themeOverride+xml"),
    "theme": (f"{R_NS}/theme", f"{_OPEN}.theme+xml"),
    "diagramData": (f"{R_NS}/diagramData", f"{_OPEN}.drawingml.diagramData+xml"),
    "diagramLayout": (f"{R_NS}/diagramLayout", f"{_OPEN}.drawingml.diagramLayout+xml"),
    "diagramQuickStyle": (f"{R_NS}/diagramQuickStyle", f"{_OPEN}.drawingml.diagramStyle+xml"),
    "diagramColors": (f"{R_NS}/diagramColors", f"{_OPEN}.drawingml.diagramColors+xml"),
    "diagramDrawing": (f"{_MICROSOFT}/diagramDrawing", "application/vnd.ms-office.drawingml.diagramDrawing+xml"),
}
"""The relationship type and the content type of each kind of part that is copied. Workbooks, OLE objects and links are
not."""
_IMAGE: Final = f"{R_NS}/image"
_EXTENSIONS: Final = {_SVG: "svg"}
_DEEPEST: Final = 3
"""Relationships followed: to a chart, its shapes, and their picture."""
_MOST_PARTS: Final = 100
"""Of one drawing; a chart has three or four, a SmartArt graphic five and its pictures."""
_XLINK: Final = "{http://www.w3.org/1999/xlink}href"
_WITHIN: Final = ("#", "data:image/png", "data:image/jpeg", "data:image/gif", "data:image/bmp")


@dataclass(slots=True)
class Copier:
    """Copies the parts of one drawing.

    Every method raises UnreadableManuscript when a part is damaged, or when there are too many parts or bytes.
    """

    package: SourcePackage
    most: int
    """Bytes that all parts together may have."""
    parts: int = 0
    """Copied so far."""
    octets: int = 0
    """Bytes of the parts copied so far."""

    def part(self, rid: str, relationship: Relationship | None, depth: int = 1) -> SheetPart | None:
        """The part that a relationship leads to, with the parts it refers to; None when it is not to be copied.

        rid: the id by which the owner of the relationship refers to it. depth: relationships followed so far.
        """
        if relationship is None or relationship.external or not relationship.target or depth > _DEEPEST:
            return None
        if relationship.kind == "image":
            return self.image(rid, relationship.target)
        if relationship.kind not in _TYPES:
            return None
        root = self.package.xml(relationship.target)
        if root is None:
            return None
        kind, content_type = _TYPES[relationship.kind]
        data = self._counted(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
        inner = tuple(self._inner(relationship.target, depth))
        return SheetPart(rid, kind, content_type, "xml", data, inner)

    def image(self, rid: str, name: str) -> SheetPart | None:
        """The picture in the part of that name, recognised by its bytes; None when it is no picture."""
        data = self.package.read(name)
        content_type = "" if data is None else picture_kind(data).content_type
        if data is None or content_type not in RASTER.keys() | DRAWABLE:
            return None
        if content_type == _SVG:
            root = self.package.xml(name)
            data = b"" if root is None else _without_links(root)
        extension = _EXTENSIONS.get(content_type, content_type.rpartition("/")[2])
        return SheetPart(rid, _IMAGE, content_type, extension, self._counted(data))

    def _inner(self, name: str, depth: int) -> Iterator[SheetPart]:
        for rid, relationship in self.package.relationships(name).items():
            copy = self.part(rid, relationship, depth + 1)
            if copy is not None:
                yield copy

    def _counted(self, data: bytes) -> bytes:
        self.parts += 1
        self.octets += len(data)
        if self.parts > _MOST_PARTS or self.octets > self.most:
            raise refuse(TOO_COMPLEX)
        return data


def _without_links(root: Element) -> bytes:
    """The SVG without links, except to itself and to pictures inside it. A link may name a file of this machine."""
    for element in root.iter():
        for name in ("href", _XLINK):
            if not element.get(name, "#").strip().lower().startswith(_WITHIN):
                del element.attrib[name]
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
