"""Reading an OFD (GB/T 33190-2016): a zip of XML with placed characters. Seals and attachments are only reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from intake.parse.file_kinds import kind_of
from intake.read.docx.limits import USUAL_DOCUMENT_LIMITS, DocumentLimits
from intake.read.docx.tags import Element
from intake.read.pages.layout import PageLimits, read_pages
from intake.read.pages.lines import rows_of, segments_of
from intake.read.pages.ofd_package import OfdPackage, Resources, children, descendants
from intake.read.pages.ofd_page import PageReader
from intake.read.pages.page import FixedPage
from intake.read.pages.refusals import BROKEN, too_many_pages
from intake.read.source import Omission, SourceDocument
from values import rules
from values.errors import UnreadableManuscript

_A4: Final = (0.0, 0.0, 210.0, 297.0)
"""Millimetres: x, y, width and height, for a file that gives no page size."""
_LARGEST: Final = 5_000
"""Millimetres: a larger page is a mistake or hostile."""


@dataclass(frozen=True, slots=True)
class _Document:
    """The document of an OFD."""

    path: str
    """Of Document.xml."""
    root: Element
    resources: Resources
    templates: dict[str, str]
    """Paths of the pages that are drawn under others, by their id."""


def is_ofd(data: bytes) -> bool:
    """Whether the bytes are a zip with an OFD.xml."""
    return data.startswith(b"PK") and kind_of(data).extension == ".ofd"


def read_ofd(
    data: bytes,
    limits: PageLimits = PageLimits(),  # noqa: B008 - a frozen value
    package_limits: DocumentLimits = USUAL_DOCUMENT_LIMITS,
) -> SourceDocument:
    """The document that the pages of an OFD show.

    Raises UnreadableManuscript when the file is damaged, has a password, has no text, or exceeds a limit.
    """
    package = OfdPackage(data, package_limits)
    bodies = _bodies(package)
    document = _first_document(package, bodies)
    return read_pages(_pages(package, document, limits), limits, "OFD", tuple(_file_omissions(document.root, bodies)))


def ofd_lines(data: bytes, limits: PageLimits = PageLimits()) -> list[list[str]]:  # noqa: B008 - a frozen value
    """The lines of each page from top to bottom, shown or not. Raises UnreadableManuscript as `read_ofd`."""
    package = OfdPackage(data, USUAL_DOCUMENT_LIMITS)
    pages = _pages(package, _first_document(package, _bodies(package)), replace(limits, pixels=0))
    return [
        [
            "  ".join("".join(character.text for character in segment.characters) for segment in row)
            for characters in (page.characters, page.hidden)
            for row in rows_of(segments_of(characters))
        ]
        for page in pages
    ]


def _bodies(package: OfdPackage) -> list[Element]:
    root = package.xml("OFD.xml")
    return children(root, "DocBody") if root is not None else []


def _first_document(package: OfdPackage, bodies: list[Element]) -> _Document:
    path = next((text for body in bodies for text in _texts(body, "DocRoot")), "")
    return _document(package, package.resolved("OFD.xml", path))


def _pages(package: OfdPackage, document: _Document, limits: PageLimits) -> tuple[FixedPage, ...]:
    locations = [
        page.get("BaseLoc", "") for pages in children(document.root, "Pages") for page in children(pages, "Page")
    ]
    if len(locations) > limits.pages:
        raise UnreadableManuscript(too_many_pages(len(locations), limits.pages))
    reader = PageReader(package, limits)
    return tuple(_page(package, document, reader, location) for location in locations)


def _document(package: OfdPackage, path: str) -> _Document:
    root = package.xml(path)
    common = children(root, "CommonData") if root is not None else []
    if root is None:
        raise UnreadableManuscript(BROKEN)
    resources = Resources()
    for data in common:
        for kind in ("PublicRes", "DocumentRes"):
            for location in _texts(data, kind):
                resources.add(package, package.resolved(path, location))
    templates = {
        template.get("ID", ""): package.resolved(path, template.get("BaseLoc", ""))
        for data in common
        for template in children(data, "TemplatePage")
    }
    return _Document(path, root, resources, templates)


def _page(package: OfdPackage, document: _Document, reader: PageReader, location: str) -> FixedPage:
    """A page with its templates (7.7). These are drawn first, as most are backgrounds."""
    path = package.resolved(document.path, location)
    root = package.xml(path)
    if root is None:
        raise UnreadableManuscript(BROKEN)
    under = [document.templates.get(used.get("TemplateID", ""), "") for used in children(root, "Template")]
    roots = [(name, template) for name in under if name and (template := package.xml(name)) is not None]
    return reader.read(_area(document, root), [*roots, (path, root)], document.resources)


def _area(document: _Document, root: Element) -> tuple[float, float, float, float]:
    """The paper in millimetres: x, y, width, height; the page's own, or the document's (7.5, 7.7)."""
    for holder in (root, *children(document.root, "CommonData")):
        for name in ("Area", "PageArea"):
            for area in children(holder, name):
                for text in _texts(area, "PhysicalBox"):
                    numbers = box_of(text)
                    if numbers:
                        return numbers
    return _A4


def box_of(text: str) -> tuple[float, float, float, float] | None:
    """An ST_Box (table 2): x, y, width, height in millimetres. None for anything else."""
    try:
        x, y, width, height = (float(number) for number in text.split())
    except ValueError:
        return None
    return (x, y, width, height) if 0 < width < _LARGEST and 0 < height < _LARGEST else None


def _file_omissions(root: Element, bodies: list[Element]) -> Iterator[Omission]:
    if len(bodies) > 1:
        yield Omission(rules.MORE_DOCUMENTS, f"OFD 里有 {len(bodies)} 份文件，只读了第一份。")
    if any(True for body in bodies for _ in descendants(body, "Signatures")):
        yield Omission(rules.SEAL, "OFD 上的电子签章没有收入，也没有验证。")
    if any(True for _ in descendants(root, "Attachments")):
        yield Omission(rules.EMBEDDED_OBJECT, "OFD 里夹有附件，没有打开。")
    if any(True for _ in descendants(root, "Annotations")):
        yield Omission(rules.ANNOTATION, "OFD 里有批注或图章，里面的内容没有收入。")


def _texts(parent: Element, name: str) -> list[str]:
    return [text for child in children(parent, name) if (text := (child.text or "").strip())]
