"""What the people of the steps see of a draft."""

from __future__ import annotations

from service.approval.changed_since import changes_for
from service.approval.draft_state import state_of_open_draft
from service.approval.reviewed_draft import drafts_asking, reviewed_draft
from service.issue.drafted import drafted_issue
from service.office import Office
from tests.support.approvals import (
    FIRST,
    LAST,
    SECOND,
    draft_of,
    drafted,
    events_now,
    forward,
    retitle,
    reviewed,
)
from values.approval import ApprovalStage


def test_a_draft_is_seen_once_it_is_put_forward_and_only_by_people_of_the_steps(office: Office) -> None:
    bulletin, draft = office.bulletin(None), drafted(office)
    assert state_of_open_draft(office, bulletin) is ApprovalStage.DRAFTING
    assert state_of_open_draft(office, bulletin, supplement=True) is None
    assert reviewed_draft(office, bulletin, draft.id, FIRST) is None
    forward(office)
    assert reviewed_draft(office, bulletin, draft.id, "x@office.example") is None
    assert reviewed_draft(office, bulletin, 9, FIRST) is None
    for address in (FIRST, SECOND, LAST):
        view = reviewed_draft(office, bulletin, draft.id, address)
        assert view is not None
        assert (view.problem, view.since, view.changes) == ("", None, ())
        assert [article.title for section in view.paper.sections for article in section.articles] == [("甲",), ("乙",)]
        assert view.way.title_of(9) == "稿件 9"
    assert [record.id for _, record, _ in drafts_asking(office, FIRST)] == [draft.id]
    assert drafts_asking(office, LAST) == drafts_asking(office, "") == ()


def test_changes_are_those_since_the_persons_own_last_decision(office: Office) -> None:
    forward(office)
    reviewed(office, SECOND)
    retitle(office, 1, "甲改")
    drafted(office)
    forward(office)
    with office.ledger.reading() as ledger:
        now = drafted_issue(ledger, office.bulletin(None), draft_of(office))
        assert changes_for(ledger, now, events_now(office), FIRST) is None
        changed = changes_for(ledger, now, events_now(office), SECOND)
    assert changed is not None
    assert (changed.since.person, changed.changes.lines) == (SECOND, ("改动《甲改》：第 1 稿改为第 2 稿",))
    view = reviewed_draft(office, office.bulletin(None), draft_of(office).id, SECOND)
    assert view is not None
    assert [(text.title, len(text.rows)) for text in view.texts] == [("甲改", 1)]
