"""Reading a PDF through PDFium. Importing this module loads PDFium, so that it is imported only where there is a PDF.

Nothing in the file is run or opened: scripts, attachments, forms and annotations are only counted.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any, Final

from pypdfium2 import raw

from intake.read.containers.refusals import PASSWORD
from intake.read.pages.layout import PageLimits, read_pages
from intake.read.pages.page import FixedPage
from intake.read.pages.pdf_page import page_of
from intake.read.pages.pdf_pictures import PictureTaker
from intake.read.pages.refusals import BROKEN, TOO_COMPLEX, too_long, too_many_pages
from intake.read.source import Omission, SourceDocument
from programs.pdfium import UnreadablePdf, opened
from values import rules
from values.errors import UnreadableManuscript

_SCRIPT: Final = re.compile(rb"/(?:JavaScript|JS)\b")
_QUIET: Final = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP})
"""Annotations without content of their own."""
_MOST_ANNOTATIONS: Final = 1_000
_LONGEST_ANNOTATION: Final = 4_096
"""UTF-16 units of an annotation's words that are looked at; a marking is shorter."""


def read_pdf(data: bytes, limits: PageLimits = PageLimits()) -> SourceDocument:  # noqa: B008 - a frozen value
    """The document that the pages of a PDF (ISO 32000) show.

    Raises UnreadableManuscript when the file is damaged, has a password, has no text, or exceeds a limit.
    """
    try:
        with opened(data) as document:
            if len(document) > limits.pages:
                raise UnreadableManuscript(too_many_pages(len(document), limits.pages))
            pages = tuple(_pages(document, limits))
            omissions = tuple(_file_omissions(document, data))
    except UnreadablePdf as error:
        raise UnreadableManuscript(PASSWORD if error.locked else BROKEN) from error
    return read_pages(pages, limits, "PDF", omissions)


def pdf_lines(data: bytes, limits: PageLimits = PageLimits()) -> list[list[str]]:  # noqa: B008 - a frozen value
    """The lines of each page as PDFium orders them, shown or not, and the words of annotations.

    Raises UnreadableManuscript when the file is damaged or has a password.
    """
    pages: list[list[str]] = []
    try:
        with opened(data) as document:
            left = 2 * limits.characters
            for at in range(min(len(document), limits.pages)):
                with contextlib.closing(document[at]) as page, contextlib.closing(page.get_textpage()) as text:
                    count = min(text.count_chars(), left)
                    left -= count
                    words = text.get_text_range(0, count) if count else ""
                pages.append([*words.splitlines(), *_annotated(document, at)])
    except UnreadablePdf as error:
        raise UnreadableManuscript(PASSWORD if error.locked else BROKEN) from error
    return pages


def _annotated(document: Any, at: int) -> Iterator[str]:
    """The lines that the annotations of a page say (ISO 32000-1 12.5.2, Contents)."""
    with contextlib.closing(document[at]) as page:
        for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
            annotation = raw.FPDFPage_GetAnnot(page, index)
            if annotation:
                buffer = (raw.FPDF_WCHAR * _LONGEST_ANNOTATION)()
                octets = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, 2 * _LONGEST_ANNOTATION)
                raw.FPDFPage_CloseAnnot(annotation)
                if 2 < octets <= 2 * _LONGEST_ANNOTATION:
                    yield from bytes(buffer)[: octets - 2].decode("utf-16-le", "replace").splitlines()


def _pages(document: Any, limits: PageLimits) -> Iterator[FixedPage]:
    taker = PictureTaker(limits.pixels)
    characters = 0
    for at in range(len(document)):
        with contextlib.closing(document[at]) as page, contextlib.closing(page.get_textpage()) as text:
            characters += text.count_chars()
            if characters > 2 * limits.characters:  # PDFium adds some between words and lines
                raise UnreadableManuscript(too_long(limits.characters))
            read = page_of(page, text, limits.objects, taker)
        if read is None:
            raise UnreadableManuscript(TOO_COMPLEX)
        yield read


def _file_omissions(document: Any, data: bytes) -> Iterator[Omission]:
    if attached := document.count_attachments():
        yield Omission(rules.EMBEDDED_OBJECT, f"PDF 里夹有 {attached} 个附件，没有打开。")
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or _SCRIPT.search(data):
        yield Omission(rules.MACRO, "PDF 带有脚本（程序），没有运行，也不会进入简报。")
    if remarks := sum(_remarks(document, at) for at in range(len(document))):
        message = f"PDF 里有 {remarks} 处批注、图章或表单，里面的内容没有收入。"
        yield Omission(rules.ANNOTATION, message)


def _remarks(document: Any, at: int) -> int:
    """How many annotations of a page show something."""
    count = 0
    with contextlib.closing(document[at]) as page:
        for index in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, index)
            if annotation:
                count += raw.FPDFAnnot_GetSubtype(annotation) not in _QUIET
                raw.FPDFPage_CloseAnnot(annotation)
    return count
