"""Texts that are taken away with their letter: which ones go, and what is left of the printed ones."""

from __future__ import annotations

from archive import articles, revisions, search
from archive.database import Ledger
from archive.schema import issue, issue_article
from archive.withheld_texts import articles_with_texts_of, remove_texts, texts_of, withhold_texts
from tests.support.ledger_rows import AT, BULLETIN, keep_letter, new_article
from values.manuscript import Manuscript, Paragraph, Picture

TEXT = Manuscript(("标题",), "区民政局", (Paragraph("正文。"), Picture("a" * 64, "image/png", 1, 1)), ("撰稿：王小明",))


def test_withheld_texts_are_empty_and_their_pictures_are_named(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        letter = keep_letter(writing, "a")
        article = revisions.add_article(writing, letter, new_article("甲", manuscript=TEXT), at=AT)
        assert articles_with_texts_of(writing, letter) == [article]
        assert withhold_texts(writing, letter) == {"a" * 64}
        assert articles.article_named(writing, article).manuscript.title == "（已封存）"


def test_a_removed_text_has_no_digest_and_is_no_longer_found(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        letter, other = keep_letter(writing, "a"), keep_letter(writing, "b")
        new = new_article("甲", manuscript=TEXT)
        article = revisions.add_article(writing, letter, new, at=AT)
        kept = revisions.add_article(writing, other, new_article("乙"), at=AT)
        remove_texts(writing, letter)
        record = articles.article_named(writing, article)
        assert (record.manuscript.title, record.attachment, record.content_sha256) == ("（已删除）", "", "")
        assert revisions.same_article(writing, new) is None
        assert search.find_articles(writing, BULLETIN, ["正文"], most=9).latest[0].id == kept
        assert [(row.article_id, row.made_at) for row in texts_of(writing, letter)] == [(article, AT)]


def test_of_a_printed_text_only_what_was_never_printed_goes(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        letter = keep_letter(writing, "a")
        article = revisions.add_article(writing, letter, new_article("甲", manuscript=TEXT), at=AT)
        made = {"bulletin": BULLETIN, "series": "running", "number": 70, "numbering": "running", "year": 2022}
        made |= {"dated": AT.date(), "status": "signed_off", "revision": 1, "made_at": AT}
        number = writing.sql.execute(issue.insert().values(made).returning(issue.c.id)).scalar_one()
        row = {"issue_id": number, "article_id": article, "position": 1, "article_revision": 1}
        writing.sql.execute(issue_article.insert().values(row))
        remove_texts(writing, letter)
        record = articles.article_named(writing, article)
        assert (record.manuscript.title, record.manuscript.blocks) == (TEXT.title, TEXT.blocks)
        assert (record.manuscript.house_lines, record.attachment, record.findings) == ((), "", ())


def test_a_letter_without_texts_changes_nothing(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        remove_texts(writing, keep_letter(writing, "a"))
