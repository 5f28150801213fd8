"""Reads a draft that somebody has edited: the text as the reader of manuscripts reads it, and the marks around it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from intake.archives.opened import open_archives
from intake.edited_file import LOOKS, EditedBlock, EditedComment, EditedFile
from intake.parse.message import Message, Part, parse_message
from intake.read.docx.custom_properties import custom_property
from intake.read.docx.flat_opc import docx_of, is_flat_opc
from intake.read.docx.limits import USUAL_DOCUMENT_LIMITS
from intake.read.docx.marks import BodyMarks
from intake.read.docx.package import OpenedPackages, SourcePackage
from intake.read.docx.reader import read_with_marks
from intake.read.docx.tags import Element, P, T, w
from intake.read.file_properties import property_of
from intake.read.formats import is_word
from intake.read.legacy.formats import conversion_of, is_legacy
from intake.read.source import SourceBlock, SourceParagraph
from programs.conversion import Conversions, NotConverted, key_of
from values import rules
from values.draft_marks import PROPERTY, DraftIdentity
from values.errors import UnreadableManuscript
from values.manuscript import Paragraph, Picture

_NO_FILE: Final = "信里没有改过的送审稿（Word 文件）。"
_COMMENT: Final = w("comment")
_W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
_PARA_ID: Final = f"{{{_W14}}}paraId"
_EXTENDED: Final = f"{{{_W15}}}commentEx"
_LOOKS: Final = dict(zip(("font", "size", "colour", "emphasis"), LOOKS, strict=True))
_READ_OTHERWISE: Final = frozenset(
    {rules.COMMENT, rules.HEADER_FOOTER, rules.TRACKED_INSERTION, rules.TRACKED_DELETION}
)
"""What the reader of manuscripts leaves out and reports, and what of an edited draft is taken: no omission here."""


def edited_file_of(data: bytes, name: str, converted: Conversions) -> EditedFile:
    """name: of the file. converted: what LibreOffice has made of it, by `ConversionRequest.key`."""
    request = conversion_of(Part(name, "", "", data), converted)
    if request is not None:
        return EditedFile(unconverted=(request,))
    made = converted.get(key_of(data))
    if isinstance(made, NotConverted):
        return EditedFile(refusal=made.reason.for_clerk)
    try:
        file = _read(made or (docx_of(data) if is_flat_opc(data) else data))
        return replace(file, name=name, sha256=hashlib.sha256(data).hexdigest())
    except UnreadableManuscript as error:
        return EditedFile(refusal=str(error))


def edited_file_in(raw: bytes, converted: Conversions) -> EditedFile:
    """The edited draft that a letter brings: of several files the first that says that it is a draft of ours, else the
    first that can be read."""
    read: list[EditedFile] = []
    for part in open_archives(parse_message(raw).parts):
        if part.unopened or not (is_word(part.data) or is_legacy(part)):
            continue
        file = edited_file_of(part.data, part.name, converted)
        if file.unconverted or file.identity:
            return file
        read.append(file)
    return next((file for file in read if not file.refusal), next(iter(read), EditedFile(refusal=_NO_FILE)))


def drafts_in(message: Message, converted: Conversions, packages: OpenedPackages) -> Mapping[str, DraftIdentity]:
    """The files of a letter that say that they are drafts of an office like ours, by the SHA-256 of their bytes.

    packages: those of the letter. Files in an older format are known once LibreOffice has converted them.
    """
    whole = (part for part in message.parts if not part.unopened)
    named = ((part, DraftIdentity.read(property_of(part, PROPERTY, converted, packages))) for part in whole)
    return {hashlib.sha256(part.data).hexdigest(): identity for part, identity in named if identity is not None}


def _read(data: bytes) -> EditedFile:
    package, marks = SourcePackage(data, USUAL_DOCUMENT_LIMITS), BodyMarks()
    document = read_with_marks(package, marks)
    return EditedFile(
        blocks=tuple(_blocks(document.blocks, marks, package)),
        comments=tuple(_comments(package, marks, len(document.blocks))),
        media=document.media,
        identity=custom_property(package, PROPERTY),
        headers=tuple(_headers(package)),
        omissions=tuple(o.message for o in document.omissions if o.rule not in _READ_OTHERWISE),
    )


def _blocks(blocks: Sequence[SourceBlock], marks: BodyMarks, package: SourcePackage) -> Iterator[EditedBlock]:
    bookmarks, looks = _by_block(marks.bookmarks), _by_block(marks.looks)
    sources = _picture_sources(blocks, marks, package)
    for place, block in enumerate(blocks):
        if isinstance(block, SourceParagraph):
            named = Paragraph(block.text, block.marks, formulas=block.formulas)
            set_here = tuple(dict.fromkeys(_LOOKS[look] for look in looks.get(place, ())))
            yield EditedBlock(named, block.style, tuple(bookmarks.get(place, ())), looks=set_here)
        else:
            set_here = tuple(dict.fromkeys(_LOOKS[look] for look in looks.get(place, ())))
            yield EditedBlock(block, "", tuple(bookmarks.get(place, ())), sources.get(place, ""), set_here)


def _by_block(marked: Sequence[tuple[int, str]]) -> Mapping[int, list[str]]:
    by_block: defaultdict[int, list[str]] = defaultdict(list)
    for block, name in marked:
        by_block[block].append(name)
    return by_block


def _picture_sources(blocks: Sequence[SourceBlock], marks: BodyMarks, package: SourcePackage) -> Mapping[int, str]:
    """The file of each picture: the pictures of one element follow its text, in their order."""
    pictures = [place for place, block in enumerate(blocks) if isinstance(block, Picture)]
    if len(pictures) != len(marks.pictures):
        return {}  # some are in text boxes or could not be read: which is which is not known
    relationships = package.relationships(package.main)
    sources: dict[int, str] = {}
    for place, (_, id) in zip(pictures, marks.pictures, strict=True):
        target = relationships[id].target if id in relationships else ""
        data = package.read(target) if target else None
        sources[place] = hashlib.sha256(data).hexdigest() if data is not None else ""
    return sources


def _comments(package: SourcePackage, marks: BodyMarks, end: int) -> Iterator[EditedComment]:
    """In the order of their part. A comment whose mark is gone is at the end."""
    elements = [element for root in _roots(package, "comments") for element in root.iter(_COMMENT)]
    texts = {id: "\n".join(_lines(element)) for element in elements if (id := element.get(w("id"), ""))}
    answered = _answered(package, elements)
    for element in elements:
        id = element.get(w("id"), "")
        place = marks.comments.get(id)
        yield EditedComment(
            block=end if place is None else place.block,
            author=element.get(w("author"), ""),
            text=texts.get(id, ""),
            quote="" if place is None else place.quote,
            answers=texts.get(answered.get(id, ""), ""),
        )


def _answered(package: SourcePackage, comments: Sequence[Element]) -> Mapping[str, str]:
    """The id of the comment that a comment answers, by its own id: both name themselves by their last paragraph."""
    ids = {p.get(_PARA_ID, ""): comment.get(w("id"), "") for comment in comments for p in comment.iter(P)}
    links = [link for root in _roots(package, "commentsExtended") for link in root.iter(_EXTENDED)]
    parents = {ids.get(link.get(f"{{{_W15}}}paraId", "")): link.get(f"{{{_W15}}}paraIdParent", "") for link in links}
    return {id: ids[parent] for id, parent in parents.items() if id and parent in ids}


def _roots(package: SourcePackage, kind: str) -> Iterator[Element]:
    for name in package.related(kind):
        root = package.xml(name)
        if root is not None:
            yield root


def _lines(element: Element) -> Iterator[str]:
    for paragraph in element.iter(P):
        line = "".join(text.text or "" for text in paragraph.iter(T)).strip()
        if line:
            yield line


def _headers(package: SourcePackage) -> Iterator[str]:
    for root in _roots(package, "header"):
        yield from _lines(root)
