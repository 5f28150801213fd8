"""退改: the letter that tells a department why its article comes back, written in the transaction of the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from archive import outbox
from archive.articles import ArticleRecord
from archive.letters import letter_with_sha256
from archive.return_letters import record_return_letter
from archive.transaction import Transaction
from courier import compose
from courier.may_answer import DAY, Answered, NotAnswered, may_be_written_from, why_not_answered
from intake.fetch.arrival import header_block
from intake.fetch.mailbox import HEADER_LIMIT
from service.article.text_of_others import has_text_of_others
from service.letters.letters_out import letterhead_of, queue_later
from service.office import Office
from service.register.own_addresses import own_addresses
from service.register.register import register_of
from settings.model import BulletinSettings
from values.finding import Finding
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
"""OLD and ENOUGH are missing: they limit only letters that no person has decided to write."""


@dataclass(frozen=True, slots=True)
class ReturnNotice:
    """Whether and when the department of a returned article is written to."""

    to: str
    """Address of the letter's sender."""
    at: datetime
    """When the letter is sent at the earliest; later than now where the address has had its letters for the hour or the
    day."""
    why_not: str = ""
    """Why no letter is written, in Chinese; "" when one is."""


def notice_for(office: Office, ledger: Transaction, record: ArticleRecord, *, at: datetime) -> ReturnNotice:
    """What the department would be sent if the article were returned at that time.

    It goes to the sender of the letter that brought this text, to nobody else; of a removed letter that is not known.
    """
    letter = letter_with_sha256(ledger, record.bulletin, record.letter_sha256)
    if letter is not None and letter.removal is not None:
        return ReturnNotice("", at, f"来信{letter.removal.kind.chinese}，不知道寄给谁")
    return _notice(office, ledger, office.bulletin(record.bulletin), _head(office, ledger, record), at)


def remarks_for(ledger: Transaction, record: ArticleRecord) -> Sequence[str]:
    """What the letter would list below the reason: the findings that a department can correct; none where the text is
    that of others too (综合采用), which they quote."""
    return compose.worth_mending(_findings_for(ledger, record))


def _findings_for(ledger: Transaction, record: ArticleRecord) -> Sequence[Finding]:
    return () if has_text_of_others(ledger, record) else record.findings


def notify_department(
    office: Office,
    ledger: Transaction,
    article: ArticleRecord,
    reason: str,
    *,
    wanted: bool,
    waits: timedelta,
    at: datetime,
) -> ReturnNotice:
    """Writes the letter about an article that has just been returned, where one can be written and is wanted.

    article: as it was before the decision; the decision is recorded already. waits: how long the letter stays in the
    outbox at least. Returns what was written, or why nothing.
    """
    head = _head(office, ledger, article)
    notice = _notice(office, ledger, office.bulletin(article.bulletin), head, at)
    if not wanted and not notice.why_not:
        return replace(notice, why_not="编辑选择不寄信")
    if not notice.why_not:
        first = max(notice.at, at + waits)
        _write(office, ledger, article, reason, head, replace(notice, at=first), at)
    return notice


def _write(
    office: Office,
    ledger: Transaction,
    article: ArticleRecord,
    reason: str,
    head: LetterHead,
    notice: ReturnNotice,
    at: datetime,
) -> None:
    bulletin = office.bulletin(article.bulletin)
    # Loads the assembler, which most decisions do without.
    from service.article.marked_copy import copy_of, enclosed_copy

    brought_by = letter_with_sha256(ledger, article.bulletin, article.letter_sha256)
    assert brought_by is not None, "an article's text comes from a letter in the ledger"
    letterhead, written_at = letterhead_of(office, bulletin), office.local(at)
    returned = ReturnedArticle(
        # The version differs at every decision, so that each has a letter with a Message-ID of its own.
        about=(article.bulletin, str(article.id), str(article.version)),
        id=article.id,
        title=article.manuscript.title,
        subject=brought_by.subject,
        reason=reason,
        findings=tuple(_findings_for(ledger, article)),
    )
    message_id = compose.return_message_id(returned, head, letterhead, at=written_at)
    marked_copy = copy_of(ledger, article, reason, message_id, written_at)
    out = compose.return_letter(
        returned,
        head,
        letterhead,
        phone=bulletin.phone,
        at=written_at,
        marked_copy=enclosed_copy(marked_copy, article.id, office.media),
    )
    queue_later(office, ledger, out, bulletin.id, notice.at, at=at)
    record_return_letter(ledger, article.id, out.message_id)


def _head(office: Office, ledger: Transaction, record: ArticleRecord) -> LetterHead:
    from intake.reading import head_of  # loads the readers of letters, which the service does without

    register = register_of(office, ledger, office.bulletin(record.bulletin))
    header = header_block(office.raws.head(record.letter_sha256, HEADER_LIMIT), HEADER_LIMIT)
    return head_of(header, register)


def _notice(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, head: LetterHead, at: datetime
) -> ReturnNotice:
    if not office.settings.smtp.host:
        return ReturnNotice(head.recipient, at, _NO_SERVER)
    why_not = why_not_answered(
        head,
        own_addresses=own_addresses(office.settings, bulletin),
        known_by_address="@" in bulletin.mailbox.username,
        # Number and age limit automatic answers; a person writes here, and the letter waits for its time.
        count_answers=lambda: Answered(0, 0),
        age=timedelta(),
        longest=DAY,
    )
    if why_not is not None:
        return ReturnNotice(head.recipient, at, _WHY_NOT[why_not])
    return ReturnNotice(head.recipient, may_be_written_from(outbox.answers_at(ledger, head.recipient, at - DAY), at))
