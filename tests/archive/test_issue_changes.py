"""Issue numbers: reserved by a draft, final at sign-off, without gaps, never used twice."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from typing import Literal

import pytest
from sqlalchemy.exc import IntegrityError

from archive import article_changes, articles, issue_changes, issues
from archive.database import Ledger
from archive.issue_changes import NewIssueRevision
from archive.issues import IssueRecord
from archive.transaction import Transaction
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article
from values.draft import News
from values.errors import BadUsage
from values.issue import ArticleStatus, IssueNumber, IssueStatus

TUESDAY = date(2022, 11, 8)
Numbering = Literal["running", "yearly"]


def revise(
    writing: Transaction, issue_id: int, bulletin: str, number: IssueNumber, contents: tuple[int, ...], dated: date
) -> IssueRecord:
    revision = issue_changes.last_revision_of(writing, bulletin, number) + 1
    issue_changes.write_revision(
        writing,
        issue_id,
        NewIssueRevision(
            number=revision,
            dated=dated,
            contents=[(article_id, 1) for article_id in contents],
            path=f"issues/{bulletin}/{number.number}-r{revision}.docx",
            sha256=f"{revision:064}",
            news=News(),
        ),
        at=AT,
    )
    return next(found for found in issues.issues(writing) if found.id == issue_id)


def begin(
    ledger: Ledger,
    *contents: int,
    bulletin: str = BULLETIN,
    numbering: Numbering = "running",
    dated: date = TUESDAY,
    first_number: int = 70,
) -> IssueRecord:
    """A draft with the next number, in its first revision."""
    with ledger.writing() as writing:
        number = issue_changes.next_number(writing, bulletin, numbering, dated.year, first_number)
        issue_id = issue_changes.begin_issue(writing, bulletin, number, dated, at=AT)
        return revise(writing, issue_id, bulletin, number, contents, dated)


def sign_off(ledger: Ledger, issue: IssueRecord, who: str = "王编辑") -> IssueRecord:
    with ledger.writing() as writing:
        return issue_changes.sign_off(writing, issue, who=who, at=AT)


def discard(ledger: Ledger, issue: IssueRecord) -> IssueRecord:
    with ledger.writing() as writing:
        return issue_changes.discard(writing, issue, who="王编辑", at=AT)


def labels(ledger: Ledger) -> list[tuple[str, str]]:
    with ledger.reading() as reading:
        return [(found.number.label, found.status.value) for found in issues.issues(reading)]


def test_running_numbers_begin_with_the_first_and_go_on_over_the_years(ledger: Ledger) -> None:
    for dated in (TUESDAY, date(2022, 12, 30), date(2023, 1, 6)):
        sign_off(ledger, begin(ledger, dated=dated))
    assert labels(ledger) == [("第70期", "signed_off"), ("第71期", "signed_off"), ("第72期", "signed_off")]


def test_yearly_numbers_begin_with_the_first_number_only_in_the_first_year(ledger: Ledger) -> None:
    for dated in (date(2022, 12, 23), date(2022, 12, 30), date(2023, 1, 6), date(2023, 1, 13)):
        sign_off(ledger, begin(ledger, numbering="yearly", first_number=12, dated=dated))
    assert [label for label, _ in labels(ledger)] == ["2022年第12期", "2022年第13期", "2023年第1期", "2023年第2期"]


@pytest.mark.parametrize("numbering", ["running", "yearly"])
def test_discarded_draft_frees_its_number(ledger: Ledger, numbering: Numbering) -> None:
    first = begin(ledger, numbering=numbering)
    assert discard(ledger, first).status is IssueStatus.DISCARDED
    second = begin(ledger, numbering=numbering)
    assert second.number == first.number
    sign_off(ledger, second)
    assert begin(ledger, numbering=numbering).number.number == first.number.number + 1


def test_signed_off_number_is_never_used_again(ledger: Ledger) -> None:
    sign_off(ledger, begin(ledger))
    with pytest.raises(IntegrityError, match=r"(?i)unique"), ledger.writing() as writing:
        issue_changes.begin_issue(writing, BULLETIN, IssueNumber(70, "running", 2023), TUESDAY, at=AT)
    assert labels(ledger) == [("第70期", "signed_off")]


def test_database_refuses_a_second_open_draft(ledger: Ledger) -> None:
    begin(ledger)
    with pytest.raises(IntegrityError, match=r"(?i)unique"), ledger.writing() as writing:
        issue_changes.begin_issue(writing, BULLETIN, IssueNumber(71, "running", 2022), TUESDAY, at=AT)
    assert labels(ledger) == [("第70期", "draft")]


def test_database_refuses_number_zero(ledger: Ledger) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)check"), ledger.writing() as writing:
        issue_changes.begin_issue(writing, BULLETIN, IssueNumber(0, "running", 2022), TUESDAY, at=AT)


def test_bulletins_number_for_themselves(ledger: Ledger) -> None:
    begin(ledger)
    sign_off(ledger, begin(ledger, bulletin="xinxi", first_number=5))
    begin(ledger, bulletin="xinxi", first_number=5)
    with ledger.reading() as reading:
        drafts = {bulletin: issues.open_draft(reading, bulletin) for bulletin in (BULLETIN, "xinxi", "other")}
    assert {bulletin: draft and draft.number.number for bulletin, draft in drafts.items()} == {
        BULLETIN: 70,
        "xinxi": 6,
        "other": None,
    }


def test_revision_replaces_contents_and_file(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        first, second, third = (add_article(writing, new_article(name)) for name in "abc")
    draft = begin(ledger, first, second)
    assert (draft.articles, draft.files) == (((first, 1), (second, 1)), ("issues/wuxing/70-r1.docx",))
    with ledger.writing() as writing:
        draft = revise(writing, draft.id, BULLETIN, draft.number, (third, second), date(2022, 11, 15))
        placed = {found.id: found.issue for found in articles.articles(writing)}
    assert draft.articles == ((third, 1), (second, 1))
    assert (draft.revision, draft.files, draft.dated) == (2, ("issues/wuxing/70-r2.docx",), date(2022, 11, 15))
    assert placed == {first: None, second: 70, third: 70}


def test_no_file_name_is_used_twice_under_a_number(ledger: Ledger) -> None:
    first = begin(ledger)
    discard(ledger, first)
    assert begin(ledger).files == ("issues/wuxing/70-r2.docx",)


def test_sign_off_publishes_exactly_the_articles_in_the_issue(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        first, second, late = (add_article(writing, new_article(name)) for name in "abc")
    signed = sign_off(ledger, begin(ledger, first, second))
    assert (signed.status, signed.decided_by, signed.decided_at) == (IssueStatus.SIGNED_OFF, "王编辑", AT)
    with ledger.reading() as reading:
        found = {article.id: (article.status, article.issue) for article in articles.articles(reading)}
    published = ArticleStatus.PUBLISHED
    assert found == {first: (published, 70), second: (published, 70), late: (ArticleStatus.DRAFT, None)}


def test_second_sign_off_says_who_signed_and_when(ledger: Ledger) -> None:
    draft = begin(ledger)
    sign_off(ledger, draft, "王编辑")
    in_shanghai = AT.astimezone(timezone(timedelta(hours=8)))
    with (
        pytest.raises(BadUsage, match="第70期已于 2022-11-08 16:00 由 王编辑 签发，不能再改"),
        ledger.writing() as writing,
    ):
        issue_changes.sign_off(writing, draft, who="李编辑", at=in_shanghai)
    with pytest.raises(BadUsage, match="由 王编辑 签发，不能再改"):
        discard(ledger, draft)
    with ledger.reading() as reading:
        assert [found.decided_by for found in issues.issues(reading)] == ["王编辑"]


def test_discarded_draft_is_not_signed_off(ledger: Ledger) -> None:
    draft = begin(ledger)
    discard(ledger, draft)
    with pytest.raises(BadUsage, match="由 王编辑 作废，不能再改"):
        sign_off(ledger, draft)


def test_discarding_frees_the_articles(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("a"))
    discard(ledger, begin(ledger, article_id))
    with ledger.reading() as reading:
        (found,) = articles.articles_for_issue(reading, BULLETIN)
    assert (found.id, found.status, found.issue) == (article_id, ArticleStatus.DRAFT, None)


def test_issue_with_an_article_decided_against_is_not_signed_off(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        kept, refused = (add_article(writing, new_article(name)) for name in "ab")
    draft = begin(ledger, kept, refused)
    with ledger.writing() as writing:
        article_changes.change_status(
            writing, articles.article_named(writing, refused), ArticleStatus.REJECTED, who="王编辑", note="", at=AT
        )
    with pytest.raises(BadUsage, match="《b》已改为退稿，但还在送审稿里。请先重新生成送审稿"):
        sign_off(ledger, draft)
    assert labels(ledger) == [("第70期", "draft")]
    with ledger.reading() as reading:
        assert articles.article_named(reading, kept).status is ArticleStatus.DRAFT


def test_number_names_the_issue_that_lives(ledger: Ledger) -> None:
    discard(ledger, begin(ledger))
    second = begin(ledger)
    with ledger.reading() as reading:
        assert issues.issue_numbered(reading, BULLETIN, 70) == second
    discard(ledger, second)
    with ledger.reading() as reading:
        assert issues.issue_numbered(reading, BULLETIN, 70).id == second.id


def test_yearly_number_names_the_latest_year(ledger: Ledger) -> None:
    sign_off(ledger, begin(ledger, numbering="yearly", first_number=1))
    later = begin(ledger, numbering="yearly", dated=date(2023, 1, 6))
    with ledger.reading() as reading:
        assert issues.issue_numbered(reading, BULLETIN, 1) == later
    assert discard(ledger, later).number.label == "2023年第1期"


def test_unknown_number_is_reported(ledger: Ledger) -> None:
    begin(ledger)
    with ledger.reading() as reading:
        for bulletin, number in ((BULLETIN, 71), ("xinxi", 70)):
            with pytest.raises(BadUsage, match=f"没有第 {number} 期（刊物 {bulletin}）。用 issues 命令"):
                issues.issue_numbered(reading, bulletin, number)
