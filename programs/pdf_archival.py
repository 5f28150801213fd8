"""The PDF of a signed-off issue: PDF/A-2b (ISO 19005-2) with tags, outline, title, language (docs/decisions/0136)."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pypdfium2 import raw

from programs.libreoffice import ConversionLimits
from programs.pdf import PdfFailure, PdfNotMade, pdf_of
from programs.pdfium import UnreadablePdf, opened
from values.stopping import never

_LANGUAGE: Final = "zh-CN"


def archival_pdf_of(
    docx: bytes, soffice: Path | None, limits: ConversionLimits, stopping: Callable[[], bool] = never
) -> bytes:
    """Lays the document out as `programs.pdf.pdf_of` does, for the archive and for readers who hear it. Raises as that
    does."""
    try:
        return with_language(pdf_of(docx, soffice, limits, stopping, archival=True))
    except UnreadablePdf as error:
        raise PdfNotMade(PdfFailure.NOT_LAID_OUT, "LibreOffice 做出的 PDF 打不开。") from error


def with_language(pdf: bytes) -> bytes:
    """The PDF with Chinese as the language of the document (ISO 32000-1, 14.9.2). Raises UnreadablePdf.

    LibreOffice (7.4) writes that of Latin words there, by which a screen reader would spell the Chinese. To change it
    in the .docx would move line ends, which depend on it. The change is appended; the bytes before it stay as they are.
    """
    with opened(pdf) as document:
        language = ctypes.create_string_buffer(f"{_LANGUAGE}\0".encode("utf-16-le"))
        if not raw.FPDFCatalog_SetLanguage(document, ctypes.cast(language, raw.FPDF_WIDESTRING)):
            raise UnreadablePdf
        out = io.BytesIO()
        document.save(out, flags=raw.FPDF_INCREMENTAL)
    return out.getvalue()
