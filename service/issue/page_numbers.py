"""The page numbers of the contents page, as LibreOffice lays the pages out (docs/decisions/0017).

That takes seconds, and the issue is made in a transaction. So a transaction that needs the pages of a layout which
is not counted yet is rolled back with PagesUncounted; they are counted outside, and the transaction is repeated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import structlog

from archive.issues import IssueRecord
from assembler.contents import bookmark, listed, pages_shown
from assembler.package import NotAPackage
from programs.pdf import PdfNotMade, pdf_of
from service.health.fonts import replaced_fonts
from service.office import Office
from values.errors import StorageFailed
from values.issue import Issue

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Counted:
    """The pages of an issue."""

    sha256: str
    """Of the .docx as it will be printed, without page numbers."""
    pages: Mapping[str, int] = field(default_factory=dict)
    """By bookmark; {} where they could not be counted."""


UNCOUNTED: Final = Counted("")


class PagesUncounted(Exception):
    """The pages of this draft have to be counted first. `assemble` catches it."""

    def __init__(self, docx: bytes) -> None:
        super().__init__()
        self.docx = docx


def count_pages(office: Office, docx: bytes) -> Counted:
    """Lays the draft out with LibreOffice and counts; takes seconds. To be called outside a transaction. Raises
    Stopped: without its page numbers the draft is not to be made."""
    from programs.pdf_destinations import destinations  # loads PDFium, which the rest of the service does without

    counted = _sha256(docx)
    if office.soffice is None:
        return Counted(counted)
    if replaced := replaced_fonts(docx, office.environ):
        absent = tuple(font.family for font in replaced)
        _log.warning("pages are counted in other fonts than the template's", absent=absent)
    try:
        return Counted(counted, destinations(pdf_of(docx, office.soffice, stopping=office.stopping)))
    except (PdfNotMade, StorageFailed) as error:
        _log.warning("pages not counted", reason=str(error))
        return Counted(counted)


def pages_of(office: Office, issue: Issue, plain: bytes, counted: Counted | None) -> Mapping[str, int]:
    """The page on which each article of the contents page begins, by bookmark, and that of the 版记; {} if they cannot
    be counted, and where the issue needs none.

    plain: the issue as it will be printed, without page numbers: cover note and comments of a draft move no page.
    counted: what was counted before; None: no page numbers. Raises PagesUncounted when that is another layout.
    """
    if not (listed(issue) or issue.imprint.double_sided) or office.soffice is None or counted is None:
        return {}
    if counted.sha256 != _sha256(plain):
        raise PagesUncounted(plain)
    return counted.pages if set(map(bookmark, listed(issue))) <= counted.pages.keys() else {}


def pages_in_draft(office: Office, draft: IssueRecord) -> Mapping[str, int]:
    """The page numbers in the draft's file, by bookmark; {} for a file that is missing or damaged."""
    try:
        return pages_shown((office.data_dir / draft.draft).read_bytes())
    except (OSError, NotAPackage) as error:
        _log.info("page numbers of the draft not read", file=draft.draft, reason=str(error))
        return {}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
