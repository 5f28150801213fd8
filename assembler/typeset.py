"""Setting an issue: the template's masthead and imprint filled in, contents and articles put where its marks stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from types import MappingProxyType
from typing import Final

from lxml import etree

from assembler.comments import add_comments, open_margin
from assembler.contents import contents_xml
from assembler.cover import mark_as_draft
from assembler.fields import ask_for_updated_fields
from assembler.note import note_place, note_xml
from assembler.package import DocxPackage, xml
from assembler.pages import Kit, articles_xml, gap_xml
from assembler.pictures import Album
from assembler.sections import Sections
from assembler.styles import TemplateStyles, find_styles
from assembler.tags import MARK_NAMES, MARKS, NOTE
from assembler.template import fill_template
from assembler.wordml import W
from values.draft import DraftIssue
from values.errors import BadTemplate
from values.issue import Issue

_WITH_DRAWINGS: Final = ("header", "footer")
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def typeset(
    issue: Issue,
    template: bytes,
    picture: Callable[[str], bytes],
    pages: Mapping[str, int] = MappingProxyType({}),
    draft: DraftIssue | None = None,
) -> bytes:
    """The issue as .docx, the same bytes for the same arguments. draft: makes it one for review, with a cover note,
    a header and comments.

    template: the office's Word file (assembler/template.py). picture: the bytes of a picture by its SHA-256; called
    once for each distinct picture, whatever it raises goes through. pages: on which page each article begins, by the
    bookmark on its title; without them the contents page shows ？ and asks Word to fill them in. Raises BadTemplate.
    """
    package = fill_template(template, issue)
    document = package.edit(package.document)
    marks = {name: _mark(document, name) for name in MARKS if name != NOTE}
    marks[NOTE], label = note_place(document, marks["articles"])
    margin = open_margin(package, draft)
    found = _styles(package)
    if draft is not None:
        mark_as_draft(package, draft, found)
    album = Album(_free_ids(package), _free_prefix(package))

    contents = contents_xml(issue, found, pages)
    new_page = bool(contents) and _starts_page(marks["articles"])
    kit = Kit(found, album, _free_bookmarks(document), Sections(_section_of(marks["articles"])), margin)
    note_first = marks["articles"].getprevious() is marks[NOTE]
    note = note_xml(issue.editors_note, label, found, new_page=new_page and note_first)
    articles = articles_xml(issue, kit, new_page=new_page and not (note and note_first))
    if articles.endswith("</w:tbl>") and not _paragraph_follows(marks["articles"]):
        articles += gap_xml(found)

    package.replace(
        package.document, _spliced(document, marks, {"contents": contents, "articles": articles, NOTE: note})
    )
    add_comments(package, margin.comments)
    if contents and not pages:
        ask_for_updated_fields(package)
    package.declare_pictures(album.files.values())
    return package.save((file, picture(sha256)) for sha256, file in album.files.items())


def _mark(document: etree._Element, name: str) -> etree._Element:
    """The paragraph of a mark in the filled-in template. An {% if %} of the office may have taken it out."""
    body = document.find(W + "body")
    for paragraph in () if body is None else body.iterchildren(W + "p"):
        if "".join(text.text or "" for text in paragraph.iter(W + "t")).strip() == MARKS[name]:
            return paragraph
    raise BadTemplate((f"标记 {{{{ {name} }}}}（{MARK_NAMES[name]}）没有排出来：它不能放在 {{% if %}} 之内。",))


def _styles(package: DocxPackage) -> TemplateStyles:
    return find_styles(next((package.root(part) for part in package.related("styles")), None))


def _free_ids(package: DocxPackage) -> Iterator[int]:
    """Ids of drawings that neither the template's body nor its headers and footers use."""
    parts = (package.document, *package.related(*_WITH_DRAWINGS))
    taken = {drawing.get("id") for part in parts for drawing in package.root(part).iter(_DRAWING)}
    return (number for number in count(10_001) if str(number) not in taken)


def _free_bookmarks(document: etree._Element) -> Iterator[int]:
    taken = {mark.get(W + "id") for mark in document.iter(W + "bookmarkStart")}
    return (number for number in count(10_001) if str(number) not in taken)


def _free_prefix(package: DocxPackage) -> str:
    """So that prefix + number is no relationship id of the template."""
    taken = " ".join(relation.id for relation in package.relations(package.document))
    return next(prefix for number in count() if (prefix := f"picture{number or ''}_") not in taken)


def _starts_page(mark: etree._Element) -> bool:
    """The office's choice, in the template: 段前分页 on the paragraph of the mark."""
    setting = mark.find(f"{W}pPr/{W}pageBreakBefore")
    return setting is not None and setting.get(W + "val", "1") not in ("0", "false", "off")


def _section_of(mark: etree._Element) -> etree._Element | None:
    """The properties of the section in which the mark stands: the first at or after it (ECMA-376 17.6.17)."""
    own = mark.find(f"{W}pPr/{W}sectPr")
    if own is not None:
        return own
    after = (section for sibling in mark.itersiblings() for section in sibling.iter(W + "sectPr"))
    return next(after, None)


def _paragraph_follows(mark: etree._Element) -> bool:
    after = mark.getnext()
    return after is not None and after.tag == W + "p"


def _spliced(document: etree._Element, marks: dict[str, etree._Element], pieces: dict[str, str]) -> bytes:
    """The document with each mark's paragraph replaced. A section break that hung on it stays, in a paragraph."""
    for name, mark in marks.items():
        body = mark.getparent()
        assert body is not None
        section = mark.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            holder = etree.Element(W + "p")
            etree.SubElement(holder, W + "pPr").append(section)
            mark.addnext(holder)
        body.replace(mark, etree.Comment(MARKS[name]))
    whole = xml(document).decode()
    places = {f"<!--{text}-->": pieces[name] for name, text in MARKS.items()}
    return re.sub("|".join(places), lambda place: places[place.group()], whole).encode()
