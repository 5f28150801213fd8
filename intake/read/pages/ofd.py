"""OFD (GB/T 33190-2016) → pages: a zip of XML, each character at its place. Seals and attachments are left and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from intake.parse.file_kinds import kind_of
from intake.read.docx.limits import USUAL_DOCUMENT_LIMITS, DocumentLimits
from intake.read.docx.tags import Element
from intake.read.pages.layout import PageLimits, read_pages
from intake.read.pages.ofd_package import OfdPackage, Resources, children, descendants
from intake.read.pages.ofd_page import PageReader
from intake.read.pages.page import FixedPage
from intake.read.pages.refusals import BROKEN, too_many_pages
from intake.read.source import Omission, SourceDocument
from values import rules
from values.errors import UnreadableManuscript

_A4: Final = (0.0, 0.0, 210.0, 297.0)


@dataclass(frozen=True, slots=True)
class _Document:
    """path: of Document.xml. templates: pages laid under or over others, by their number."""

    path: str
    root: Element
    resources: Resources
    templates: dict[str, str]


def is_ofd(data: bytes) -> bool:
    """Whether it is a zip with an OFD.xml."""
    return data.startswith(b"PK") and kind_of(data).extension == ".ofd"


def read_ofd(
    data: bytes,
    limits: PageLimits = PageLimits(),  # noqa: B008 - a frozen value
    package_limits: DocumentLimits = USUAL_DOCUMENT_LIMITS,
) -> SourceDocument:
    """What the pages of an OFD show. Raises UnreadableManuscript: damaged, locked, without text, too large."""
    package = OfdPackage(data, package_limits)
    root = package.xml("OFD.xml")
    bodies = children(root, "DocBody") if root is not None else []
    path = next((text for body in bodies for text in _texts(body, "DocRoot")), "")
    document = _document(package, package.resolved("OFD.xml", path))
    locations = [
        page.get("BaseLoc", "") for pages in children(document.root, "Pages") for page in children(pages, "Page")
    ]
    if len(locations) > limits.pages:
        raise UnreadableManuscript(too_many_pages(len(locations), limits.pages))
    reader = PageReader(package, limits)
    pages = tuple(_page(package, document, reader, location) for location in locations)
    return read_pages(pages, limits, "OFD", tuple(_told(document.root, bodies)))


def _document(package: OfdPackage, path: str) -> _Document:
    root = package.xml(path)
    common = children(root, "CommonData") if root is not None else []
    if root is None:
        raise UnreadableManuscript(BROKEN)
    resources = Resources()
    for one in common:
        for kind in ("PublicRes", "DocumentRes"):
            for location in _texts(one, kind):
                resources.add(package, package.resolved(path, location))
    templates = {
        template.get("ID", ""): package.resolved(path, template.get("BaseLoc", ""))
        for one in common
        for template in children(one, "TemplatePage")
    }
    return _Document(path, root, resources, templates)


def _page(package: OfdPackage, document: _Document, reader: PageReader, location: str) -> FixedPage:
    """A page with its template (7.7): drawn first, as most are backgrounds; order on the paper comes by place."""
    path = package.resolved(document.path, location)
    root = package.xml(path)
    if root is None:
        raise UnreadableManuscript(BROKEN)
    under = [document.templates.get(one.get("TemplateID", ""), "") for one in children(root, "Template")]
    roots = [(name, found) for name in under if name and (found := package.xml(name)) is not None]
    return reader.read(_area(document, root), [*roots, (path, root)], document.resources)


def _area(document: _Document, root: Element) -> tuple[float, float, float, float]:
    """The paper in millimetres: the page's own, else the document's (7.5, 7.7)."""
    for holder in (root, *children(document.root, "CommonData")):
        for name in ("Area", "PageArea"):
            for area in children(holder, name):
                for text in _texts(area, "PhysicalBox"):
                    numbers = box_of(text)
                    if numbers:
                        return numbers
    return _A4


def box_of(text: str) -> tuple[float, float, float, float] | None:
    """ST_Box (table 2): x y width height; None for anything else."""
    try:
        x, y, width, height = (float(one) for one in text.split())
    except ValueError:
        return None
    return (x, y, width, height) if 0 < width < 5_000 and 0 < height < 5_000 else None


def _told(root: Element, bodies: list[Element]) -> Iterator[Omission]:
    if len(bodies) > 1:
        yield Omission(rules.MORE_DOCUMENTS, f"OFD 里有 {len(bodies)} 份文件，只读了第一份。")
    if any(True for body in bodies for _ in descendants(body, "Signatures")):
        yield Omission(rules.SEAL, "OFD 上的电子签章没有收入，也没有验证。")
    if any(True for _ in descendants(root, "Attachments")):
        yield Omission(rules.EMBEDDED_OBJECT, "OFD 里夹有附件，没有打开。")
    if any(True for _ in descendants(root, "Annotations")):
        yield Omission(rules.ANNOTATION, "OFD 里有批注或图章，里面的内容没有收入。")


def _texts(parent: Element, name: str) -> list[str]:
    return [text for one in children(parent, name) if (text := (one.text or "").strip())]
