"""What other programs make of a template that is saved with them (seen with LibreOffice 7.4, and in files of WPS).

- 段前分页 on the mark of the articles becomes a page break in the paragraph before it, which may be another mark's;
- the header's distance becomes 0 where the template has no header, so that a header would be on the paper's edge;
- drawings in headers and in the text have the same id; Word and WPS each count from 1 in a part;
- the core properties get a relationship of another type, which python-docx does not recognise: it adds a second part;
- after .odt, the table of the 版记 is in a text box of fixed height, and table styles are gone: that is reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from lxml import etree

from assembler.package import DocxPackage, open_package
from assembler.wordml import W

DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_RELATIONSHIPS: Final = "_rels/.rels"
_CORE: Final = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_KIND: Final = "/metadata/core-properties"
_NO_HEADER: Final = 284
"""Twips: 5 mm. No printer reaches closer to the edge, and no office sets a header there."""
_USUAL_HEADER: Final = "851"
"""Twips: 15 mm, as Word in Chinese sets it."""


def with_known_core_properties(template: bytes) -> bytes:
    """The template with one relationship to its core properties, of the type in ECMA-376 part 2, 11.1. Raises
    NotAPackage."""
    package = open_package(template)
    relationships = package.root(_RELATIONSHIPS).iter("{*}Relationship")
    core = [each for each in relationships if each.get("Type", "").endswith(_CORE_KIND)]
    if [each.get("Type") for each in core] in ([], [_CORE]):
        return template
    root, (first, *more) = package.edit(_RELATIONSHIPS), core
    first.set("Type", _CORE)
    for relationship in more:
        root.remove(relationship)
    return package.save()


def begins_page(articles: etree._Element, replaced: Collection[etree._Element]) -> bool:
    """Whether the template has 段前分页 on the mark of the articles, or a page break in a paragraph before it.

    replaced: the paragraphs of other marks. A break in one of them would go with it; one in other paragraphs stays.
    """
    setting = articles.find(f"{W}pPr/{W}pageBreakBefore")
    if setting is not None:
        return setting.get(W + "val", "1") not in ("0", "false", "off")
    if _has_page_break(articles):
        return True
    before = articles.getprevious()
    while before is not None and before in replaced:
        if _has_page_break(before):
            return True
        before = before.getprevious()
    return False


def renumber_drawings(package: DocxPackage, parts: Collection[str], ids: Iterator[int]) -> None:
    """Gives a drawing whose id another one has a new one. ids: those that no drawing of the template has."""
    taken: set[str | None] = set()
    for part in parts:
        for drawing in package.root(part).iter(DRAWING):
            if drawing.get("id") in taken:
                package.edit(part)
                drawing.set("id", str(next(ids)))
            taken.add(drawing.get("id"))


def keep_headers_on_paper(document: etree._Element) -> None:
    """Moves headers that would be on the edge of the paper to where Word has them."""
    for margins in document.iter(W + "pgMar"):
        distance = margins.get(W + "header", "0")
        if distance.isdecimal() and int(distance) < _NO_HEADER:
            margins.set(W + "header", _USUAL_HEADER)


def resaved_problems(document: etree._Element) -> tuple[str, ...]:
    """What a program has broken in the template that typesetting cannot mend, in Chinese, with the remedy."""
    boxed = "".join(
        text.text or "" for box in document.iter(W + "txbxContent") for text in box.iter(W + "t") if text.text
    )
    if "{%tr" not in boxed:
        return ()
    return (
        "版记的表格被放进了高度固定的文本框（用 LibreOffice 从 .odt 另存为 .docx 时会这样），会压住正文："
        "请从原模板把版记表格复制回来，模板一直存为 .docx。",
    )


def _has_page_break(paragraph: etree._Element) -> bool:
    return any(br.get(W + "type") == "page" for br in paragraph.iter(W + "br"))
