"""An edited draft's changes as JSON."""

from __future__ import annotations

from archive import issues
from service.edited_draft.proposal import EditKind, Proposal, ProposedEdit, ProposedNote
from service.edited_draft.take_over import TakenOver
from service.issue.assemble import assemble
from service.office import Office
from service.shapes.edited_draft import proposal_row
from tests.support.offices import hand_in
from values.manuscript import Manuscript, Paragraph


def test_every_change_has_its_key_its_sentences_and_whether_it_was_taken(office: Office) -> None:
    hand_in(office, "甲")
    assemble(office, office.bulletin(None), office.now().date(), mailed_to=())
    with office.ledger.reading() as ledger:
        [draft] = issues.issues(ledger)
    before, after = (Manuscript(("甲",), None, (Paragraph("同。"), Paragraph(text))) for text in ("一。", "二。"))
    edit = ProposedEdit("1", EditKind.CHANGED, "甲", 1, before=before, after=after, conflict="已有第 2 稿")
    proposal = Proposal(draft, 1, (edit,), note=ProposedNote((), ("按语。",)))
    row = proposal_row(proposal, None)
    assert (row["choices"], row["picked"], row["taken"]) == (["1", "note"], ["note"], None)
    assert row["articles"][0]["sentences"] == [
        {"part": "paragraph", "change": "changed", "before": "一。", "after": "二。"}
    ]
    assert row["note"] == {"before": [], "after": ["按语。"], "conflict": ""}
    taken = TakenOver((), (), (), (), moved=False, note=True, dated=False)
    assert proposal_row(proposal, taken)["taken"] == "改了按语"
