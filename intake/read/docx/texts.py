"""Every text that a .docx holds, shown or not: also headers, footers, text boxes, comments, notes, hidden and deleted
words. Nothing is interpreted further than to lines and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intake.read.containers.refusals import TOO_COMPLEX, refuse
from intake.read.docx.package import OpenedPackages
from intake.read.docx.tags import A_NS, V_NS, Element, w
from intake.read.texts import FileText

_PARAGRAPH: Final = w("p")
_TABLE: Final = w("tbl")
_ROW: Final = w("tr")
_CELL: Final = w("tc")
_RUN: Final = w("r")
_BOX: Final = w("txbxContent")
_WORDS: Final = frozenset({w("t"), w("delText")})
_BREAKS: Final = frozenset({w("br"), w("cr")})
_BEGINS_A_PAGE: Final = frozenset({w("lastRenderedPageBreak"), w("pageBreakBefore"), w("sectPr")})
_HIDDEN: Final = w("vanish")
_DRAWN_PARAGRAPH: Final = f"{{{A_NS}}}p"
_DRAWN_WORDS: Final = f"{{{A_NS}}}t"
_WORD_ART: Final = f"{{{V_NS}}}textpath"
_RELATED: Final = (("footer", "页脚"), ("header", "页眉"))
_PLACES: Final = (
    (re.compile(r"word/header[^/]*\.xml"), "页眉"),
    (re.compile(r"word/footer[^/]*\.xml"), "页脚"),
    (re.compile(r"word/comments[^/]*\.xml"), "批注"),
    (re.compile(r"word/(?:foot|end)notes[^/]*\.xml"), "脚注或尾注"),
    (re.compile(r"word/(?:diagrams|charts)/[^/]*\.xml"), "图形"),
)
_HEAD: Final = 15
"""Lines of the beginning: 份号, 密级, 紧急程度, 发文机关, 发文字号 and 标题 (GB/T 9704-2012 7.2) and some to spare."""
_HEAD_OF_PAGE: Final = 5
"""Lines of a later page that count as a beginning: a file may hold several papers."""
_DEEPEST: Final = 60
"""Nested tables and content controls that are followed; `DocumentLimits` allows fewer tables."""


def docx_texts(data: bytes, packages: OpenedPackages | None = None) -> tuple[FileText, ...]:
    """The texts of a Word document. Raises UnreadableManuscript where the reader would for damage or limits.

    packages: those of the letter, where the file may be open.
    """
    package = (packages or OpenedPackages()).package_of(data)
    root = package.xml(package.main)
    if root is None:
        return ()
    texts = [*_main_texts(root), *_boxes_and_drawings(root)]
    related = {name: place for kind, place in _RELATED for name in package.related(kind)}
    for name in sorted({*package.names, *related}):
        place = related.get(name) or _place(name)
        part = package.xml(name) if place else None
        if place and part is not None:
            texts.append(FileText(place, tuple(_lines(part))))
            texts += (FileText(place, rows=_rows(table)) for table in part.iter(_TABLE))
            texts += _boxes_and_drawings(part)
    return tuple(text for text in texts if text.lines or text.rows)


def _place(name: str) -> str:
    """The place that a part is by its name, "" for one without text of its own."""
    return next((place for pattern, place in _PLACES if pattern.fullmatch(name)), "")


def _main_texts(root: Element) -> Iterator[FileText]:
    """The beginning, the tables in it, the first lines of later pages, hidden and deleted words, and the rest."""
    head: list[str] = []
    heads_of_pages: list[str] = []
    rest: list[str] = []
    seen = left = 0
    for element in _blocks(root, 0):
        if element.tag == _TABLE:
            lines = _lines(element)
            if seen < _HEAD:
                for table in (element, *element.iterdescendants(_TABLE)):
                    yield FileText("开头的表格", rows=_rows(table))
            seen += len(lines)
            rest += lines
            continue
        begins_page = any(
            child.tag in _BEGINS_A_PAGE or (child.tag in _BREAKS and child.get(w("type")) == "page")
            for child in element.iter()
        )
        left = _HEAD_OF_PAGE if begins_page else left
        for line in filter(str.strip, _paragraph_lines(element)):
            seen += 1
            if seen <= _HEAD:
                head.append(line)
            elif left:
                heads_of_pages.append(line)
                left -= 1
            rest.append(line)
    yield FileText("开头", tuple(head))
    yield FileText("后面一页的开头", tuple(heads_of_pages))
    yield FileText("正文", tuple(rest), at_head=False)
    yield FileText("隐藏或已删除的文字", tuple(_unseen(root)))


def _blocks(parent: Element, depth: int) -> Iterator[Element]:
    """Paragraphs and tables in their order, also those within content controls and tracked changes."""
    if depth > _DEEPEST:
        raise refuse(TOO_COMPLEX)
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif isinstance(child.tag, str):
            yield from _blocks(child, depth + 1)


def _lines(holder: Element) -> list[str]:
    return [line for element in holder.iter(_PARAGRAPH) for line in _paragraph_lines(element)]


def _rows(table: Element) -> tuple[tuple[str, ...], ...]:
    """The cells of the table itself; the text of a table within a cell belongs to the cell."""
    return tuple(
        tuple(" ".join(_lines(cell)) for cell in row.iterdescendants(_CELL)) for row in table.iterdescendants(_ROW)
    )


def _paragraph_lines(paragraph: Element) -> list[str]:
    """Without the text of its text boxes, which have lines of their own."""
    return "".join(_words(paragraph)).split("\n")


def _words(parent: Element) -> Iterator[str]:
    for child in parent:
        if child.tag in _WORDS:
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == w("tab"):
            yield "\t"
        elif child.tag not in (_BOX, _PARAGRAPH) and isinstance(child.tag, str):
            yield from _words(child)


def _unseen(root: Element) -> Iterator[str]:
    """Hidden and deleted words, a line for each paragraph that has some."""
    for paragraph in root.iter(_PARAGRAPH):
        words = "".join(
            "".join(_words(run))
            for run in paragraph.iterchildren(_RUN, w("del"), w("ins"))
            if next(run.iter(_HIDDEN, w("delText")), None) is not None
        )
        if words:
            yield words


def _boxes_and_drawings(root: Element) -> Iterator[FileText]:
    for box in root.iter(_BOX):
        yield FileText("文本框", tuple(_lines(box)))
        yield from (FileText("文本框", rows=_rows(table)) for table in box.iter(_TABLE))
    for drawn in root.iter(_DRAWN_PARAGRAPH):
        yield FileText("图形", ("".join(words.text or "" for words in drawn.iter(_DRAWN_WORDS)),))
    for art in root.iter(_WORD_ART):
        yield FileText("艺术字或水印", (str(art.get("string", "")),))
