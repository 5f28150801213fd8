"""Changes of articles: every decision is recorded, and confirming settles the letters that waited."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from archive import article_changes, articles, letters, revisions
from archive.database import Ledger
from archive.revisions import NewArticle
from archive.schema import decision
from tests.support.ledger_rows import AT, BULLETIN, add_article, keep_letter, new_article
from values.errors import BadUsage
from values.issue import ArticleStatus
from values.letter import Verdict


def decisions(ledger: Ledger) -> list[tuple[int, str, str, str, str]]:
    with ledger.reading() as reading:
        rows = reading.sql.execute(select(decision).order_by(decision.c.id)).mappings().all()
    assert all(row["decided_at"] == AT for row in rows)
    return [(row["article_id"], row["before"], row["after"], row["who"], row["note"]) for row in rows]


def change(ledger: Ledger, article_id: int, to: ArticleStatus, note: str = "") -> articles.ArticleRecord:
    with ledger.writing() as writing:
        return article_changes.change_status(
            writing, articles.article_named(writing, article_id), to, who="王编辑", note=note, at=AT
        )


BY_HAND = [status for status in ArticleStatus if status is not ArticleStatus.PUBLISHED]


@pytest.mark.parametrize("before", BY_HAND)
@pytest.mark.parametrize("after", BY_HAND)
def test_editor_may_change_any_status_to_any_other(ledger: Ledger, before: ArticleStatus, after: ArticleStatus) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("投稿"))
    change(ledger, article_id, before, "先这样")
    assert change(ledger, article_id, after, "“再想想”").status is after
    assert decisions(ledger) == [
        (article_id, "draft", before.value, "王编辑", "先这样"),
        (article_id, before.value, after.value, "王编辑", "“再想想”"),
    ]


@pytest.mark.parametrize("before", BY_HAND)
def test_published_is_not_given_by_hand(ledger: Ledger, before: ArticleStatus) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("投稿"))
    change(ledger, article_id, before)
    with pytest.raises(BadUsage, match="“已刊发”由签发产生，不能手工设定。请用 sign-off"):
        change(ledger, article_id, ArticleStatus.PUBLISHED)
    with ledger.reading() as reading:
        assert articles.article_named(reading, article_id).status is before
    assert len(decisions(ledger)) == 1


@pytest.mark.parametrize("to", list(ArticleStatus))
def test_published_article_stays_published(ledger: Ledger, to: ArticleStatus) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("投稿"))
        article_changes.mark_published(writing, article_id, who="王编辑", note="第70期签发", at=AT)
    with pytest.raises(BadUsage, match=f"稿件 {article_id} 已在.*刊发，不能再改状态"):
        change(ledger, article_id, to)
    assert decisions(ledger) == [(article_id, "draft", "published", "王编辑", "第70期签发")]


@pytest.mark.parametrize("status", [ArticleStatus.HELD, ArticleStatus.RETURNED, ArticleStatus.REJECTED])
def test_article_decided_against_is_not_published(ledger: Ledger, status: ArticleStatus) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("投稿"))
    change(ledger, article_id, status)
    with (
        pytest.raises(BadUsage, match=f"《投稿》已改为{status.chinese}，但还在送审稿里。请先重新生成送审稿"),
        ledger.writing() as writing,
    ):
        article_changes.mark_published(writing, article_id, who="王编辑", note="", at=AT)
    with ledger.reading() as reading:
        assert articles.article_named(reading, article_id).status is status


def wait_for_confirmation(ledger: Ledger, new: NewArticle) -> tuple[int, Callable[[], tuple[Verdict, str]]]:
    """An article whose letter waits for a person; and what is said of that letter."""
    with ledger.writing() as writing:
        letter_id = keep_letter(writing, "from a stranger")
        article_id = revisions.add_article(writing, letter_id, new, at=AT)
        letters.settle(writing, letter_id, Verdict.UNCONFIRMED, "等待确认来源", at=AT, articles=[article_id])

    def said() -> tuple[Verdict, str]:
        with ledger.reading() as reading:
            found = {letter.id: letter for letter in letters.letters(reading)}[letter_id]
            return found.verdict, found.reason

    return article_id, said


def test_unconfirmed_article_waits_and_confirming_lets_it_in(ledger: Ledger) -> None:
    article_id, said = wait_for_confirmation(ledger, new_article("投稿", confirmed=False, department=None))
    with ledger.writing() as writing:
        assert articles.articles_for_issue(writing, BULLETIN) == []
        article_changes.confirm(writing, article_id, "区民政局", Verdict.DUPLICATE, "后由区民政局确认", at=AT)
        (found,) = articles.articles_for_issue(writing, BULLETIN)
    assert (found.id, found.department, found.confirmed) == (article_id, "区民政局", True)
    assert said() == (Verdict.DUPLICATE, "后由区民政局确认")


def test_confirming_leaves_letters_that_do_not_wait(ledger: Ledger) -> None:
    article_id, said = wait_for_confirmation(ledger, new_article("投稿", confirmed=False))
    with ledger.writing() as writing:
        other = keep_letter(writing, "settled before")
        letters.settle(writing, other, Verdict.DUPLICATE, "早已处理", at=AT, articles=[article_id])
        article_changes.confirm(writing, article_id, "区民政局", Verdict.ARTICLE, "已确认", at=AT)
        found = {letter.id: letter.reason for letter in letters.letters(writing)}
    assert found[other] == "早已处理"
    assert said() == (Verdict.ARTICLE, "已确认")


def test_adopting_an_unconfirmed_article_confirms_it(ledger: Ledger) -> None:
    article_id, said = wait_for_confirmation(ledger, new_article("投稿", confirmed=False, department=None))
    assert change(ledger, article_id, ArticleStatus.ADOPTED).confirmed
    assert said() == (Verdict.ARTICLE, f"来源已由编辑确认（王编辑），稿件 {article_id}")


def test_other_decisions_leave_an_unconfirmed_article_unconfirmed(ledger: Ledger) -> None:
    article_id, said = wait_for_confirmation(ledger, new_article("投稿", confirmed=False))
    for status in (ArticleStatus.HELD, ArticleStatus.REJECTED, ArticleStatus.DRAFT):
        assert not change(ledger, article_id, status).confirmed
    assert said() == (Verdict.UNCONFIRMED, "等待确认来源")
