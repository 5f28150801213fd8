"""A copy of a .docx with findings as Word comments at their characters (ECMA-376 17.13.4); its own comments stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Final

from lxml import etree

from assembler.comments import add_comments_part, comment_lines, comment_xml, first_free_id
from assembler.located import LocatedText, PlacedSpan, TextPlace
from assembler.package import DocxPackage, open_package, parse
from assembler.styles import CommentStyles, comment_styles
from assembler.wordml import W_NS, W, escape
from values.finding import Finding, Subject
from values.manuscript import Manuscript

_STYLES_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_STYLES_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_LONGEST_QUOTE: Final = 30
"""Characters that a comment quotes which could not be placed at them."""


class NothingToAnnotate(ValueError):
    """The document has no text in the form that Word writes by default (it may be Strict Open XML)."""


def annotated(docx: bytes, manuscript: Manuscript, findings: Sequence[Finding], dated: date) -> bytes:
    """The document with a comment for each finding.

    manuscript: as it was read from these bytes. A finding about the whole is at the title, or at the first paragraph;
    so is one whose characters are not found, with a quote. dated: of the comments. Raises NotAPackage,
    NothingToAnnotate.
    """
    package = open_package(docx)
    root = package.edit(package.document)
    located = LocatedText(root)
    if not located:
        raise NothingToAnnotate
    styles = _comment_styles(package)
    ids = count(max(first_free_id(package), _first_free_in(root)))
    recorded: list[str] = []
    marks: list[_Mark] = []
    for span, text in _placed(located, manuscript, findings):
        id = next(ids)
        recorded.append(comment_xml(id, dated, text, styles))
        marks += [_Mark(span.start, opens=True, id=id), _Mark(span.end, opens=False, id=id)]
    for mark in sorted(marks, key=lambda mark: (mark.index, mark.opens), reverse=True):
        _insert(mark, located, styles)
    add_comments_part(package, recorded)
    return package.save()


@dataclass(frozen=True, slots=True)
class _Mark:
    """One end of a comment's range."""

    index: int
    """Of the character before which a range opens, or of the one after the last of a range."""
    opens: bool
    id: int


def _placed(
    located: LocatedText, manuscript: Manuscript, findings: Iterable[Finding]
) -> Iterator[tuple[PlacedSpan, list[str]]]:
    """The characters of each finding, and the paragraphs of its comment, in the order of the text."""
    lines = [manuscript.title, *manuscript.lines]
    starts = located.starts_of(lines)
    for finding in sorted(findings, key=lambda finding: finding.place):
        number = 0 if finding.paragraph is None else finding.paragraph + 1
        line, start = lines[number], finding.start or 0
        end = len(line) if finding.end is None or finding.paragraph is None else finding.end
        after = max((earlier + 1 for earlier in starts[:number] if earlier is not None), default=0)
        span = located.span(line, starts[number], start, end, after)
        text = comment_lines(finding)
        if span is None and finding.paragraph is not None and finding.rule.subject is Subject.TEXT:
            text = [*text, f"原文：{line[start:end][:_LONGEST_QUOTE]}"]
        yield span or located.first_paragraph, text


def _comment_styles(package: DocxPackage) -> CommentStyles:
    """The styles of comments; added where the document lacks them."""
    part = next(iter(package.related("styles")), None)
    if part is not None:
        return comment_styles(package.edit(part))
    root = etree.Element(f"{W}styles", nsmap={"w": W_NS})
    styles = comment_styles(root)
    package.add_part("styles.xml", root, content_type=_STYLES_TYPE, kind=_STYLES_KIND)
    return styles


def _first_free_in(root: etree._Element) -> int:
    """The first id that no mark of a comment in the text has."""
    tags = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")
    numbers = (mark.get(f"{W}id", "") for mark in root.iter(*tags))
    return max((int(number) for number in numbers if number.isdecimal()), default=-1) + 1


def _insert(mark: _Mark, located: LocatedText, styles: CommentStyles) -> None:
    """Puts the mark into the text, where a run is cut. Marks are inserted from the last one to the first, since a cut
    moves what is after it into another run."""
    id = {f"{W}id": str(mark.id)}
    if mark.opens:
        parent, index = _cut(located.place(mark.index))
        parent.insert(index, etree.Element(f"{W}commentRangeStart", id))
        return
    last = located.place(mark.index - 1)
    parent, index = _cut(TextPlace(last.text, last.offset + 1))
    style = f'<w:rPr><w:rStyle w:val="{escape(styles.reference)}"/></w:rPr>'
    reference = f'<w:r xmlns:w="{W_NS}">{style}<w:commentReference w:id="{mark.id}"/></w:r>'
    parent.insert(index, etree.Element(f"{W}commentRangeEnd", id))
    parent.insert(index + 1, parse(reference.encode()))


def _cut(place: TextPlace) -> tuple[etree._Element, int]:
    """Cuts the run of a w:t before that character; returns the run's parent, and the index of what is after the cut."""
    run = place.text.getparent()
    assert run is not None
    parent = run.getparent()
    assert parent is not None
    text, before_text = place.text.text or "", place.text.getprevious()
    if place.offset == 0 and (before_text is None or before_text.tag == f"{W}rPr"):
        return parent, parent.index(run)
    if place.offset >= len(text) and place.text.getnext() is None:
        return parent, parent.index(run) + 1
    after = etree.Element(run.tag)
    for name, value in run.attrib.items():
        after.set(name, value)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        after.append(deepcopy(properties))
    following = list(place.text.itersiblings())
    if place.offset < len(text):
        rest = etree.SubElement(after, f"{W}t", {_SPACE: "preserve"})
        rest.text = text[place.offset :]
        place.text.text = text[: place.offset]
        place.text.set(_SPACE, "preserve")
    for element in following:
        after.append(element)
    parent.insert(parent.index(run) + 1, after)
    return parent, parent.index(after)
