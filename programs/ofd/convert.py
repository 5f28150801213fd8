"""The pages of a PDF as an OFD. Loads PDFium, pypdf and fontTools: import it only in a child process."""

from __future__ import annotations

import hashlib
import importlib
import io
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from pypdf import DocumentInformation, PdfReader
from pypdf.errors import PyPdfError

from programs.ofd.doubt import Doubt, OfdMade, PicturedPage
from programs.ofd.font_files import FontCollector
from programs.ofd.font_programs import ProgramKind, UnreadableFont, font_program
from programs.ofd.package import DocumentInfo, DocumentParts, package_of
from programs.ofd.page import GlyphRun, PageContent
from programs.ofd.page_xml import Ids, PageWriter
from programs.ofd.pdf_content import UnreadablePage, page_content
from programs.ofd.pdf_images import ImageFile
from programs.ofd.pdf_outline import outline_of
from programs.ofd.pdf_resources import PdfResources
from programs.ofd.typefaces import Typefaces
from programs.pdf_pages import png_of, rendered
from programs.pdfium import UnreadablePdf, opened

_DOTS: Final = 200 / 72
"""Pixels a point of a page that goes in as a picture: print needs 200 dpi at least."""
_MOST_PAGES: Final = 1_000
_MOST_PIXELS: Final = 8_000_000
"""Of the picture of a page: an A4 page has four million at 200 dpi."""


class NoOfd(Exception):
    """The PDF is damaged, or has more than an OFD of ours may hold."""


def ofd_of(pdf: bytes, made_on: date, forbidden: Collection[str] = ()) -> OfdMade:
    """The PDF's pages as an OFD; equal arguments give equal bytes.

    made_on: as the OFD has it. forbidden: PostScript names of fonts that may not be embedded. Raises NoOfd.
    """
    try:
        return _made(pdf, made_on, frozenset(forbidden))
    except (PyPdfError, UnreadablePdf, UnreadablePage, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NoOfd(type(error).__name__) from error


def _made(pdf: bytes, made_on: date, forbidden: frozenset[str]) -> OfdMade:
    reader = PdfReader(io.BytesIO(pdf))
    if not 0 < len(reader.pages) <= _MOST_PAGES:
        raise NoOfd("pages")
    resources = PdfResources(reader)
    contents = [page_content(page, resources) for page in reader.pages]
    written = _written(pdf, resources, contents, forbidden)
    try:
        written.writer.faces.finish()
    except UnreadableFont:  # known when its outlines are written: those pages become pictures
        damaged = written.writer.faces.damaged_fonts()
        written = _written(pdf, resources, contents, forbidden | damaged)
        written.writer.faces.finish()
    faces, ids = written.writer.faces, written.writer.ids
    info, outline = _info(pdf, reader, made_on), outline_of(reader)
    parts = DocumentParts(info, contents, written.pages, faces, written.images, outline, ids)
    return OfdMade(package_of(parts), len(contents), tuple(written.pictured))


@dataclass(slots=True)
class _Written:
    """The pages as XML, and what they use."""

    writer: PageWriter
    images: dict[str, ImageFile]
    pages: list[str] = field(default_factory=list)
    pictured: list[PicturedPage] = field(default_factory=list)


def _written(
    pdf: bytes, resources: PdfResources, contents: Sequence[PageContent], forbidden: frozenset[str]
) -> _Written:
    writer = PageWriter(Typefaces(resources.fonts, forbidden), Ids())
    written = _Written(writer, dict(resources.images))
    for at, content in enumerate(contents):
        runs = [item for item in content.items if isinstance(item, GlyphRun)]
        doubts = sorted({*content.doubts, *writer.faces.doubts_of(runs)}, key=list(Doubt).index)
        picture = None
        if doubts:
            picture = f"page_{at}.png"
            written.images[picture] = ImageFile(_picture(pdf, at), "png")
            written.pictured.append(PicturedPage(at + 1, tuple(doubts)))
        written.pages.append(writer.page(content, picture))
    return written


def _picture(pdf: bytes, page: int) -> bytes:
    with opened(pdf) as document, closing(document[page]) as drawn:
        width, height = drawn.get_size()
        return png_of(rendered(drawn, min(_DOTS, (_MOST_PIXELS / (width * height)) ** 0.5)))


def _info(pdf: bytes, reader: PdfReader, made_on: date) -> DocumentInfo:
    described = reader.metadata or DocumentInformation()
    return DocumentInfo(
        id=hashlib.sha256(pdf).hexdigest()[:32],
        title=described.title or "",
        author=described.author or "",
        subject=described.subject or "",
        made_on=made_on.isoformat(),
    )


def load() -> None:
    """Loads what fontTools and pypdf import when they need it, for a child that can open no file."""
    importlib.import_module("pypdf.filters")
    for quadratic in (False, True):
        font = FontCollector("Font", 1_000, quadratic).file()
        font_program(font, ProgramKind.OPENTYPE)
