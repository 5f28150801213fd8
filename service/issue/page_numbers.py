"""The page numbers of the contents page, as LibreOffice lays the pages out (docs/decisions/0017).

That takes seconds, and the issue is made in a transaction. So a transaction that meets a layout whose pages nobody has
counted is given up with PagesUncounted; they are counted outside, and it is begun anew.
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
from service.health.fonts import absent_fonts
from service.office import Office
from values.errors import StorageFailed
from values.issue import Issue

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Counted:
    """The pages of the issue with this SHA-256, which shows no page numbers. pages: by bookmark; {} if unknown."""

    sha256: str
    pages: Mapping[str, int] = field(default_factory=dict)


UNCOUNTED: Final = Counted("")


class PagesUncounted(Exception):
    """The pages of this draft have to be counted first. Never leaves the service."""

    def __init__(self, docx: bytes) -> None:
        super().__init__()
        self.docx = docx


def count_pages(office: Office, docx: bytes) -> Counted:
    """Lays the draft out, in seconds. Call it outside a transaction."""
    from programs.pdf_destinations import destinations  # loads PDFium, which the rest of the service does without

    counted = _sha256(docx)
    if office.soffice is None:
        return Counted(counted)
    if absent := absent_fonts(docx, office.environ):
        _log.warning("pages are counted in other fonts than the template's", absent=absent)
    try:
        return Counted(counted, destinations(pdf_of(docx, office.soffice)))
    except (PdfNotMade, StorageFailed) as error:
        _log.warning("pages not counted", reason=str(error))
        return Counted(counted)


def pages_of(office: Office, issue: Issue, plain: bytes, counted: Counted | None) -> Mapping[str, int]:
    """On which page each article of the contents page begins, by bookmark; {} when that is not to be known.

    plain: the issue as it will be printed, without page numbers: cover note and comments of a draft move no page.
    counted: what was counted before, None to do without. Raises PagesUncounted.
    """
    if not listed(issue) or office.soffice is None or counted is None:
        return {}
    if counted.sha256 != _sha256(plain):
        raise PagesUncounted(plain)
    return counted.pages if set(map(bookmark, listed(issue))) <= counted.pages.keys() else {}


def pages_in_draft(office: Office, draft: IssueRecord) -> Mapping[str, int]:
    """What the draft's file shows. A file that is gone or spoilt shows nothing."""
    try:
        return pages_shown((office.data_dir / draft.draft).read_bytes())
    except (OSError, NotAPackage) as error:
        _log.info("page numbers of the draft not read", file=draft.draft, reason=str(error))
        return {}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
