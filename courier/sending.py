"""Sends what is due: the attempt is committed, then the letter goes out, then its answer is committed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

import structlog

from archive import outbox
from archive.database import Ledger
from archive.outbox import OutboxRecord
from archive.transaction import Transaction
from courier.plan import (
    GIVE_UP_AFTER,
    QUOTA_SPAN,
    after_answer,
    after_unreadable,
    due,
    start_attempt,
    unless_about_the_letter,
)
from courier.replies import Deferred, Outcome, PossiblySent, Scope
from values.errors import BadUsage, StorageFailed
from values.outgoing import Delivery, LetterKind, OutboxState

_log = structlog.get_logger(__name__)

_LETTERS_A_CONNECTION: Final = 10
"""NetEase defers what exceeds its unpublished limit on one connection (MI:DMC, domain.md section 8): be modest."""


class MailTransport(Protocol):
    """A connection over which letters are sent, such as `courier.smtp.SmtpSession`."""

    def send(self, sender: str, to: str, raw: bytes) -> Outcome:
        """Sends one letter, given as RFC 5322 with CRLF. sender: of the envelope, "" for the null reverse-path."""
        ...


Connect = Callable[[], AbstractContextManager[MailTransport]]
"""Opens a connection. Raises LoginRefused or MailServerUnavailable; then no letter's state was changed."""


@dataclass(frozen=True, slots=True)
class SendingResult:
    """What one round of sending did."""

    sent: int = 0
    deferred: int = 0
    open: int = 0
    """Letters of which it is not known whether they arrived."""
    failed: tuple[OutboxRecord, ...] = ()
    cut_short: bool = False
    """The server, or the connection, accepts no more letters now."""
    limited: Deferred | None = None
    """The refusal by which the server limits the account that sends; None when it does not."""

    def __add__(self, other: SendingResult) -> SendingResult:
        return SendingResult(
            self.sent + other.sent,
            self.deferred + other.deferred,
            self.open + other.open,
            self.failed + other.failed,
            self.cut_short or other.cut_short,
            other.limited or self.limited,
        )


class OutboxSender:
    """Sends the letters of one outbox. Two senders, also in two processes, never take the same letter.

    return_path: the envelope's sender. null_return_path: answers go without one, so that no bounce comes back
    (RFC 3834 3.3); 163.com refuses that. quota: letters in a quarter of an hour.
    """

    def __init__(
        self,
        ledger: Ledger,
        data_dir: Path,
        connect: Connect,
        now: Callable[[], datetime],
        *,
        return_path: str,
        null_return_path: bool,
        quota: int,
    ) -> None:
        self._ledger = ledger
        self._data_dir = data_dir
        self._connect = connect
        self._now = now
        self._return_path = return_path
        self._null_return_path = null_return_path
        self._quota = quota

    def send_due(self, *, stopping: Callable[[], bool]) -> SendingResult:
        """Sends until nothing is due, the quota is used up, or `stopping` returns True, which is asked between letters.

        Raises LoginRefused or MailServerUnavailable when the server cannot be reached, StorageFailed for the ledger.
        """
        result = SendingResult()
        while not result.cut_short and not stopping() and (batch := self._due()):
            with self._connect() as transport:
                result += self._send(transport, batch, stopping)
        return result

    def _due(self) -> list[OutboxRecord]:
        at = self._now()
        with self._ledger.reading() as ledger:
            left = self._quota - outbox.attempts_since(ledger, at - QUOTA_SPAN)
            return list(due(outbox.unsent(ledger), at, most=min(left, _LETTERS_A_CONNECTION)))

    def _send(self, transport: MailTransport, batch: list[OutboxRecord], stopping: Callable[[], bool]) -> SendingResult:
        result = SendingResult()
        for record in batch:
            if result.cut_short or stopping():
                break
            result += self._attempt(transport, record)
        return result

    def _attempt(self, transport: MailTransport, record: OutboxRecord) -> SendingResult:
        """Attempts one letter; does nothing when another sender has it, or when it was removed meanwhile.

        One that cannot be read from the disk waits for its next attempt or, when its time is over, is given up.
        """
        at = self._now()
        try:
            with self._ledger.reading() as ledger:
                raw = outbox.raw_letter(ledger, record.id, self._data_dir)
        except StorageFailed as error:
            return self._postpone_unreadable(record, error, at)
        except BadUsage:  # removed since it was listed, together with the letter that it answers
            return SendingResult()
        attempted = replace(record, delivery=start_attempt(record.kind, record.delivery, at))
        if not self._move(record, attempted.delivery):
            return SendingResult()
        outcome = transport.send(self._sender(record.kind), record.to, raw)
        return self._settle(
            attempted, unless_about_the_letter(record.delivery, outcome, others_sent=self._others_sent(record))
        )

    def _postpone_unreadable(self, record: OutboxRecord, error: StorageFailed, at: datetime) -> SendingResult:
        delivery = after_unreadable(record.delivery, str(error), at)
        moved = self._move(record, delivery)
        state = delivery.state.value
        _log.error("letter out cannot be read", outbox=record.id, state=state, error=str(error))
        if not moved or delivery.next_attempt_at is not None:
            return SendingResult()
        return _result_for(replace(record, delivery=delivery), cut_short=False)

    def _others_sent(self, record: OutboxRecord) -> bool:
        """Whether letters were sent since this one was tried last."""
        last = record.delivery.last_attempt_at
        if last is None:
            return False
        with self._ledger.reading() as ledger:
            return outbox.is_any_sent_since(ledger, last)

    def _settle(self, record: OutboxRecord, outcome: Outcome) -> SendingResult:
        at = self._now()
        delivery = after_answer(record.delivery, outcome, at)
        with self._ledger.writing() as ledger:
            outbox.record_delivery(ledger, record, delivery)
            if isinstance(outcome, Deferred):
                _postpone_others(ledger, outcome, at)
        log = _log.error if delivery.state is OutboxState.FAILED else _log.info
        log(
            "letter out",
            bulletin=record.bulletin,
            outbox=record.id,
            kind=record.kind.value,
            letter=record.letter,
            state=delivery.state.value,
            code=delivery.answer_code,
            reply=delivery.answer,
        )
        result = _result_for(replace(record, delivery=delivery), _ends_round(outcome))
        if isinstance(outcome, Deferred) and outcome.scope is Scope.ACCOUNT:
            result = replace(result, limited=outcome)
        return result

    def _move(self, record: OutboxRecord, to: Delivery) -> bool:
        with self._ledger.writing() as ledger:
            return outbox.record_delivery(ledger, record, to)

    def _sender(self, kind: LetterKind) -> str:
        return "" if self._null_return_path and kind.answers_a_letter else self._return_path


def _result_for(record: OutboxRecord, cut_short: bool) -> SendingResult:
    match record.delivery.state:
        case OutboxState.SENT:
            return SendingResult(sent=1, cut_short=cut_short)
        case OutboxState.QUEUED:
            return SendingResult(deferred=1, cut_short=cut_short)
        case OutboxState.POSSIBLY_SENT:
            return SendingResult(open=1, cut_short=cut_short)
        case OutboxState.FAILED | OutboxState.HELD | OutboxState.DROPPED:  # the last two are never tried
            return SendingResult(failed=(record,), cut_short=cut_short)
        case OutboxState.TAKEN_BACK:  # before this attempt: `_move` then makes none
            return SendingResult(cut_short=cut_short)


def _postpone_others(ledger: Transaction, outcome: Deferred, at: datetime) -> None:
    """Has the whole outbox wait where that is what the server asks for. A limit of the account is no letter's fault:
    the time that it lasts does not count towards giving a letter up."""
    if outcome.after is None or outcome.scope not in (Scope.OUTBOX, Scope.ACCOUNT):
        return
    until = at + outcome.after
    outbox.postpone(ledger, until)
    if outcome.scope is Scope.ACCOUNT:
        outbox.keep_until(ledger, until + GIVE_UP_AFTER)


def _ends_round(outcome: Outcome) -> bool:
    """Whether the connection cannot take another letter; the next round opens a new one."""
    return isinstance(outcome, PossiblySent) or (isinstance(outcome, Deferred) and outcome.scope is not Scope.LETTER)
