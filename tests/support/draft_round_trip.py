"""Takes an edited draft back into an office, assembles, and compares what both files say."""

from __future__ import annotations

from dataclasses import dataclass

from intake.edited_draft import edited_file_of
from intake.edited_file import EditedFile
from intake.pool import ReadingPool
from service.edited_draft.kept_file import kept_file
from service.edited_draft.proposal import Proposal
from service.edited_draft.read import proposal_of, read_file
from service.edited_draft.take_over import TakenOver, take_over
from service.issue.assemble import assemble
from service.office import Office
from tests.support.draft_office import EDITOR, draft_bytes
from tests.support.draft_trials import Projected, shown_in


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """What became of one edited file."""

    proposal: Proposal
    taken: TakenOver
    wanted: Projected
    """What the edited file says."""
    printed: Projected
    """What the draft says that was made after it."""


def taken_back(office: Office, pool: ReadingPool, data: bytes) -> RoundTrip:
    bulletin = office.bulletin(None)
    sent = edited_file_of(draft_bytes(office), "sent.docx", {})
    tail = sent.blocks[-1:]
    file = read_file(office, pool, "送审稿.docx", data)
    proposal = proposal_of(office, pool, bulletin, file)
    taken = take_over(office, bulletin, proposal, kept_file(bulletin, proposal, "送审稿.docx", data), EDITOR)
    assemble(office, bulletin, office.now().date(), mailed_to=())
    made: EditedFile = edited_file_of(draft_bytes(office), "made.docx", {})
    return RoundTrip(proposal, taken, shown_in(file, tail), shown_in(made, tail))
