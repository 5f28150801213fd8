"""What an editor does to a draft in Word, done to the XML of the file."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from tests.support.editing import members
from tools.docx_builder import zipped

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_MAIN: Final = "word/document.xml"
_AUTHOR: Final = {W + "author": "王编辑", W + "date": "2022-11-08T09:00:00Z"}


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A draft that is being edited."""

    parts: dict[str, bytes]
    root: etree._Element

    @property
    def body(self) -> etree._Element:
        body = self.root.find(W + "body")
        assert body is not None
        return body

    def saved(self) -> bytes:
        return zipped(self.parts | {_MAIN: etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")})

    def article(self, number: int) -> list[etree._Element]:
        """The elements of an article of the file, from 1: from its title to the next title or heading."""
        starts = [place for place, element in enumerate(self.body) if style_of(element) == "ArticleTitle"]
        start = starts[number - 1]
        ends = [
            place
            for place, element in enumerate(self.body)
            if place > start and (style_of(element) in ("ArticleTitle", "SectionHeading") or _has_end(element))
        ]
        return list(self.body)[start : ends[0]]

    def titles(self) -> list[str]:
        return [text_of(element) for element in self.body if style_of(element) == "ArticleTitle"]

    def paragraphs(self, number: int) -> list[etree._Element]:
        """The lines of running text of an article."""
        return [element for element in self.article(number) if style_of(element) == "BodyText" and text_of(element)]


def opened(docx: bytes) -> OpenedDraft:
    parts = members(docx)
    return OpenedDraft(parts, etree.fromstring(parts[_MAIN]))


def edited(docx: bytes, *edits: Callable[[OpenedDraft], object]) -> bytes:
    """The file after these edits."""
    draft = opened(docx)
    for edit in edits:
        edit(draft)
    return draft.saved()


def style_of(element: etree._Element) -> str:
    style = element.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(W + "val", "")


def text_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t"))


def _has_end(element: etree._Element) -> bool:
    return any(mark.get(W + "name") == "articlesEnd" for mark in element.iter(W + "bookmarkStart"))


def run(text: str, tag: str = "t") -> etree._Element:
    made = etree.Element(W + "r")
    inner = etree.SubElement(made, W + tag)
    inner.text = text
    inner.set(_SPACE, "preserve")
    return made


def paragraph(text: str, style: str = "BodyText") -> etree._Element:
    made = etree.Element(W + "p")
    etree.SubElement(etree.SubElement(made, W + "pPr"), W + "pStyle").set(W + "val", style)
    made.append(run(text))
    return made


def retype(element: etree._Element, text: str) -> None:
    """Types over the whole paragraph: Word removes the bookmarks and formatting that were within it."""
    for child in list(element):
        if child.tag != W + "pPr":
            element.remove(child)
    element.append(run(text))


def put_words(element: etree._Element, at: int, words: str, *, instead_of: int = 0) -> None:
    """Types words into a paragraph after its first `at` characters, in place of `instead_of` characters there."""
    left = at
    for text in element.iter(W + "t"):
        own = text.text or ""
        if left <= len(own):
            text.text = own[:left] + words + own[left + instead_of :]
            text.set(_SPACE, "preserve")
            return
        left -= len(own)


def track_insertion(element: etree._Element, words: str) -> None:
    """Adds words to the end of a paragraph with tracked changes on."""
    inserted = etree.SubElement(element, W + "ins", {W + "id": "901", **_AUTHOR})
    inserted.append(run(words))


def track_deletion(element: etree._Element) -> None:
    """Deletes the last run of a paragraph with tracked changes on."""
    runs = element.findall(W + "r")
    last = runs[-1]
    deleted = etree.Element(W + "del", {W + "id": "902", **_AUTHOR})
    last.addprevious(deleted)
    for text in last.iter(W + "t"):
        text.tag = W + "delText"
    deleted.append(last)


def table_element(*rows: tuple[str, ...]) -> etree._Element:
    table = etree.Element(W + "tbl")
    properties = etree.SubElement(table, W + "tblPr")
    etree.SubElement(properties, W + "tblW", {W + "w": "0", W + "type": "auto"})
    grid = etree.SubElement(table, W + "tblGrid")
    for _ in rows[0]:
        etree.SubElement(grid, W + "gridCol", {W + "w": "2000"})
    for cells in rows:
        row = etree.SubElement(table, W + "tr")
        for text in cells:
            etree.SubElement(row, W + "tc").append(paragraph(text, "TableText"))
    return table


def add_after(element: etree._Element, *new: etree._Element) -> None:
    for added in reversed(new):
        element.addnext(added)


def remove(elements: Iterable[etree._Element]) -> None:
    for element in elements:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)


def swap(draft: OpenedDraft, first: int, second: int) -> None:
    """Exchanges two articles, `first` above `second`, by cutting and pasting the second before the first."""
    earlier, later = draft.article(first), draft.article(second)
    for element in later:
        earlier[0].addprevious(element)


def without_marks(docx: bytes) -> bytes:
    """As a program saves it that drops bookmarks and properties."""
    parts = members(docx)
    root = etree.fromstring(parts[_MAIN])
    remove([*root.iter(W + "bookmarkStart"), *root.iter(W + "bookmarkEnd")])
    parts = {name: data for name, data in parts.items() if name != "docProps/custom.xml"}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        listing = etree.fromstring(parts[name])
        remove(
            [
                entry
                for entry in listing
                if "docProps/custom.xml" in (entry.get("PartName", "") + entry.get("Target", ""))
            ]
        )
        parts[name] = etree.tostring(listing, xml_declaration=True, encoding="UTF-8")
    return zipped(parts | {_MAIN: etree.tostring(root, xml_declaration=True, encoding="UTF-8")})


def comment(docx: bytes, words: str, *, author: str = "王编辑", on: str) -> bytes:
    """Adds a comment at the first paragraph that contains `on`."""
    draft = opened(docx)
    target = next(element for element in draft.body.iter(W + "p") if on in text_of(element))
    id = {W + "id": "950"}
    target.insert(1, etree.Element(W + "commentRangeStart", id))
    target.append(etree.Element(W + "commentRangeEnd", id))
    etree.SubElement(etree.SubElement(target, W + "r"), W + "commentReference", id)
    parts = draft.parts
    if "word/comments.xml" in parts:
        comments = etree.fromstring(parts["word/comments.xml"])
    else:
        comments = etree.Element(W + "comments", nsmap={"w": W[1:-1]})
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
        relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
        namespace = relations.tag.partition("}")[0] + "}"
        etree.SubElement(relations, namespace + "Relationship", Id="rComments", Type=kind, Target="comments.xml")
        types = etree.fromstring(parts["[Content_Types].xml"])
        content = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
        name = types.tag.partition("}")[0] + "}Override"
        etree.SubElement(types, name, PartName="/word/comments.xml", ContentType=content)
        parts["word/_rels/document.xml.rels"] = etree.tostring(relations)
        parts["[Content_Types].xml"] = etree.tostring(types)
    made = etree.SubElement(comments, W + "comment", {**id, **_AUTHOR, W + "author": author, W + "initials": "王"})
    made.append(paragraph(words, ""))
    made[0][0].clear()
    parts["word/comments.xml"] = etree.tostring(comments)
    return draft.saved()


def copies(elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """As pasted: Word gives a bookmark to the copy or to the original, never to both."""
    for element in elements:
        copied = copy.deepcopy(element)
        remove([*copied.iter(W + "bookmarkStart"), *copied.iter(W + "bookmarkEnd")])
        yield copied
