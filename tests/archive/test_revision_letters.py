"""Texts of several letters: what is taken away with one of them, and what comes back."""

from __future__ import annotations

from archive.changes import changes_of
from archive.letters import letters, settle
from archive.revision_letters import further_letters
from archive.withheld_texts import articles_with_texts_of, remove_texts
from intake.sealing import seal_letter
from service.article.edit import edit_title
from service.article.joint_adoption import MergeRequest, merge_articles, undo_merger
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.joint_office import article, in_issue, written
from tests.support.ledger_rows import AT
from values.issue import ArticleStatus
from values.letter import Seal, Verdict


def joint(office: Office) -> int:
    """Article 2 merged into 1; the id of the letter of 2."""
    written(office, "食堂")
    written(office, "校园")
    merge_articles(office, MergeRequest([1, 2], 1, "王编辑"))
    with office.ledger.reading() as ledger:
        sha256 = article(office, 2).letter_sha256
        return next(letter.id for letter in letters(ledger) if letter.sha256 == sha256)


def seal(office: Office, letter_id: int) -> None:
    with office.ledger.writing() as ledger:
        settle(ledger, letter_id, Verdict.SEALED, "已封存", at=AT)
        [letter] = [each for each in letters(ledger) if each.id == letter_id]
        seal_letter(ledger, letter, Seal("机密★10年", "正文"), at=AT)


def test_an_edit_has_the_letters_of_the_text_before_and_undoing_ends_them(office: Office) -> None:
    other = joint(office)
    edit_title(office, 1, "齐抓食堂", "王编辑", seen=None)
    undo_merger(office, 1, "王编辑")
    with office.ledger.reading() as ledger:
        assert [further_letters(ledger, 1, number) for number in (1, 2, 3, 4)] == [[], [other], [other], []]
        assert articles_with_texts_of(ledger, other) == [1, 2]


def test_sealing_the_letter_of_a_merged_article_takes_its_text_out_of_the_other(office: Office) -> None:
    other = joint(office)
    edit_title(office, 1, "齐抓食堂", "王编辑", seen=None)
    seal(office, other)
    host = article(office, 1)
    assert (host.manuscript.text, host.status) == ("食堂的正文。", ArticleStatus.HELD)
    assert article(office, 2).status is ArticleStatus.REJECTED
    with office.ledger.reading() as ledger:
        rows = ledger.sql.exec_driver_sql("SELECT manuscript FROM revision").scalars().all()
        assert not [row for row in rows if "校园" in row]
        assert {change.summary for change in changes_of(ledger, "article", 1)} == {"有改动（来信已封存，内容不显示）"}


def test_sealing_the_letter_of_the_article_that_has_the_others_frees_them(office: Office) -> None:
    joint(office)
    seal(office, 1)
    assert (article(office, 1).status, article(office, 2).status) == (ArticleStatus.REJECTED, ArticleStatus.HELD)
    merge_articles(office, MergeRequest([2, written(office, "摊点")], 2, "王编辑"))
    assert in_issue(office) == [3] or in_issue(office) == []
    assert "校园的正文。" in article(office, 2).manuscript.text


def test_what_is_printed_stays_when_a_letter_of_it_is_removed(office: Office) -> None:
    other = joint(office)
    assemble(office, office.bulletin(None), AT.date())
    sign_off(office, office.bulletin(None), 70, "王编辑")
    with office.ledger.writing() as ledger:
        remove_texts(ledger, other)
    assert article(office, 1).manuscript.text == "食堂的正文。\n校园的正文。"
    assert article(office, 2).manuscript.title == "（已删除）"
