"""退改: an article goes back to its department, which is told why, by mail, in the transaction of the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from archive import articles, letters, outbox
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.returns import note_letter
from archive.transaction import Transaction
from courier import compose
from courier.may_answer import DAY, Answered, NotAnswered, may_be_written_from, why_not_answered
from intake.reading import head_of
from service.letters.letters_out import letterhead_of, own_addresses, queue_later
from service.office import Office
from service.register.register import register_of
from settings.model import BulletinSettings
from values.errors import BadUsage
from values.issue import ArticleStatus
from values.outgoing import LetterHead, ReturnedArticle

_NO_SERVER: Final = "没有配置发信服务器（[smtp]），系统不寄信"
_AUTOMATIC: Final = "来信是自动发出或群发的，不能回信"
_WHY_NOT: Final = {
    NotAnswered.NOT_TRUSTED: "来信地址没有登记，或来源可疑，系统不往那里寄信",
    NotAnswered.OUR_OWN: "来信是从本单位自己的邮箱寄来的",
    NotAnswered.UNATTENDED: "来信地址没有人收信",
    NotAnswered.NOT_TO_US: "来信不是直接写给投稿邮箱的",
    NotAnswered.MACHINE: _AUTOMATIC,
    NotAnswered.UNWANTED: _AUTOMATIC,
}
"""Without OLD and ENOUGH, which only hold for letters that no person writes."""
_LONGEST_REASON: Final = 2_000


@dataclass(frozen=True, slots=True)
class Notice:
    """Whether the department will hear of it. to: the address; why_not: a reason in Chinese, "" when it will.

    at: when the letter goes out first, later than now where the address has had its letters for the hour or the day.
    """

    to: str
    at: datetime
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """The article as it now stands, and what its department hears of it."""

    article: ArticleRecord
    notice: Notice


def notice_for(office: Office, ledger: Transaction, record: ArticleRecord) -> Notice:
    """What the department would hear if the article were returned now. It goes to who sent the letter that brought
    this text, to nobody else."""
    return _notice(office, ledger, office.bulletin(record.bulletin), _head(office, ledger, record))


def remarks_for(record: ArticleRecord) -> Sequence[str]:
    """What the letter would say beside the reason: the findings that a department can mend."""
    return compose.worth_mending(record.findings)


def return_article(
    office: Office, article_id: int, reason: str, *, who: str, seen: int | None = None, tell: bool = True
) -> Returned:
    """The article is out of the issue until its department has mended it; the reply to the letter brings it back.

    seen: the article's version as the person saw it. tell: False to write no letter though one could be written.
    Raises BadUsage without a reason, and where an article cannot be returned; Changed.
    """
    reason = reason.strip()
    if not reason:
        raise BadUsage("请写明退改的原因：单位要按它修改。")
    if len(reason) > _LONGEST_REASON:
        raise BadUsage(f"退改的原因太长（{len(reason)} 字），请不要超过 {_LONGEST_REASON} 字。")
    with office.ledger.writing() as ledger:
        before = articles.article_named(ledger, article_id)
        articles.refuse_changed(before, seen)
        if before.status is ArticleStatus.RETURNED:
            raise BadUsage(f"稿件 {article_id}《{before.manuscript.title}》已经退改，正等单位再报。")
        at = office.now()
        after = articles.change_status(ledger, article_id, ArticleStatus.RETURNED, who=who, note=reason, at=at)
        head = _head(office, ledger, before)
        notice = _notice(office, ledger, office.bulletin(before.bulletin), head)
        if not tell and not notice.why_not:
            notice = replace(notice, why_not="编辑选择不寄信")
        if not notice.why_not:
            _write(office, ledger, before, reason, head, notice)
        told = f"，已写信给 {notice.to}" if not notice.why_not else f"，没有寄信（{notice.why_not}）"
        record_change(
            ledger,
            NewChange(
                bulletin=before.bulletin,
                who=who,
                subject="article",
                subject_id=article_id,
                summary=f"《{before.manuscript.title}》由{before.status.chinese}改为退改{told}",
                why=reason,
                at=at,
            ),
        )
    return Returned(after, notice)


def _write(
    office: Office, ledger: Transaction, article: ArticleRecord, reason: str, head: LetterHead, notice: Notice
) -> None:
    bulletin = office.bulletin(article.bulletin)
    letter = letters.letter_with_sha256(ledger, article.bulletin, article.letter_sha256)
    out = compose.returned(
        ReturnedArticle(
            # The version is another at every decision.
            about=(article.bulletin, str(article.id), str(article.version)),
            id=article.id,
            title=article.manuscript.title,
            subject=letter.subject if letter else "",
            reason=reason,
            findings=article.findings,
        ),
        head,
        letterhead_of(office, bulletin),
        phone=bulletin.phone,
        at=office.local(office.now()),
    )
    queue_later(office, ledger, out, bulletin.id, notice.at)
    note_letter(ledger, article.id, out.message_id)


def _head(office: Office, ledger: Transaction, record: ArticleRecord) -> LetterHead:
    register = register_of(office, ledger, office.bulletin(record.bulletin))
    return head_of(office.raws.read(record.letter_sha256), register)


def _notice(office: Office, ledger: Transaction, bulletin: BulletinSettings, head: LetterHead) -> Notice:
    at = office.now()
    if not office.settings.smtp.host:
        return Notice(head.sender, at, _NO_SERVER)
    why_not = why_not_answered(
        head,
        own_addresses=own_addresses(office.settings, bulletin),
        known_by_address="@" in bulletin.mailbox.username,
        # How often and how late is for machines that answer by themselves; here a person writes, and waits his turn.
        answered=Answered(0, 0),
        age=timedelta(),
        longest=DAY,
    )
    if why_not is not None:
        return Notice(head.sender, at, _WHY_NOT[why_not])
    return Notice(head.sender, may_be_written_from(outbox.answers_at(ledger, head.sender, at - DAY), at))
