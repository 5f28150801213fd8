"""Which texts nobody has seen since a letter changed them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert

from archive import articles, revisions
from archive.revisions import NewEdit
from archive.schema import account
from archive.viewings import record_viewing
from service.article.joint_adoption import MergeRequest, merge_articles
from service.issue.unseen import UnseenText, unseen_texts
from service.office import Office
from tests.support.ledger_rows import AT, new_article
from tests.support.offices import hand_in
from values.rules import CORRECTION_UNVERIFIED


def unseen(office: Office) -> list[UnseenText]:
    with office.ledger.reading() as ledger:
        return list(unseen_texts(ledger, articles.articles(ledger)))


def unseen_in_issue(office: Office, article_id: int) -> list[UnseenText]:
    """Of an issue that has this article alone."""
    with office.ledger.reading() as ledger:
        return list(unseen_texts(ledger, [articles.article_named(ledger, article_id)]))


def correct(office: Office, article_id: int) -> None:
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        revisions.add_revision(ledger, record, 1, new_article(f"更正 {record.revision}"), at=AT)


def edit(office: Office, article_id: int) -> None:
    """As a title is changed in the list of the issue, without the article being opened."""
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        revisions.add_edit(ledger, record, NewEdit(record.manuscript, (), "0" * 64, "王编辑"), at=AT)


def look(office: Office, article_id: int, revision: int) -> None:
    with office.ledger.writing() as ledger:
        row = {"name": f"reader {revision}", "display_name": "", "role": "editor", "made_at": AT}
        person = ledger.sql.execute(insert(account).values(**row).returning(account.c.id)).scalar_one()
        record_viewing(ledger, person, article_id, revision, at=AT)


def test_first_texts_are_shown_by_the_draft(office: Office) -> None:
    hand_in(office, "甲", "乙")
    assert unseen(office) == []


def test_corrected_text_is_unseen_until_somebody_opens_it(office: Office) -> None:
    [article_id] = hand_in(office, "甲")
    look(office, article_id, 1)
    correct(office, article_id)
    assert unseen(office) == [UnseenText(article_id, "更正 1", 2, unverified=False)]
    look(office, article_id, 2)
    assert unseen(office) == []
    correct(office, article_id)
    assert [text.revision for text in unseen(office)] == [3]


def test_text_that_a_person_opened_and_edited_is_seen(office: Office) -> None:
    [article_id] = hand_in(office, "甲")
    correct(office, article_id)
    look(office, article_id, 2)
    edit(office, article_id)
    assert unseen(office) == []


def test_edit_of_a_text_that_nobody_opened_leaves_it_unseen(office: Office) -> None:
    [article_id] = hand_in(office, "甲")
    correct(office, article_id)
    edit(office, article_id)
    assert [(text.article, text.revision) for text in unseen(office)] == [(article_id, 2)]


def test_unverified_text_says_so(office: Office) -> None:
    [article_id] = hand_in(office, "甲")
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        new = replace(new_article("更正"), findings=(CORRECTION_UNVERIFIED.finding("来源未经验证。"),))
        revisions.add_revision(ledger, record, 1, new, at=AT)
    [text] = unseen(office)
    assert text.chinese == f"稿件 {article_id}《更正》第 2 稿（来源未经验证）"


def test_later_text_of_a_merged_article_is_unseen_until_somebody_opens_it(office: Office) -> None:
    host, merged = hand_in(office, "甲", "乙")
    merge_articles(office, MergeRequest([host, merged], host, "王编辑"))
    assert unseen_in_issue(office, host) == []
    correct(office, merged)
    assert unseen_in_issue(office, host) == [UnseenText(merged, "更正 1", 2, unverified=False)]
    look(office, merged, 2)
    assert unseen_in_issue(office, host) == []
