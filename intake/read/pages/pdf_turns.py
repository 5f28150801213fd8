"""PDFium is not made for several threads at once: within one process they take turns."""

from __future__ import annotations

from threading import Lock
from typing import Final

PDFIUM: Final = Lock()
"""Held while a document is open. Manuscripts are read in processes of their own, which need no turns."""
