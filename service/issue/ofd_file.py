"""The OFD of a signed-off issue, beside its PDF (docs/decisions/0137)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import structlog

from archive.issues import IssueRecord
from programs.font_licences import forbidden_fonts
from programs.ofd_maker import OfdNotMade, make_ofd
from service.office import Office

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SignedOfd:
    """What a sign-off keeps of it."""

    data: bytes = b""
    """b"" where there is none."""
    note: dict[str, Any] | None = None
    """Of manifest.json: the pages that are pictures and why, or why there is no OFD; None where none is asked for."""


_NONE: Final = SignedOfd()


def ofd_of_issue(office: Office, issue: IssueRecord, pdf: bytes | None) -> SignedOfd:
    """The OFD of the PDF, where the bulletin has `ofd = true`. One that cannot be made holds up no sign-off."""
    bulletin = office.settings.bulletin(issue.bulletin)
    if pdf is None or bulletin is None or not bulletin.ofd:
        return _NONE
    try:
        made = make_ofd(pdf, issue.dated, forbidden_fonts(office.environ.get("PATH", "")))
    except OfdNotMade as error:
        _log.error("OFD not made", issue=issue.number.label, reason=str(error))
        return SignedOfd(note={"not_made": str(error)})
    pictured = [{"page": page.page, "why": [doubt.chinese for doubt in page.doubts]} for page in made.pictured]
    return SignedOfd(made.data, {"pages_as_pictures": pictured})
