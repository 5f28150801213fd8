"""Which files of drafts go together with a letter."""

from __future__ import annotations

from datetime import datetime, timedelta

from archive import article_changes, articles, revisions
from archive.database import Ledger
from archive.issue_changes import NewIssueRevision, begin_issue, discard, sign_off, write_revision
from archive.issues import issue_with_id
from archive.removed_drafts import articles_in_unfinished_issues, drafts_with_texts_of, remove_drafts, removed_paths
from archive.transaction import Transaction
from tests.support.ledger_rows import AT, BULLETIN, keep_letter, new_article
from values.draft import News
from values.issue import ArticleStatus, IssueNumber


def hour(number: int) -> datetime:
    return AT + timedelta(hours=number)


def draft(ledger: Transaction, issue: int, number: int, contents: list[tuple[int, int]], at: datetime) -> int:
    new = NewIssueRevision(number, AT.date(), contents, f"issues/{issue}-r{number}.docx", "a" * 64, News())
    return write_revision(ledger, issue, new, at=at)


def test_drafts_from_the_first_text_to_the_one_after_the_decision_but_for_the_current_one(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        other = revisions.add_article(writing, keep_letter(writing, "b"), new_article("乙"), at=hour(0))
        issue = begin_issue(writing, BULLETIN, IssueNumber(70, "running", 2022), AT.date(), at=hour(0))
        draft(writing, issue, 1, [(other, 1)], hour(1))
        letter = keep_letter(writing, "a")
        article = revisions.add_article(writing, letter, new_article("甲"), at=hour(2))
        with_text = draft(writing, issue, 2, [(article, 1), (other, 1)], hour(3))
        assert drafts_with_texts_of(writing, letter, hour(9)) == []
        assert drafts_with_texts_of(writing, letter, hour(9), with_open=True) == [with_text]
        assert articles_in_unfinished_issues(writing, [article, other]) == sorted([article, other])
        record = articles.article_named(writing, article)
        article_changes.change_status(writing, record, ArticleStatus.REJECTED, who="王", note="", at=hour(4))
        names_it = draft(writing, issue, 3, [(other, 1)], hour(5))
        draft(writing, issue, 4, [(other, 1)], hour(6))
        draft(writing, issue, 5, [(other, 1)], hour(7))
        assert drafts_with_texts_of(writing, letter, hour(9)) == [with_text, names_it]
        assert articles_in_unfinished_issues(writing, [article]) == []
        remove_drafts(writing, [with_text, names_it], at=hour(9))
        assert removed_paths(writing) == ["issues/1-r2.docx", "issues/1-r3.docx"]
        assert drafts_with_texts_of(writing, letter, hour(9)) == []


def test_the_printed_draft_stays_and_a_discarded_one_goes(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        letter = keep_letter(writing, "a")
        article = revisions.add_article(writing, letter, new_article("甲"), at=hour(0))
        thrown = begin_issue(writing, BULLETIN, IssueNumber(70, "running", 2022), AT.date(), at=hour(1))
        gone = draft(writing, thrown, 1, [(article, 1)], hour(1))
        discard(writing, issue_with_id(writing, thrown), who="王", at=hour(2))
        issue = begin_issue(writing, BULLETIN, IssueNumber(70, "running", 2022), AT.date(), at=hour(3))
        draft(writing, issue, 2, [(article, 1)], hour(3))
        sign_off(writing, issue_with_id(writing, issue), who="王", at=hour(4))
        assert articles_in_unfinished_issues(writing, [article]) == [article]  # its files are not made yet
        assert drafts_with_texts_of(writing, letter, hour(9), with_open=True) == [gone]
        remove_drafts(writing, [gone], at=hour(9))
        assert issue_with_id(writing, thrown).draft == ""
        assert issue_with_id(writing, issue).draft != ""


def test_a_letter_without_a_text_is_in_no_draft(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        assert drafts_with_texts_of(writing, keep_letter(writing, "a"), AT) == []
