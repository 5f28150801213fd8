"""Reading a .docx: paragraphs, tables and pictures in reading order. What is left out is reported."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from intake.read.containers.refusals import NO_TEXT, TOO_COMPLEX, other_package, refuse
from intake.read.docx.blocks import Blocks, DocumentContext
from intake.read.docx.limits import USUAL_DOCUMENT_LIMITS, DocumentLimits
from intake.read.docx.marks import BodyMarks
from intake.read.docx.media import MediaStore
from intake.read.docx.notes import Note, Notes
from intake.read.docx.numbering import Numbering
from intake.read.docx.package import OpenedPackages, SourcePackage
from intake.read.docx.styles import StyleSheet
from intake.read.docx.tags import Element, w
from intake.read.docx.tally import Tally
from intake.read.docx.unread import report_unread
from intake.read.drawings.drawings import Drawings
from intake.read.source import SourceBlock, SourceDocument, SourceParagraph
from programs.conversion import NO_CONVERSIONS, Conversions

_DOCUMENT: Final = w("document")
_BODY: Final = w("body")


def read_docx(
    data: bytes,
    limits: DocumentLimits = USUAL_DOCUMENT_LIMITS,
    converted: Conversions = NO_CONVERSIONS,
    packages: OpenedPackages | None = None,
) -> SourceDocument:
    """What a Word document shows, with tracked changes accepted. Everything left out is among the omissions.

    converted: the PDFs of the sheets that an earlier reading returned as `undrawn`, as far as LibreOffice made them.
    packages: those of the letter, where the file may be open; opened under the usual limits.
    Raises UnreadableManuscript, with a sentence for the sender, when the file is damaged, encrypted, no Word document,
    too large or empty.
    """
    package = packages.package_of(data) if packages else SourcePackage(data, limits)
    try:
        return _read(package, limits, converted)
    except RecursionError as error:
        raise refuse(TOO_COMPLEX) from error


def read_with_marks(
    package: SourcePackage, marks: BodyMarks, limits: DocumentLimits = USUAL_DOCUMENT_LIMITS
) -> SourceDocument:
    """As `read_docx`; also takes the marks of the body. Footnotes and endnotes are the last blocks."""
    try:
        return _read(package, limits, NO_CONVERSIONS, marks)
    except RecursionError as error:
        raise refuse(TOO_COMPLEX) from error


def _read(
    package: SourcePackage, limits: DocumentLimits, converted: Conversions, marks: BodyMarks | None = None
) -> SourceDocument:
    root = package.xml(package.main)
    if root is None or root.tag != _DOCUMENT:
        raise other_package(package.names)
    tally = Tally()
    context = _context(package, limits, tally, Drawings(package, converted, tally))
    blocks: list[SourceBlock] = []
    story = Blocks(context, package.main, root, marks)
    for body in root.iterchildren(_BODY):  # programs that join files leave several: Word shows all
        blocks += story.read(body)
    blocks += _notes(context)
    report_unread(package, tally)
    if not blocks:
        left_out = "".join(omission.message for omission in tally.omissions())
        raise refuse(NO_TEXT + left_out)
    media = context.media
    return SourceDocument(tuple(blocks), tally.omissions(), media.media, media.sources, media.drawings.undrawn)


def _context(package: SourcePackage, limits: DocumentLimits, tally: Tally, drawings: Drawings) -> DocumentContext:
    styles = StyleSheet(_part(package, "styles"))
    return DocumentContext(
        package=package,
        limits=limits,
        styles=styles,
        numbering=Numbering(_part(package, "numbering"), styles, tally),
        media=MediaStore(package, tally, limits.pixels, drawings),
        notes=Notes(package),
        tally=tally,
    )


def _part(package: SourcePackage, kind: str) -> Element | None:
    name = next(iter(package.related(kind)), None)
    return None if name is None else package.xml(name)


def _notes(context: DocumentContext) -> list[SourceBlock]:
    """The notes in the order of their marks. A note may refer to further notes."""
    blocks: list[SourceBlock] = []
    readers: dict[str, Blocks] = {}
    done = 0
    while done < len(context.notes.referred):
        note = context.notes.referred[done]
        done += 1
        if note.part not in readers:
            readers[note.part] = Blocks(context, note.part, note.root)
        blocks += _marked(note, readers[note.part].read(note.element))
    return blocks


def _marked(note: Note, blocks: list[SourceBlock]) -> list[SourceBlock]:
    """The blocks of a note, its marker before the first paragraph."""
    if not blocks or not isinstance(blocks[0], SourceParagraph):
        return [SourceParagraph(text=note.marker), *blocks]
    first = blocks[0]
    stripped = first.text.lstrip(" \t　")
    shift = len(note.marker) - (len(first.text) - len(stripped))
    marks = tuple(replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in first.marks)
    return [replace(first, text=note.marker + stripped, marks=marks), *blocks[1:]]
