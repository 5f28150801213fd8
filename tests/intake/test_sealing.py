"""A letter that is sealed when it is read again: what becomes of the texts that it had brought."""

from __future__ import annotations

from archive import articles, letters, revisions
from archive.articles import ArticleRecord
from archive.transaction import Transaction
from intake.sealing import destroy_unused, seal_letter
from service.office import Office
from tests.support.ledger_rows import AT, keep_letter, new_article
from values.issue import ArticleStatus
from values.letter import Seal, Verdict
from values.manuscript import Block, Manuscript, Paragraph, Picture

SEAL = Seal("机密★10年", "正文")


def text(title: str, *pictures: str) -> Manuscript:
    blocks: list[Block] = [Paragraph(f"{title}的正文。")]
    blocks += (Picture(sha256, "image/png", 1, 1) for sha256 in pictures)
    return Manuscript((title,), "区民政局", tuple(blocks))


def seal(ledger: Transaction, letter_id: int) -> frozenset[str]:
    letters.settle(ledger, letter_id, Verdict.SEALED, "已封存", at=AT)
    [letter] = letters.letters_with_ids(ledger, [letter_id])
    return seal_letter(ledger, letter, SEAL, at=AT)


def only_article(office: Office) -> ArticleRecord:
    with office.ledger.reading() as reading:
        [record] = articles.articles(reading)
    return record


def test_article_of_the_letter_alone_is_emptied_and_rejected(office: Office) -> None:
    with office.ledger.writing() as writing:
        letter = keep_letter(writing, "marked")
        revisions.add_article(writing, letter, new_article("甲", manuscript=text("甲")), at=AT)
        seal(writing, letter)
    record = only_article(office)
    assert (record.status, record.manuscript.text, record.attachment) == (ArticleStatus.REJECTED, "", "")
    assert "甲" not in record.manuscript.title


def test_text_of_another_letter_stands_again_and_waits_for_the_editor(office: Office) -> None:
    with office.ledger.writing() as writing:
        first, marked = keep_letter(writing, "first"), keep_letter(writing, "marked")
        id = revisions.add_article(writing, first, new_article("甲", manuscript=text("甲")), at=AT)
        correction = new_article("乙", manuscript=text("乙"))
        revisions.add_revision(writing, articles.article_named(writing, id), marked, correction, at=AT)
        seal(writing, marked)
    record = only_article(office)
    assert (record.status, record.manuscript, record.revision) == (ArticleStatus.HELD, text("甲"), 3)
    with office.ledger.reading() as reading:
        assert "乙" not in articles.revision_numbered(reading, id, 2).manuscript.title
        assert articles.revision_numbered(reading, id, 1).manuscript == text("甲")


def test_sealing_the_first_letter_leaves_the_later_text_of_another(office: Office) -> None:
    with office.ledger.writing() as writing:
        marked, later = keep_letter(writing, "marked"), keep_letter(writing, "later")
        id = revisions.add_article(writing, marked, new_article("甲", manuscript=text("甲")), at=AT)
        correction = new_article("乙", manuscript=text("乙"))
        revisions.add_revision(writing, articles.article_named(writing, id), later, correction, at=AT)
        seal(writing, marked)
    record = only_article(office)
    assert (record.status, record.manuscript, record.revision) == (ArticleStatus.DRAFT, text("乙"), 2)


def test_picture_goes_unless_another_text_holds_it(office: Office) -> None:
    media = office.media
    shared, own = media.put(b"shared"), media.put(b"own")
    with office.ledger.writing() as writing:
        marked, other = keep_letter(writing, "marked"), keep_letter(writing, "other")
        revisions.add_article(writing, marked, new_article("甲", manuscript=text("甲", shared, own)), at=AT)
        withheld = seal(writing, marked)
        # Settled after the sealed letter, in the same batch.
        revisions.add_article(writing, other, new_article("乙", manuscript=text("乙", shared)), at=AT)
    assert withheld == {shared, own}
    destroy_unused(office.ledger, media, withheld)
    assert (media.path(shared).exists(), media.path(own).exists()) == (True, False)
