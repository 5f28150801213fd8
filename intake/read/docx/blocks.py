"""The block level of WordprocessingML: the paragraphs and tables of a body, a cell, a text box or a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from intake.read.containers.refusals import refuse
from intake.read.docx.breaks import begins_page, ends_page
from intake.read.docx.content_controls import placeholder_text, shows_placeholder
from intake.read.docx.graphics import Graphics
from intake.read.docx.limits import DocumentLimits
from intake.read.docx.lines import ParagraphBuilder
from intake.read.docx.marks import BOOKMARK_START, BodyMarks
from intake.read.docx.media import MediaStore
from intake.read.docx.notes import Notes
from intake.read.docx.numbering import Counters, Label, Numbering
from intake.read.docx.package import SourcePackage
from intake.read.docx.runs import Runs
from intake.read.docx.styles import ParagraphStyle, StyleSheet, numbering_reference, outline_level
from intake.read.docx.tables import TableReader
from intake.read.docx.tags import (
    ALTERNATE_CONTENT,
    CUSTOM_XML,
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    P_PR,
    R_PR,
    SDT,
    SDT_CONTENT,
    SMART_TAG,
    TBL,
    Element,
    P,
    T,
    branch,
    flag,
    val,
    w,
)
from intake.read.docx.tally import Tally
from intake.read.source import SourceBlock, SourceParagraph
from values import rules
from values.manuscript import Formula, Mark

_P_STYLE: Final = w("pStyle")
_JC: Final = w("jc")
_FRAME: Final = w("framePr")
_DROP_CAP: Final = w("dropCap")
_ALT_CHUNK: Final = w("altChunk")
_SECT_PR: Final = w("sectPr")
_MARKED: Final = frozenset({P, TBL, BOOKMARK_START})
_TRANSPARENT: Final = frozenset({CUSTOM_XML, SMART_TAG, INS, MOVE_TO})
_BODY_TEXT: Final = 9
"""The outline level of text that is no heading (ECMA-376 17.3.1.20)."""


@dataclass(slots=True)
class DocumentContext:
    """What the readers of all parts of one file share."""

    package: SourcePackage
    limits: DocumentLimits
    styles: StyleSheet
    numbering: Numbering
    media: MediaStore
    notes: Notes
    tally: Tally
    characters: int = 0
    """Of text, read so far."""

    def count(self, characters: int) -> None:
        """Counts text towards the limit of a manuscript. Raises UnreadableManuscript above it."""
        self.characters += characters
        if self.characters > self.limits.characters:
            most = self.limits.characters
            raise refuse(f"文稿超过 {most} 字，不像一篇投稿，没有读入。请只发送要刊登的文章。")


@dataclass(slots=True)
class _Story:
    """The state of reading one parent element."""

    boxed: bool
    """Whether it is a text box."""
    depth: int
    """How many tables it is nested in."""
    blocks: list[SourceBlock] = field(default_factory=list)
    """Those read so far."""
    open: ParagraphBuilder | None = None
    """A paragraph whose mark is deleted or hidden, so that the next one continues it."""
    new_page: bool = False
    """Whether the next block begins a page."""


@dataclass(frozen=True, slots=True)
class _ParagraphLook:
    """What the lines of a paragraph share. The fields are those of `SourceParagraph`."""

    style: str
    outline_level: int | None
    centred: bool
    boxed: bool
    new_page: bool
    """Whether the first line begins a page."""


class Blocks:
    """Reads the blocks of one part. Lists count on through all its bodies; each text box counts for itself."""

    def __init__(self, manuscript: DocumentContext, part: str, root: Element, marks: BodyMarks | None = None) -> None:
        """marks: takes what lies around the text; None where nobody asks for it."""
        self._manuscript = manuscript
        self._marks = marks
        graphics = Graphics(manuscript.package.relationships(part), manuscript.media, manuscript.tally)
        self._runs = Runs(root, manuscript.styles, graphics, manuscript.notes, manuscript.tally)
        self._counters = Counters()
        self._tables = TableReader(manuscript.limits, manuscript.tally)

    def read(self, parent: Element, *, boxed: bool = False, depth: int = 0) -> list[SourceBlock]:
        """The blocks in `parent`. boxed: it is a text box. depth: how many tables it is nested in.

        Raises UnreadableManuscript when a limit is exceeded.
        """
        story = _Story(boxed, depth)
        self._children(parent, story)
        if story.open is not None:
            self._finish(story, story.open, self._manuscript.styles.paragraph(None), None)
        return story.blocks

    def _cell(self, cell: Element, depth: int) -> list[SourceBlock]:
        return self.read(cell, depth=depth)

    def _children(self, parent: Element, story: _Story) -> None:
        for child in parent:
            tag = child.tag
            if self._marks is not None and not (story.depth or story.boxed) and tag in _MARKED:
                self._marks.record(child, len(story.blocks))
            if tag == P:
                self._paragraph(child, story)
            elif tag == TBL:
                self._close(story)
                story.blocks += self._tables.read(child, story.depth + 1, self._cell)
                story.new_page = False
            else:
                self._wrapped(child, tag, story)

    def _wrapped(self, child: Element, tag: str, story: _Story) -> None:
        inner: Element | None = None
        if tag == SDT:
            inner = child.find(SDT_CONTENT)
            if inner is not None and shows_placeholder(child):
                self._manuscript.tally.add(rules.PLACEHOLDER, placeholder_text(inner))
                return
        elif tag in _TRANSPARENT:
            inner = child
        elif tag == ALTERNATE_CONTENT:
            inner = branch(child)
        elif tag == _ALT_CHUNK:
            self._manuscript.tally.add(rules.ALT_CHUNK)
        elif tag in (DEL, MOVE_FROM) and len(child):
            self._manuscript.tally.add(rules.TRACKED_DELETION, "".join(text.text or "" for text in child.iter(T)))
        if inner is not None:
            self._children(inner, story)

    def _paragraph(self, element: Element, story: _Story) -> None:
        properties = element.find(P_PR)
        styles = self._manuscript.styles
        style = styles.paragraph(None if properties is None else val(properties, _P_STYLE))
        line = ParagraphBuilder() if story.open is None else story.open
        self._runs.read(element, style, line)
        if properties is None or not self._runs_on(properties, style, line):
            story.open = None
            self._finish(story, line, style, properties)
            story.new_page = story.new_page or ends_page(element, properties)
        else:
            story.open = line

    def _runs_on(self, properties: Element, style: ParagraphStyle, line: ParagraphBuilder) -> bool:
        """Whether the next paragraph continues this one: the paragraph mark is deleted or hidden, or it is a drop
        cap."""
        frame = properties.find(_FRAME)
        if frame is not None and frame.get(_DROP_CAP, "none") != "none":
            line.lines[-1].size = None
            return True
        mark = properties.find(R_PR)
        if mark is None:
            return False
        if mark.find(DEL) is not None or mark.find(MOVE_FROM) is not None:
            return True
        if not (flag(mark, w("vanish")) or flag(mark, w("specVanish"))):
            return False
        if line.visible and line.label is None:
            line.label = self._label(style, properties)
        return True

    def _close(self, story: _Story) -> None:
        """Ends an open paragraph before a table, even where its mark is deleted."""
        if story.open is not None:
            line, story.open = story.open, None
            if line.visible or line.drawings.boxes or line.drawings.pictures:
                self._finish(story, line, self._manuscript.styles.paragraph(None), None)

    def _finish(self, story: _Story, line: ParagraphBuilder, style: ParagraphStyle, properties: Element | None) -> None:
        for box in line.drawings.boxes:
            story.blocks += self._box(box, story.depth)
        new_page = story.new_page or line.begins_page or begins_page(properties)
        label = line.label
        if label is None and not _is_section_break(line, properties):
            label = self._label(style, properties)
        if line.visible:
            alignment = (None if properties is None else val(properties, _JC)) or style.alignment
            level = outline_level(properties)
            level = style.outline_level if level is None else level
            look = _ParagraphLook(
                style.name, None if level == _BODY_TEXT else level, alignment == "center", story.boxed, new_page
            )
            story.blocks += self._lines(line, label, look)
        story.blocks += line.drawings.pictures
        story.new_page = line.ends_page if line.visible else new_page and not line.drawings.pictures

    def _lines(self, line: ParagraphBuilder, label: Label | None, look: _ParagraphLook) -> Iterator[SourceParagraph]:
        """A paragraph for each line: Shift+Enter parts what a reader takes for paragraphs. The first has the label and
        begins the page."""
        lead = "" if label is None else label.text + label.gap
        for at, (text, marks, own) in enumerate(line.visible_lines()):
            shift = 0 if at else len(lead)
            self._manuscript.count(shift + len(text))
            yield SourceParagraph(
                text=text if at else lead + text,
                marks=_moved(marks, shift) if marks and shift else marks,
                style=look.style,
                outline_level=look.outline_level,
                size=own.size,
                centred=look.centred,
                bold=own.bold,
                kai=own.kai,
                label="" if at or label is None else label.text,
                boxed=look.boxed,
                page_break_before=look.new_page and not at,
                formulas=_formulas_in(line.formulas, text, shift) if line.formulas else (),
            )

    def _label(self, style: ParagraphStyle, properties: Element | None) -> Label | None:
        return self._manuscript.numbering.label(style, numbering_reference(properties), self._counters)

    def _box(self, box: Element | str, depth: int) -> list[SourceBlock]:
        if isinstance(box, str):
            self._manuscript.count(len(box))
            return [SourceParagraph(text=box, boxed=True)]
        outer, self._counters = self._counters, Counters()
        blocks = self.read(box, boxed=True, depth=depth)
        self._counters = outer
        return blocks


def _moved(marks: Iterable[Mark], shift: int) -> tuple[Mark, ...]:
    return tuple(Mark(mark.start + shift, mark.end + shift, mark.kind) for mark in marks)


def _formulas_in(formulas: Iterable[Formula], text: str, shift: int) -> tuple[Formula, ...]:
    return tuple(
        Formula(formula.text, formula.start + shift, formula.omml) for formula in formulas if formula.text in text
    )


def _is_section_break(line: ParagraphBuilder, properties: Element | None) -> bool:
    """Whether a paragraph only ends a section; Word does not count it as a list item."""
    is_visible = line.visible or line.drawings.pictures or line.drawings.boxes
    return not is_visible and properties is not None and properties.find(_SECT_PR) is not None
