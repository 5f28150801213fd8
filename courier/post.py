"""Sends what is due: the attempt is committed, then the letter goes out, then its answer is committed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

import structlog

from archive import outbox
from archive.database import Ledger
from archive.outbox import OutboxRecord
from courier.plan import QUOTA_SPAN, after_answer, begun, due
from courier.replies import Deferred, Outcome, PossiblySent, Scope
from values.errors import StorageFailed
from values.outgoing import Delivery, LetterKind, OutboxState

_log = structlog.get_logger(__name__)

_LETTERS_A_CONNECTION: Final = 10
_UNREADABLE_AGAIN: Final = timedelta(minutes=15)


class Session(Protocol):
    """A connection over which letters go, as `courier.smtp.SmtpSession`."""

    def send(self, sender: str, to: str, raw: bytes) -> Outcome: ...


Connect = Callable[[], AbstractContextManager[Session]]
"""Opens a connection. Raises LoginRefused or PostUnavailable; then no letter was touched."""


@dataclass(frozen=True, slots=True)
class Despatch:
    """What one round did. open: letters of which nobody knows whether they arrived. cut_short: the server, or the
    connection, would not have more letters now."""

    sent: int = 0
    deferred: int = 0
    open: int = 0
    failed: tuple[OutboxRecord, ...] = ()
    cut_short: bool = False

    def __add__(self, other: Despatch) -> Despatch:
        return Despatch(
            self.sent + other.sent,
            self.deferred + other.deferred,
            self.open + other.open,
            self.failed + other.failed,
            self.cut_short or other.cut_short,
        )


class Postman:
    """Sends for one outbox. Two of them, also in two processes, never take the same letter.

    return_path: the envelope's sender. null_return_path: whether the server lets answers go without one, so that no
    bounce comes back (RFC 3834 3.3); 163.com does not. quota: letters in a quarter of an hour.
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

    def send_due(self, *, stopping: Callable[[], bool]) -> Despatch:
        """Sends until nothing is due, the quota is used up, or `stopping` says so, which is asked between letters.

        Raises LoginRefused or PostUnavailable when there is no getting to the server, StorageFailed for the ledger.
        """
        done = Despatch()
        while not done.cut_short and not stopping() and (batch := self._due()):
            with self._connect() as session:
                done += self._send(session, batch, stopping)
        return done

    def _due(self) -> list[OutboxRecord]:
        at = self._now()
        with self._ledger.reading() as ledger:
            left = self._quota - outbox.attempts_since(ledger, at - QUOTA_SPAN)
            return list(due(outbox.unsent(ledger), at, most=min(left, _LETTERS_A_CONNECTION)))

    def _send(self, session: Session, batch: list[OutboxRecord], stopping: Callable[[], bool]) -> Despatch:
        done = Despatch()
        for record in batch:
            if done.cut_short or stopping():
                break
            done += self._attempt(session, record)
        return done

    def _attempt(self, session: Session, record: OutboxRecord) -> Despatch:
        """One attempt at one letter; none when somebody else has it, or when it cannot be read from the disk."""
        at = self._now()
        try:
            with self._ledger.reading() as ledger:
                raw = outbox.raw_letter(ledger, record.id, self._data_dir)
        except StorageFailed as error:
            _log.error("letter out cannot be read", outbox=record.id, said=str(error))
            self._move(record, replace(record.delivery, next_attempt_at=at + _UNREADABLE_AGAIN, answer=str(error)))
            return Despatch()
        begins = replace(record, delivery=begun(record.kind, record.delivery, at))
        if not self._move(record, begins.delivery):
            return Despatch()
        return self._settle(begins, session.send(self._sender(record.kind), record.to, raw))

    def _settle(self, record: OutboxRecord, outcome: Outcome) -> Despatch:
        at = self._now()
        delivery = after_answer(record.delivery, outcome, at)
        with self._ledger.writing() as ledger:
            outbox.record_delivery(ledger, record, delivery)
            if isinstance(outcome, Deferred) and outcome.scope is Scope.OUTBOX and outcome.after is not None:
                outbox.postpone(ledger, at + outcome.after)
        tell = _log.error if delivery.state is OutboxState.FAILED else _log.info
        tell(
            "letter out",
            outbox=record.id,
            kind=record.kind.value,
            state=delivery.state.value,
            code=delivery.answer_code,
            said=delivery.answer,
        )
        return _counted(replace(record, delivery=delivery), _ends_round(outcome))

    def _move(self, record: OutboxRecord, to: Delivery) -> bool:
        with self._ledger.writing() as ledger:
            return outbox.record_delivery(ledger, record, to)

    def _sender(self, kind: LetterKind) -> str:
        return "" if self._null_return_path and kind.answers_a_letter else self._return_path


def _counted(record: OutboxRecord, cut_short: bool) -> Despatch:
    match record.delivery.state:
        case OutboxState.SENT:
            return Despatch(sent=1, cut_short=cut_short)
        case OutboxState.QUEUED:
            return Despatch(deferred=1, cut_short=cut_short)
        case OutboxState.POSSIBLY_SENT:
            return Despatch(open=1, cut_short=cut_short)
        case OutboxState.FAILED:
            return Despatch(failed=(record,), cut_short=cut_short)


def _ends_round(outcome: Outcome) -> bool:
    """Whether the next letter needs another connection, which the next round opens."""
    return isinstance(outcome, PossiblySent) or (isinstance(outcome, Deferred) and outcome.scope is not Scope.LETTER)
