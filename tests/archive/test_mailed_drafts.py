"""What was mailed of a draft, to whom, and the codes of those letters."""

from __future__ import annotations

from pathlib import Path

from archive import issue_changes
from archive.mailed_drafts import (
    AnswerCode,
    MailedArticle,
    MailedDraft,
    add_code,
    code_with,
    count_used,
    last_mailed_revision,
    mailed_draft_of,
    mailed_revision,
    record_mailed_draft,
    use_code,
)
from tests.support.ledger_rows import AT
from tests.support.ledgers import empty_ledger
from values.issue import ArticleStatus, IssueNumber

WANG = "wang@x.example"


def test_each_person_has_the_draft_as_it_was_mailed_last(tmp_path: Path) -> None:
    earlier = MailedDraft((MailedArticle(3, 1, ArticleStatus.DRAFT),), 7)
    later = MailedDraft((MailedArticle(3, 1, ArticleStatus.HELD),), 9)
    with empty_ledger(tmp_path / "ledger.sqlite3") as ledger, ledger.writing() as writing:
        issue = issue_changes.begin_issue(writing, "wuxing", IssueNumber(70, "running", 2022), AT.date(), at=AT)
        record_mailed_draft(writing, issue, 1, WANG, earlier)
        record_mailed_draft(writing, issue, 1, "li@x.example", earlier)
        record_mailed_draft(writing, issue, 1, WANG, later)
        assert mailed_draft_of(writing, issue, 1, WANG) == later
        assert mailed_draft_of(writing, issue, 1, "li@x.example") == earlier
        assert mailed_draft_of(writing, issue, 2, WANG) is None
        assert mailed_revision(writing, ["<nobody's@x>"]) is None
        record_mailed_draft(writing, issue, 4, WANG, earlier)
        assert [last_mailed_revision(writing, issue, number, WANG) for number in (0, 1, 3, 4)] == [None, 1, 1, 4]


def test_what_a_reply_has_reported_is_meant_as_it_is_now() -> None:
    mailed = MailedDraft((MailedArticle(3, 1, ArticleStatus.DRAFT), MailedArticle(4, 1, ArticleStatus.DRAFT)), 7)
    now = MailedArticle(4, 2, ArticleStatus.HELD, 9)
    assert mailed.with_reported([now], 0) == MailedDraft((mailed.articles[0], now), 7, 0)
    assert mailed.with_reported([], 8).with_reported([], 0).preparation_change == 8


def test_a_code_is_used_once(tmp_path: Path) -> None:
    with empty_ledger(tmp_path / "ledger.sqlite3") as ledger, ledger.writing() as writing:
        issue = issue_changes.begin_issue(writing, "wuxing", IssueNumber(70, "running", 2022), AT.date(), at=AT)
        code = AnswerCode(issue, 1, WANG, None)
        add_code(writing, "a" * 64, code)
        use_code(writing, "a" * 64, at=AT)
        add_code(writing, "a" * 64, code)  # a letter that is written again
        assert code_with(writing, "a" * 64) == AnswerCode(issue, 1, WANG, AT)
        assert [count_used(writing, issue, 1, person) for person in (WANG, "li@x.example")] == [1, 0]
        assert code_with(writing, "b" * 64) is None
