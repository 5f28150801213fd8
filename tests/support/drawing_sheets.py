"""Sheets that a document asks to have drawn, and what it reports as omitted."""

from __future__ import annotations

import io
import zipfile

from intake.read.docx.reader import read_docx
from intake.read.source import SourceDocument


def members(document: SourceDocument) -> dict[str, bytes]:
    """The parts of the document's only sheet."""
    (sheet,) = document.undrawn
    assert sheet.target == "pdf"
    with zipfile.ZipFile(io.BytesIO(sheet.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def omitted(document: SourceDocument) -> dict[str, str]:
    return {omission.rule.name: omission.message for omission in document.omissions}


def with_pdf(data: bytes, pdf: bytes) -> SourceDocument:
    """The document read again, `pdf` being what LibreOffice made of its only sheet."""
    (sheet,) = read_docx(data).undrawn
    return read_docx(data, converted={sheet.key: pdf})
