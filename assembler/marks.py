"""What a draft carries so that it can be read back after somebody has edited it in Word: bookmarks and a property.

Bookmarks are what Word, WPS and LibreOffice all keep (docs/decisions/0124). The signed issue has none of these marks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from assembler.package import DocxPackage, parse
from assembler.wordml import W, escape
from values.draft import DraftIssue
from values.draft_marks import CONTENT_DIGITS, END_OF_ARTICLES, PROPERTY, DraftIdentity, is_draft_mark, text_mark

_OPENING: Final = re.compile(r"<w:p><w:pPr>.*?</w:pPr>", re.DOTALL)
_PART: Final = "docProps/custom.xml"
_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUE_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Of the properties that a user defines (ECMA-376 part 1, 22.3.2.2)."""
_FIRST_PID: Final = 2
"""0 and 1 are reserved (MS-OLEPS 2.18)."""


def text_marks(draft: DraftIssue | None) -> Mapping[int, str]:
    """The bookmark on the first paragraph below each title, by article; empty for the final issue."""
    articles = () if draft is None else draft.articles
    return {article.id: text_mark(article.id, article.text) for article in articles}


def marked_paragraph(xml: str, name: str, ids: Iterator[int]) -> str:
    """The markup with a bookmark around the content of its first paragraph, where it begins with one; else as it is."""
    opening = _OPENING.match(xml)
    if opening is None:
        return xml
    id, end = next(ids), xml.index("</w:p>")
    start = f'<w:bookmarkStart w:id="{id}" w:name="{escape(name)}"/>'
    return f'{opening[0]}{start}{xml[opening.end() : end]}<w:bookmarkEnd w:id="{id}"/>{xml[end:]}'


def mark_end_of_articles(articles: etree._Element, ids: Iterator[int]) -> None:
    """Puts a bookmark on the first paragraph after the mark of the articles, also where a table holds that."""
    following = (paragraph for sibling in articles.itersiblings() for paragraph in sibling.iter(W + "p"))
    paragraph = next(following, None)
    if paragraph is None:
        return
    id = str(next(ids))
    place = 0 if paragraph.find(W + "pPr") is None else 1
    paragraph.insert(place, etree.Element(W + "bookmarkStart", {W + "id": id, W + "name": END_OF_ARTICLES}))
    paragraph.insert(place + 1, etree.Element(W + "bookmarkEnd", {W + "id": id}))


def remove_marks(package: DocxPackage, document: etree._Element) -> None:
    """Removes what a template has of the draft that it was made of: another file must not say that it is that draft."""
    marks = list(document.iter(W + "bookmarkStart"))
    own = [mark for mark in marks if is_draft_mark(mark.get(W + "name", ""))]
    ids = {mark.get(W + "id") for mark in own}
    ends = [end for end in document.iter(W + "bookmarkEnd") if end.get(W + "id") in ids]
    part = _properties_part(package)
    named = [child for child in package.root(part) if child.get("name") == PROPERTY] if part else []
    if named:
        package.edit(part)
    for element in (*own, *ends, *named):
        parent = element.getparent()
        assert parent is not None, "neither is a root"
        parent.remove(element)


def _properties_part(package: DocxPackage) -> str:
    """The part with the properties that a user may define; "" for none."""
    return next((r.member for r in package.relations("") if r.kind == "custom-properties" and r.member in package), "")


def name_draft(package: DocxPackage, draft: DraftIssue, content: str) -> None:
    """Writes which draft it is into the properties that a user may define.

    content: what the draft prints; a draft with the same number that prints something else has another identity.
    """
    bulletin, series, number, revision = draft.about
    digest = hashlib.sha256(content.encode()).hexdigest()[:CONTENT_DIGITS]
    identity = DraftIdentity(bulletin, series, int(number), int(revision), digest)
    add_property(package, PROPERTY, identity.written)


def add_property(package: DocxPackage, name: str, text: str) -> None:
    """Adds a property that a user may define; those that the document has stay."""
    part = _properties_part(package)
    root = package.edit(part) if part else parse(f'<Properties xmlns="{_NS}"/>'.encode())
    pids = [int(pid) for child in root if (pid := child.get("pid", "")).isdecimal()]
    next_pid = max([_FIRST_PID - 1, *pids]) + 1
    attributes = f'fmtid="{_FORMAT_ID}" pid="{next_pid}" name="{escape(name)}"'
    value = f'<vt:lpwstr xmlns:vt="{_VALUE_NS}">{escape(text)}</vt:lpwstr>'
    root.append(parse(f'<property xmlns="{_NS}" {attributes}>{value}</property>'.encode()))
    if not part:
        package.add_to_package(_PART, root, content_type=_CONTENT_TYPE, kind=_KIND)
