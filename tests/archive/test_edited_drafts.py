"""Edited drafts by mail: what was brought, listed and answered is recorded once, and goes with its letter."""

from __future__ import annotations

from pathlib import Path

from archive import edited_drafts
from archive.database import Ledger
from archive.draft_files import edited_files_of_removed_drafts
from archive.edited_drafts import ShownEdit
from tests.support.ledger_rows import AT, BULLETIN, keep_letter
from tests.support.outboxes import letter_out, put
from values.draft_marks import DraftIdentity

DRAFT = DraftIdentity(BULLETIN, "running", 70, 1)


def test_the_last_reading_says_which_drafts_a_letter_brings(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        letter = keep_letter(writing, "a")
        edited_drafts.record_brought(writing, letter, [DRAFT, DRAFT])
        assert edited_drafts.brings_draft(writing, letter)
        edited_drafts.record_brought(writing, letter, [])
        assert not edited_drafts.brings_draft(writing, letter)
        assert edited_files_of_removed_drafts(writing, BULLETIN) == []


def test_an_answer_means_the_listing_that_it_answers(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as writing:
        brought, answer = keep_letter(writing, "a"), keep_letter(writing, "b")
        ids = []
        for name in ("1", "2"):
            out = letter_out(name)
            put(writing, tmp_path, out, AT)
            edited_drafts.record_shown(writing, out.message_id, brought, name * 32)
            ids.append(out.message_id)
        shown = edited_drafts.shown_in(writing, ["<other@x>", *ids])
        assert shown is not None
        assert (shown.letter, shown.digest) == (brought, "1" * 32)
        edited_drafts.record_edit_answer(writing, answer, shown)
        edited_drafts.record_edit_answer(writing, answer, ShownEdit(2, brought, "2" * 32))
        assert edited_drafts.shown_for(writing, answer) == shown
        edited_drafts.forget_edits(writing, brought)
        emptied = ShownEdit(shown.letter_out, brought, "")
        assert edited_drafts.shown_for(writing, answer) == edited_drafts.shown_in(writing, ids) == emptied
        edited_drafts.forget_edits(writing, answer)
        assert edited_drafts.shown_for(writing, answer) is None
