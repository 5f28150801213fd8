"""What the office writes: receipts, draft issues, alarms. All go into the outbox in the transaction of their cause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

import structlog

from archive import letters, outbox
from archive.outbox import NewLetterOut
from archive.transaction import Transaction
from courier import compose
from courier.compose_submissions import submissions_letter
from courier.may_answer import DAY, HOUR, Answered, why_not_answered
from courier.plan import first_delivery, held_delivery
from courier.render import Letterhead
from service.by_mail.answer_way import answer_way
from service.health.alarms import Alarm, AlarmCause, AllClear, log_alarm
from service.letters.own_submissions import submissions_of_sender
from service.office import Office
from service.register.own_addresses import own_addresses
from settings.model import BulletinSettings, Settings
from values.address import is_sendable
from values.draft import DraftIssue
from values.errors import StorageFailed
from values.letter import Verdict
from values.outgoing import OutgoingLetter, SettledLetter

_log = structlog.get_logger(__name__)

_SERVICE: Final = "简报服务"
_QUERY_ANSWERED: Final = "来信查询本单位的投稿情况，已自动回复今年的投稿清单"
_NEW_TEXTS: Final = (Verdict.ARTICLE, Verdict.FLAGGED)
"""A letter that brings a text is answered, whatever its Message-ID: some programs write the same into all."""


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A revision of a draft that was just written."""

    issue: int
    """Id of the issue."""
    revision: int
    """Id of the revision's row."""
    docx: bytes


class _ComposeAlarm(Protocol):
    """Makes a letter to a maintainer."""

    def __call__(self, letterhead: Letterhead, to: str, *, at: datetime) -> OutgoingLetter: ...


_CAUSES: Final = {
    AlarmCause.LOGIN_REFUSED: "收稿邮箱登录被拒绝",
    AlarmCause.MAILBOX_REFUSED: "收稿邮箱打不开",
    AlarmCause.STORAGE_FAILED: "数据写不进磁盘",
    AlarmCause.MAILBOX_SILENT: "收稿邮箱连不上",
    AlarmCause.ALTERED: "存的文件或记录被改动",
    AlarmCause.READING: "读不了来信",
    AlarmCause.ASSEMBLING: "到点没有编出送审稿",
    AlarmCause.DEFECT: "程序出错",
}
"""What an alarm letter is about, by the cause of the alarm."""


def answering(office: Office, bulletin: BulletinSettings) -> Callable[[Transaction, SettledLetter], None] | None:
    """Writes the receipt or rejection of each letter that may be answered; None when no letters are sent at all.

    A letter from an imported file is never answered: it may be years old.
    """
    if not office.settings.smtp.host:
        return None
    own = own_addresses(office.settings, bulletin)
    longest = timedelta(days=office.settings.smtp.answer_days)

    def answer(ledger: Transaction, letter: SettledLetter) -> None:
        if not letter.fetched or letter.old or letter.answer is not None:
            return
        if (
            letter.only_words
            and not (letter.asks or letter.note)
            and outbox.is_own_message(ledger, letter.head.references)
        ):
            _log.info("letter not answered", letter=letter.sha256, why="words in reply to a letter of ours")
            return
        if letter.verdict not in _NEW_TEXTS and outbox.is_copy_answered(
            ledger, letter.bulletin, letter.id, letter.head.sender, letter.head.message_id
        ):
            _log.info("letter not answered", letter=letter.sha256, why="a copy of a letter that was answered")
            return
        at = office.now()
        why_not = why_not_answered(
            letter.head,
            own_addresses=own,
            known_by_address="@" in bulletin.mailbox.username,
            count_answers=partial(_answers_to, ledger, letter.head.sender, at),
            age=at - letter.received_at,
            longest=longest,
        )
        if why_not is not None:
            _log.info("letter not answered", letter=letter.sha256, why=why_not.value)
        elif (listing := _own_submissions(office, ledger, bulletin, letter)) is not None:
            _queue(office, ledger, listing, bulletin.id, letter_id=letter.id)
            letters.settle(ledger, letter.id, Verdict.ANSWERED, _QUERY_ANSWERED, at=at)
        elif (out := _composed(office, bulletin, letter)) is not None:
            _queue(office, ledger, out, bulletin.id, letter_id=letter.id)

    return answer


def queue_withdrawal(office: Office, ledger: Transaction, letter: SettledLetter) -> None:
    """Queues a letter to each editor when a letter that came by poll takes an article back.

    A notice from an unregistered address that means no article of ours writes nothing: anybody may send many.
    """
    bulletin = office.settings.bulletin(letter.bulletin)
    if not (letter.fetched and letter.withdraws and office.settings.smtp.host) or bulletin is None:
        return
    if not (letter.articles or letter.head.trusted):
        return
    letterhead = letterhead_of(office, bulletin)
    for editor in dict.fromkeys(bulletin.editors):
        out = compose.withdrawal_letter(letter, letterhead, editor, at=office.local(office.now()))
        _queue(office, ledger, out, bulletin.id, letter_id=letter.id)


def _answers_to(ledger: Transaction, address: str, at: datetime) -> Answered:
    return Answered(
        hour=outbox.answers_since(ledger, address, at - HOUR), day=outbox.answers_since(ledger, address, at - DAY)
    )


def queue_draft(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    issue: DraftIssue,
    stored: StoredDraft,
    to: Sequence[str],
) -> None:
    """Queues a letter with the draft to each of these editors."""
    if not office.settings.smtp.host:
        return
    letterhead = letterhead_of(office, bulletin)
    desk = office.settings.desk
    page = f"/b/{bulletin.id}/issue{'/supplement' if issue.number.supplement else ''}"
    desk_url = f"{desk.public_url}{page}" if desk.listen is not None else ""
    for editor in dict.fromkeys(to):
        answer = answer_way(office, ledger, bulletin, stored.issue, editor)
        addressee = compose.DraftAddressee(editor, desk_url, answer)
        out = compose.draft_letter(issue, stored.docx, letterhead, addressee, at=office.local(office.now()))
        _queue(office, ledger, out, bulletin.id, issue_revision_id=stored.revision)


def raise_alarm(office: Office, cause: str, message: str, *, recurrence: int = 0) -> None:
    """Writes to the maintainer, at most once a day for each cause. Never raises: the log has the message already.

    recurrence: how often the same trouble has ended and come back; each is a letter of its own.
    """
    about = (str(recurrence),) if recurrence else ()
    _write_to_maintainers(office, partial(compose.alarm_letter, cause, message, about=about), cause)


def give_all_clear(office: Office, trouble: str, since: datetime) -> None:
    """Writes to the maintainer that a trouble is over. Never raises."""
    compose_letter = partial(compose.all_clear_letter, trouble, office.local(since))
    _write_to_maintainers(office, compose_letter, trouble)


def _write_to_maintainers(office: Office, compose_letter: _ComposeAlarm, cause: str) -> None:
    if not office.settings.smtp.host:
        return
    try:
        letterhead = Letterhead(office.settings.smtp.address, _SERVICE, key=office.key())
        with office.ledger.writing() as ledger:
            for to in alarm_addresses(office.settings):
                _queue(office, ledger, compose_letter(letterhead, to, at=office.local(office.now())), "")
    except StorageFailed as error:
        _log.error("alarm not queued", cause=cause, reason=str(error))


def report_alarm(office: Office, alarm: Alarm | AllClear) -> None:
    """Logs an alarm of the service, or its end, and mails what is urgent to the maintainer. Never raises."""
    log_alarm(alarm)
    of = f"（{alarm.bulletin}）" if alarm.bulletin else ""
    trouble = f"{_CAUSES.get(alarm.cause, '收稿出了问题')}{of}"
    if isinstance(alarm, AllClear):
        give_all_clear(office, trouble, alarm.since)
    elif alarm.urgent:
        raise_alarm(office, trouble, alarm.message, recurrence=alarm.recurrence)


def alarm_addresses(settings: Settings) -> tuple[str, ...]:
    """The recipients of alarms: `alarm_to`, or else the first editor of each bulletin."""
    first = [editor for bulletin in settings.bulletins for editor in bulletin.editors[:1]]
    return tuple(dict.fromkeys(settings.service.alarm_to or first))


def _own_submissions(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, letter: SettledLetter
) -> OutgoingLetter | None:
    """The list of the unit's submissions, for a letter that asks for it; None for any other letter.

    Only where the office switches it on, and only to the very address that is vouched for: the list says what was
    decided. A forwarded question is for the editor.
    """
    asked = letter.queries and letter.verdict is Verdict.QUESTION and bulletin.answer_queries
    if not (asked and letter.vouched and letter.head.trusted) or letter.head.answer_to:
        return None
    own = submissions_of_sender(office, ledger, bulletin, letter.head.sender)
    if own is None:
        return None
    at = office.local(office.now())
    return submissions_letter(letter, own, letterhead_of(office, bulletin), phone=bulletin.phone, at=at)


def _composed(office: Office, bulletin: BulletinSettings, letter: SettledLetter) -> OutgoingLetter | None:
    letterhead = letterhead_of(office, bulletin)
    try:
        return compose.answer_letter(letter, letterhead, phone=bulletin.phone, at=office.local(office.now()))
    except Exception as error:  # noqa: BLE001 - a defect in a receipt must not keep a letter from its verdict
        # its name alone: its text may contain the letter's words (security.md I8)
        _log.error("letter could not be answered", letter=letter.sha256, reason=type(error).__name__)
        return None


def letterhead_of(office: Office, bulletin: BulletinSettings) -> Letterhead:
    """Answers go to the bulletin's mailbox: a correction is a reply to its receipt."""
    mailbox = bulletin.mailbox.username
    reply_to = mailbox if is_sendable(mailbox) else ""
    return Letterhead(office.settings.smtp.address, bulletin.office, reply_to, office.key())


def queue_later(
    office: Office, ledger: Transaction, out: OutgoingLetter, bulletin: str, first: datetime, *, at: datetime
) -> None:
    """Queues a letter that was written at `at` and is sent at `first` at the earliest."""
    _put(office, ledger, NewLetterOut(out, bulletin), first, at)


def _queue(
    office: Office,
    ledger: Transaction,
    out: OutgoingLetter,
    bulletin: str,
    *,
    letter_id: int | None = None,
    issue_revision_id: int | None = None,
) -> None:
    at = office.now()
    _put(office, ledger, NewLetterOut(out, bulletin, letter_id, issue_revision_id), at, at)


def _put(office: Office, ledger: Transaction, new: NewLetterOut, first: datetime, at: datetime) -> None:
    is_held = new.letter.kind.value in office.settings.smtp.hold
    delivery = held_delivery(first) if is_held else first_delivery(first)
    if outbox.queue(ledger, new, delivery, data_dir=office.data_dir, at=at):
        about = {"kind": new.letter.kind.value, "message_id": new.letter.message_id, "state": delivery.state.value}
        _log.info("letter out queued", bulletin=new.bulletin, **about)
