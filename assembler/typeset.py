"""Typesetting an issue: fills in the template, and replaces its marks with the contents page, the note and the
articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from types import MappingProxyType
from typing import Final

from lxml import etree

from assembler.comments import add_comments_part, open_comments
from assembler.contents import contents_xml
from assembler.cover import mark_as_draft
from assembler.fields import request_field_update
from assembler.imprint import mark_imprint, needs_even_page
from assembler.line_breaking import set_line_breaks
from assembler.marks import mark_end_of_articles, name_draft, remove_marks, text_marks
from assembler.note import note_place, note_xml
from assembler.package import DocxPackage, xml
from assembler.pages import IssueContext, articles_xml, gap_xml
from assembler.paragraph_defaults import set_paragraph_defaults
from assembler.pictures import IssuePictures
from assembler.resaved import DRAWING, begins_page, keep_headers_on_paper, renumber_drawings
from assembler.sections import LandscapePages
from assembler.styles import TemplateStyles, find_styles
from assembler.tags import MARK_NAMES, MARKS, NOTE
from assembler.template import fill_template
from assembler.wordml import W
from values.draft import DraftIssue
from values.errors import BadTemplate
from values.issue import Issue

_WITH_DRAWINGS: Final = ("header", "footer")
_FIRST_ID: Final = 10_001
"""Of drawings and bookmarks: above the ids that Word gives to those of a template. Ids in use are skipped all the
same."""


def typeset(
    issue: Issue,
    template: bytes,
    picture: Callable[[str], bytes],
    pages: Mapping[str, int] = MappingProxyType({}),
    draft: DraftIssue | None = None,
) -> bytes:
    """The issue as .docx: the same bytes for the same arguments.

    template: the office's Word file (assembler/template.py). picture: returns the bytes of a picture by its SHA-256; it
    is called once for each distinct picture, and what it raises is not caught. pages: the page on which each article
    begins, by the bookmark on its title, and that of the 版记 (assembler/imprint.py); when empty, the contents page
    shows ？ and asks Word to fill in the pages.
    draft: adds a cover note, a header and comments for review; None for the final issue.
    Raises BadTemplate when the template cannot be used.
    """
    package = fill_template(template, issue)
    document = package.edit(package.document)
    remove_marks(package, document)
    marks = {name: _mark(document, name) for name in MARKS if name != NOTE}
    marks[NOTE], label = note_place(document, marks["articles"])
    comments = open_comments(package, draft)
    style_ids = _styles(package)
    if draft is not None:
        mark_as_draft(package, draft, style_ids)
    keep_headers_on_paper(document)
    pictures = IssuePictures(_free_drawing_ids(package), _free_prefix(package))

    contents = contents_xml(issue, style_ids, pages)
    new_page = bool(contents) and begins_page(marks["articles"], (marks["contents"], marks[NOTE]))
    landscape = LandscapePages(_section_of(marks["articles"]))
    context = IssueContext(style_ids, pictures, _free_bookmark_ids(document), landscape, comments, text_marks(draft))
    note_first = marks["articles"].getprevious() is marks[NOTE]
    note = note_xml(issue.editors_note, label, style_ids, new_page=new_page and note_first)
    articles = articles_xml(issue, context, new_page=new_page and not (note and note_first))
    articles = landscape.ended(articles, even_page=needs_even_page(issue, pages))
    if issue.imprint.double_sided:
        mark_imprint(marks["articles"], next(context.bookmark_ids), pages)
    if draft is not None:
        mark_end_of_articles(marks["articles"], context.bookmark_ids)
        name_draft(package, draft, note + articles)
    if articles.endswith("</w:tbl>") and not _paragraph_follows(marks["articles"]):
        articles += gap_xml(style_ids)

    spliced = _spliced(document, marks, {"contents": contents, "articles": articles, NOTE: note})
    package.replace(package.document, spliced)
    add_comments_part(package, comments.recorded)
    set_line_breaks(package)
    set_paragraph_defaults(package, style_ids)
    if contents and not pages:
        request_field_update(package)
    package.declare_pictures(pictures.files.values())
    return package.save((file, picture(sha256)) for sha256, file in pictures.files.items())


def _mark(document: etree._Element, name: str) -> etree._Element:
    """The paragraph of a mark in the filled-in template.

    Raises BadTemplate when it is not there: the check has seen it, but an {% if %} of the office may have removed it.
    """
    body = document.find(W + "body")
    for paragraph in () if body is None else body.iterchildren(W + "p"):
        if "".join(text.text or "" for text in paragraph.iter(W + "t")).strip() == MARKS[name]:
            return paragraph
    raise BadTemplate((f"标记 {{{{ {name} }}}}（{MARK_NAMES[name]}）没有排出来：它不能放在 {{% if %}} 之内。",))


def _styles(package: DocxPackage) -> TemplateStyles:
    return find_styles(next((package.root(part) for part in package.related("styles")), None))


def _free_drawing_ids(package: DocxPackage) -> Iterator[int]:
    """Drawing ids that neither the body of the template nor its headers and footers use; of several drawings there with
    one id all but the first get another."""
    parts = (package.document, *dict.fromkeys(package.related(*_WITH_DRAWINGS)))
    taken = {drawing.get("id") for part in parts for drawing in package.root(part).iter(DRAWING)}
    free = (number for number in count(_FIRST_ID) if str(number) not in taken)
    renumber_drawings(package, parts, free)
    return free


def _free_bookmark_ids(document: etree._Element) -> Iterator[int]:
    taken = {mark.get(W + "id") for mark in document.iter(W + "bookmarkStart")}
    return (number for number in count(_FIRST_ID) if str(number) not in taken)


def _free_prefix(package: DocxPackage) -> str:
    """A prefix that no relationship id of the template contains."""
    taken = " ".join(relation.id for relation in package.relations(package.document))
    return next(prefix for number in count() if (prefix := f"picture{number or ''}_") not in taken)


def _section_of(mark: etree._Element) -> etree._Element | None:
    """The w:sectPr that governs the mark: the first one at or after it (ECMA-376 17.6.17). None where there is none."""
    own = mark.find(f"{W}pPr/{W}sectPr")
    if own is not None:
        return own
    after = (section for sibling in mark.itersiblings() for section in sibling.iter(W + "sectPr"))
    return next(after, None)


def _paragraph_follows(mark: etree._Element) -> bool:
    after = mark.getnext()
    return after is not None and after.tag == W + "p"


def _spliced(document: etree._Element, marks: dict[str, etree._Element], pieces: dict[str, str]) -> bytes:
    """The document with the paragraph of each mark replaced by its piece.

    A section break on the paragraph of a mark is kept, on an empty paragraph after the piece. The pieces replace
    comments in the serialised document, so that they need not be parsed.
    """
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
