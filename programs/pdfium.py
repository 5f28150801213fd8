"""Opening PDFs with PDFium. Loading it takes 10 MB: import this only where there is a PDF."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from threading import Lock
from typing import Final

import pypdfium2
from pypdfium2 import raw

_ONE_AT_A_TIME: Final = Lock()
"""PDFium is not made for several threads at once: within one process they take turns."""
_LOCKED: Final = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


class UnreadablePdf(Exception):
    """PDFium cannot open or draw the file. locked: because it wants a password."""

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__("locked" if locked else "damaged")
        self.locked = locked


@contextlib.contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, while the block runs; other threads wait for its end, so no block may open a second one.

    Raises UnreadablePdf when it cannot be opened, or when PDFium fails within the block.
    """
    with _ONE_AT_A_TIME:
        try:
            with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
                yield document
        except pypdfium2.PdfiumError as error:
            raise UnreadablePdf(locked=error.err_code in _LOCKED) from error
