"""Answers by mail in the ledger: which is a copy of which, and what is left once it is completed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from archive import issue_changes
from archive.mailed_answers import (
    AnswerRecord,
    AnswerState,
    answer_of,
    complete_answer,
    record_answer,
    record_outcome,
    same_answer,
    unfinished_answers,
)
from tests.support.ledger_rows import AT, keep_letter
from tests.support.ledgers import empty_ledger
from values.issue import IssueNumber

ANSWER = AnswerRecord(0, 0, 1, "wang@x.example", "<1@x>", "a" * 64, "", True, AnswerState.RECORDED, "采用 1")


def test_a_copy_has_the_message_id_or_the_words_about_the_same_revision(tmp_path: Path) -> None:
    with empty_ledger(tmp_path / "ledger.sqlite3") as ledger, ledger.writing() as writing:
        first, second = keep_letter(writing, "first"), keep_letter(writing, "second")
        issue = issue_changes.begin_issue(writing, "wuxing", IssueNumber(70, "running", 2022), AT.date(), at=AT)
        recorded = replace(ANSWER, letter=first, issue=issue)
        assert record_answer(writing, recorded)
        assert not record_answer(writing, recorded)
        later = replace(recorded, letter=second)
        assert same_answer(writing, recorded) is None
        assert same_answer(writing, replace(later, message_id="<2@x>")) == first
        assert same_answer(writing, replace(later, text_sha256="b" * 64)) == first
        new = replace(later, message_id="", text_sha256="b" * 64)
        assert [same_answer(writing, new), same_answer(writing, replace(later, person="li@x.example"))] == [None, None]
        assert same_answer(writing, replace(later, revision=2, message_id="<2@x>")) is None


def test_what_is_completed_has_no_words(tmp_path: Path) -> None:
    with empty_ledger(tmp_path / "ledger.sqlite3") as ledger, ledger.writing() as writing:
        letter = keep_letter(writing, "first")
        issue = issue_changes.begin_issue(writing, "wuxing", IssueNumber(70, "running", 2022), AT.date(), at=AT)
        record_answer(writing, replace(ANSWER, letter=letter, issue=issue))
        record_outcome(writing, letter, "{}")
        assert [answer.state for answer in unfinished_answers(writing, "wuxing")] == [AnswerState.FOLLOWED]
        assert unfinished_answers(writing, "other") == []
        complete_answer(writing, letter)
        completed = answer_of(writing, letter)
        assert completed is not None
        assert (completed.state, completed.words, completed.outcome) == (AnswerState.COMPLETED, "", "")
        assert unfinished_answers(writing, "wuxing") == []
