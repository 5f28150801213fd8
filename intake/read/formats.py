"""Which reader a manuscript needs, by the bytes of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from intake.parse.manuscript_format import ManuscriptFormat
from intake.parse.message import Part
from intake.read.docx.flat_opc import docx_of, is_flat_opc
from intake.read.docx.package import OpenedPackages, is_docx
from intake.read.docx.reader import read_docx
from intake.read.legacy.formats import is_legacy, read_legacy
from intake.read.pages.ofd import is_ofd, read_ofd
from intake.read.plain_text import is_plain_text, read_plain_text
from intake.read.source import SourceDocument
from programs.conversion import Conversions

_BEFORE_PDF: Final = b"\xef\xbb\xbf \t\r\n\0"
"""Bytes that may precede the header of a PDF; readers accept them within the first kilobyte."""


def is_word(data: bytes, packages: OpenedPackages | None = None) -> bool:
    """Whether the bytes are a Word document that needs no conversion. packages: those of the letter."""
    return is_docx(data, packages) or is_flat_opc(data)


def is_fixed_layout(part: Part) -> bool:
    """Whether the part is a PDF or OFD, which have placed characters and no paragraphs."""
    return _is_pdf(part) or is_ofd(part.data)


def with_formats(parts: Iterable[Part], packages: OpenedPackages) -> tuple[Part, ...]:
    """The parts, each with its manuscript format. A part that could not be unpacked gets none."""
    return tuple(
        part if part.unopened else replace(part, manuscript_format=_recognised(part, packages)) for part in parts
    )


def _recognised(part: Part, packages: OpenedPackages) -> ManuscriptFormat:
    if is_fixed_layout(part):
        return ManuscriptFormat.FIXED_LAYOUT
    if is_word(part.data, packages):
        return ManuscriptFormat.WORD
    if is_legacy(part):
        return ManuscriptFormat.LEGACY
    return ManuscriptFormat.TEXT if is_plain_text(part) else ManuscriptFormat.NONE


def read_manuscript(part: Part, converted: Conversions, packages: OpenedPackages | None = None) -> SourceDocument:
    """The document of a manuscript, read by its format. Any other file is read as .docx, so that the error says what
    it is.

    converted: what LibreOffice made of files, by `key_of` their bytes. packages: those of the letter. Raises
    UnreadableManuscript.
    """
    form = next((form for form in _FORMATS if form.recognises(part)), None)
    return form.read(part, converted) if form else read_docx(part.data, converted=converted, packages=packages)


def is_pdf(data: bytes) -> bool:
    """Whether the bytes begin as a PDF does."""
    return data[:1_024].lstrip(_BEFORE_PDF).startswith(b"%PDF-")


def _is_pdf(part: Part) -> bool:
    return is_pdf(part.data)


def _read_pdf(part: Part, _: Conversions) -> SourceDocument:
    from intake.read.pages.pdf import read_pdf  # loads PDFium, which most letters do not need

    return read_pdf(part.data)


@dataclass(frozen=True, slots=True)
class _Format:
    """A format, and its reader."""

    recognises: Callable[[Part], bool]
    read: Callable[[Part, Conversions], SourceDocument]


_FORMATS: Final = (
    _Format(is_legacy, read_legacy),
    _Format(_is_pdf, _read_pdf),
    _Format(
        lambda part: is_flat_opc(part.data), lambda part, converted: read_docx(docx_of(part.data), converted=converted)
    ),
    _Format(is_plain_text, lambda part, *_: read_plain_text(part)),
    _Format(lambda part: is_ofd(part.data), lambda part, _: read_ofd(part.data)),
)
