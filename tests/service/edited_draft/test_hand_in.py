"""Edited drafts that are handed in at the desk, or that a letter brings."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from archive import articles, letters
from archive.letters import KeptLetter
from intake.pool import ReadingPool
from intake.reading import read_letter
from service.article.decide import DecisionRequest, decide
from service.edited_draft.hand_in import hand_in, handed_in, take_over_shown
from service.issue.assemble import assemble
from service.office import Office
from service.register.register import register_of
from service.removal.remove import erase, erase_edited_drafts
from tests.support.articles import manuscript_file
from tests.support.correspondence import receive
from tests.support.draft_edits import OpenedDraft, add_after, edited, paragraph, put_words
from tests.support.draft_office import EDITOR, draft_bytes
from values.errors import BadUsage, Changed, NotThere
from values.issue import ArticleStatus
from values.letter import Verdict


def changed(office: Office) -> bytes:
    def edit(draft: OpenedDraft) -> None:
        put_words(draft.paragraphs(1)[0], 4, "大力")
        add_after(draft.article(1)[-1], paragraph("卫健工作简讯", "ArticleTitle"), paragraph("开展义诊。"))

    return edited(draft_bytes(office), edit)


def test_file_is_a_letter_of_our_own_that_is_no_submission(office: Office, pool: ReadingPool, ids: list[int]) -> None:
    bulletin = office.bulletin(None)
    letter = hand_in(office, pool, bulletin, "改好的.docx", changed(office), who=EDITOR)
    with office.ledger.reading() as ledger:
        record = letters.letter_with_id(ledger, bulletin.id, letter)
        register = register_of(office, ledger, bulletin)
    assert record is not None
    assert (record.verdict, record.subject) == (Verdict.IGNORED, "改过的送审稿：第70期第 1 稿")
    assert read_letter(office.raws.read(record.sha256), register).verdict is Verdict.IGNORED


def test_what_was_shown_is_taken_over_and_nothing_else(office: Office, pool: ReadingPool, ids: list[int]) -> None:
    bulletin = office.bulletin(None)
    letter = hand_in(office, pool, bulletin, "改好的.docx", changed(office), who=EDITOR)
    shown = handed_in(office, pool, bulletin, letter)
    with pytest.raises(Changed):
        take_over_shown(office, bulletin, shown, "0" * 32, shown.proposal.picked, EDITOR)
    take_over_shown(office, bulletin, shown, shown.proposal.digest, shown.proposal.picked, EDITOR)
    with office.ledger.reading() as ledger:
        record = letters.letter_with_id(ledger, bulletin.id, letter)
        added = articles.article_named(ledger, ids[-1] + 1)
    assert record is not None
    assert (record.verdict, list(record.articles)) == (Verdict.ARTICLE, [added.id])
    assert (added.attachment, added.letter_sha256) == ("改好的.docx", record.sha256)


def test_draft_in_a_letter_from_outside_is_shown_too(office: Office, pool: ReadingPool, ids: list[int]) -> None:
    message = mailed(changed(office))
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="其他.pdf")
    letter = stored(office, message.as_bytes())
    shown = handed_in(office, pool, office.bulletin(None), letter)
    assert (shown.file.name, len(shown.proposal.picked)) == ("送审稿.docx", 3)


def test_letter_without_a_draft_or_of_nobody_is_refused(office: Office, pool: ReadingPool, ids: list[int]) -> None:
    with pytest.raises(NotThere):
        handed_in(office, pool, office.bulletin(None), 999)
    letter = stored(office, b"From: a@b.cn\r\nSubject: x\r\n\r\ntext\r\n")
    with pytest.raises(BadUsage, match="信里没有改过的送审稿"):
        handed_in(office, pool, office.bulletin(None), letter)


def stored(office: Office, raw: bytes) -> int:
    sha256 = office.raws.put(raw)
    with office.ledger.writing() as ledger:
        kept = KeptLetter(sha256, len(raw), False, office.now(), None)
        letters.keep(ledger, "wuxing", [kept], at=office.now())
        letter = letters.letter_id(ledger, "wuxing", sha256)
        letters.settle(ledger, letter, Verdict.QUESTION, "改好了", at=office.now())
    return letter


def test_letter_with_an_edited_draft_brings_no_article_and_waits_for_the_editor(office: Office, ids: list[int]) -> None:
    with office.ledger.reading() as ledger:
        register = register_of(office, ledger, office.bulletin(None))
    draft = mailed(changed(office))
    reading = read_letter(draft.as_bytes(), register)
    assert (reading.verdict, reading.articles) == (Verdict.QUESTION, ())
    assert reading.reason.for_clerk == "附件是改过的送审稿（第 70 期第 1 稿），不是来稿：请看会改什么，再照此改"
    [wanted] = read_letter(mailed(b"{\\rtf1\\ansi draft}", "送审稿.doc").as_bytes(), register).unconverted
    converted = {wanted.key: changed(office)}
    older = read_letter(mailed(b"{\\rtf1\\ansi draft}", "送审稿.doc").as_bytes(), register, converted)
    assert (older.verdict, older.articles) == (Verdict.QUESTION, ())


def test_manuscript_beside_an_edited_draft_is_read(office: Office, ids: list[int]) -> None:
    with office.ledger.reading() as ledger:
        register = register_of(office, ledger, office.bulletin(None))
    message = mailed(changed(office))
    file = manuscript_file()
    message.add_attachment(file.data, maintype="application", subtype="octet-stream", filename=file.name)
    reading = read_letter(message.as_bytes(), register)
    [article] = reading.articles
    assert article.attachment == file.name
    assert [(draft.number, draft.revision) for draft in reading.drafts] == [(70, 1)]
    if reading.verdict is Verdict.FLAGGED:
        assert "附件里还有改过的送审稿（第 70 期第 1 稿），请看会改什么" in reading.reason.for_clerk


def test_edited_drafts_go_with_the_letter_whose_text_they_may_hold(
    office: Office, pool: ReadingPool, ids: list[int]
) -> None:
    bulletin = office.bulletin(None)
    edited_letter = hand_in(office, pool, bulletin, "改好的.docx", draft_bytes(office), who=EDITOR)
    decide(office, DecisionRequest(ids[0], ArticleStatus.REJECTED, EDITOR, "不用"))
    assemble(office, bulletin, office.now().date(), mailed_to=())
    with office.ledger.writing() as ledger:
        source = articles.article_named(ledger, ids[0]).letter_sha256
        letters.settle(ledger, letters.letter_id(ledger, bulletin.id, source), Verdict.ARTICLE, "成稿", at=office.now())
        letter = letters.letter_with_sha256(ledger, bulletin.id, source)
        kept = letters.letter_with_id(ledger, bulletin.id, edited_letter)
    assert letter is not None
    assert kept is not None
    erase(office, bulletin, letter.id, "对方要求", who=EDITOR)
    with office.ledger.reading() as ledger:
        gone = letters.letter_with_id(ledger, bulletin.id, edited_letter)
    assert gone is not None
    assert gone.removal is not None
    assert not office.raws.path(kept.sha256).exists()


def test_mailed_drafts_go_too_and_those_that_could_not_go_at_night(
    office: Office, pool: ReadingPool, ids: list[int]
) -> None:
    bulletin = office.bulletin(None)
    raws = [mailed(data).as_bytes() for data in (draft_bytes(office), changed(office))]
    receive(office, pool, *raws)
    with office.ledger.writing() as ledger:
        first, second = (each.id for each in letters.letters(ledger) if each.sender == "editor@example.org")
        for name in ids:
            source = articles.article_named(ledger, name).letter_sha256
            origin = letters.letter_id(ledger, bulletin.id, source)
            letters.settle(ledger, origin, Verdict.ARTICLE, "成稿", at=office.now(), articles=[name])
        letter = letters.letter_id(ledger, bulletin.id, articles.article_named(ledger, ids[0]).letter_sha256)
    shown = handed_in(office, pool, bulletin, second)
    take_over_shown(office, bulletin, shown, shown.proposal.digest, shown.proposal.picked, EDITOR)
    decide(office, DecisionRequest(ids[0], ArticleStatus.REJECTED, EDITOR, "不用"))
    assemble(office, bulletin, office.now().date(), mailed_to=())
    erase(office, bulletin, letter, "对方要求", who=EDITOR)
    assert [removed(office, each) for each in (first, second)] == [True, False]
    erase_edited_drafts(office)
    assert not removed(office, second)
    decide(office, DecisionRequest(ids[-1] + 1, ArticleStatus.REJECTED, EDITOR, "不用"))
    assemble(office, bulletin, office.now().date(), mailed_to=())
    erase_edited_drafts(office)
    assert removed(office, second)


def removed(office: Office, letter: int) -> bool:
    with office.ledger.reading() as ledger:
        record = letters.letter_with_id(ledger, "wuxing", letter)
    assert record is not None
    return record.removal is not None


def mailed(data: bytes, name: str = "送审稿.docx") -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "editor@example.org", "wuxing@example.org", "改好了"
    message.set_content("见附件。")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message
