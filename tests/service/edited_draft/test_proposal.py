"""What a proposal offers to pick, and what a person confirms with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from archive import issues
from service.edited_draft.proposal import EditKind, Proposal, ProposedEdit, ProposedNote, titles
from service.issue.assemble import assemble
from service.office import Office
from tests.support.offices import hand_in
from values.manuscript import Manuscript, Paragraph

BEFORE = Manuscript(("甲",), None, (Paragraph("一。"),))
AFTER = Manuscript(("甲",), None, (Paragraph("二。"),))
CHANGED = ProposedEdit("1", EditKind.CHANGED, "甲", 1, before=BEFORE, after=AFTER)
CONFLICT = ProposedEdit(
    "2", EditKind.CHANGED, "乙", 2, before=BEFORE, after=AFTER, current=AFTER, conflict="已有第 2 稿"
)
SAME = ProposedEdit("3", EditKind.SAME, "丙", 3, before=BEFORE, after=BEFORE)
HELD = ProposedEdit("4", EditKind.LEFT_OUT, "丁", 4, before=BEFORE)


@pytest.fixture
def nothing(office: Office) -> Proposal:
    hand_in(office, "甲")
    assemble(office, office.bulletin(None), office.now().date(), mailed_to=())
    with office.ledger.reading() as ledger:
        [draft] = issues.issues(ledger)
    return Proposal(draft, 1, ())


def test_all_but_conflicts_is_picked(nothing: Proposal) -> None:
    made = replace(
        nothing,
        edits=(CHANGED, CONFLICT, SAME, HELD),
        moved=True,
        note=ProposedNote((), ("按语。",), "按语已改过"),
        dated=date(2022, 11, 10),
    )
    assert made.choices == ("1", "2", "4", "order", "note", "date")
    assert made.picked == {"1", "4", "order", "date"}
    assert (made.is_empty, titles(made.changed)) == (False, "《甲》、《乙》、《丁》")


def test_nothing_to_write_is_empty_though_something_is_said(nothing: Proposal) -> None:
    made = replace(nothing, edits=(replace(SAME, notices=("改动的颜色没有保留",)),))
    assert (made.is_empty, made.choices, len(made.changed)) == (True, (), 1)


def test_digest_is_of_what_is_shown(nothing: Proposal) -> None:
    one_edit = replace(nothing, edits=(CHANGED,))
    assert one_edit.digest == replace(nothing, edits=(replace(CHANGED),)).digest
    assert one_edit.digest != replace(one_edit, edits=(replace(CHANGED, version=2),)).digest


def test_rows_show_both_what_was_edited_and_what_was_changed_since() -> None:
    assert [row.change for row in CONFLICT.rows] == ["equal", "changed"]
    assert [row.change for row in CONFLICT.rows_since] == ["equal", "changed"]
    assert (HELD.rows, CHANGED.rows_since) == ((), ())
