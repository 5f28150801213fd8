"""The first pages of signed-off issues as small pictures, for the list of past issues."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

from service.issue.past_issues import file_of
from service.office import Office
from settings.model import BulletinSettings

WIDTH: Final = 240
"""Pixels across: sharp at the 120 CSS pixels of the list on a screen with two pixels to each; some 10 kB of WebP."""
_MOST_KEPT: Final = 300
"""Two years of four bulletins that appear weekly: 3 MB."""


class FirstPages:
    """Draws each picture once, and keeps the latest in memory by the hash of its PDF.

    Nothing is written: where the PDF goes, no picture is left behind, and a backup has none.
    """

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._lock = Lock()
        self._pictures: OrderedDict[str, bytes] = OrderedDict()

    def picture(self, office: Office, bulletin: BulletinSettings, issue_id: int) -> bytes | None:
        """The first page as WebP; None for an issue that is not signed off or without a readable PDF.

        The PDF is read and checked each time, so that no picture outlives it. Raises StorageFailed when it is missing,
        FileAltered.
        """
        file = file_of(office, bulletin, issue_id, "pdf")
        if file is None:
            return None
        with self._lock:
            picture = self._pictures.get(file.sha256)
        return picture or self._drawn(file.sha256, file.data)

    def _drawn(self, sha256: str, pdf: bytes) -> bytes | None:
        # Both load PDFium, which most of the service does without.
        from programs.pdf_pages import page_as_webp
        from programs.pdfium import UnreadablePdf

        try:
            picture = page_as_webp(pdf, 1, WIDTH)
        except UnreadablePdf:
            return None
        with self._lock:
            self._pictures[sha256] = picture
            while len(self._pictures) > self._most:
                self._pictures.popitem(last=False)
        return picture
