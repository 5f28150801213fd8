"""When a letter is sent, and what an answer makes of it. Pure: moments come in, a `Delivery` comes out.

A letter is marked `possibly_sent` before its first byte leaves; only an answer takes that back. So whatever kills the
service, the outbox never calls queued what may have arrived (security.md A-5, C-4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from archive.outbox import OutboxRecord
from courier.replies import Deferred, Outcome, PossiblySent, Refused, Sent
from values.errors import BadUsage
from values.outgoing import Delivery, LetterKind, OutboxState

GIVE_UP_AFTER: Final = timedelta(hours=48)
QUOTA_SPAN: Final = timedelta(minutes=15)
_WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480))
_ONCE_MORE_AFTER: Final = timedelta(minutes=15)


def fresh(at: datetime) -> Delivery:
    """Of a letter just written."""
    return Delivery(OutboxState.QUEUED, give_up_at=at + GIVE_UP_AFTER, next_attempt_at=at)


def due(waiting: Sequence[OutboxRecord], at: datetime, *, most: int) -> Sequence[OutboxRecord]:
    """The letters to send now, those that have waited longest first; at most `most`."""
    ready = [(one.delivery.next_attempt_at, one.id, one) for one in waiting if one.delivery.next_attempt_at]
    return [one for moment, _, one in sorted(ready, key=lambda ready: ready[:2]) if moment <= at][: max(0, most)]


def begun(kind: LetterKind, delivery: Delivery, at: datetime) -> Delivery:
    """An attempt begins. If no answer ever comes, a letter is sent once more by itself, an issue only by a person."""
    once_more = kind is not LetterKind.DRAFT and not delivery.unanswered
    return replace(
        delivery,
        state=OutboxState.POSSIBLY_SENT,
        attempts=delivery.attempts + 1,
        unanswered=delivery.unanswered + 1,
        last_attempt_at=at,
        next_attempt_at=at + _ONCE_MORE_AFTER if once_more else None,
        answer_code=None,
        answer="",
    )


def after_answer(delivery: Delivery, outcome: Outcome, at: datetime) -> Delivery:
    """What the outcome of the attempt that `begun` began makes of the letter.

    A letter that may have arrived in an earlier attempt stays `possibly_sent` until the server takes it for certain.
    """
    if isinstance(outcome, PossiblySent):
        return replace(delivery, answer=outcome.said)
    told = replace(
        delivery,
        unanswered=delivery.unanswered - 1,
        answer_code=outcome.code,
        answer=outcome.said,
        next_attempt_at=None,
    )
    open_still = told.unanswered > 0
    match outcome:
        case Sent():
            return replace(told, state=OutboxState.SENT, sent_at=at)
        case Refused():
            return replace(told, state=OutboxState.POSSIBLY_SENT if open_still else OutboxState.FAILED)
        case Deferred(after=after):
            again = at + max(_wait(told.attempts), after or timedelta())
            if again > told.give_up_at:
                return replace(told, state=OutboxState.POSSIBLY_SENT if open_still else OutboxState.FAILED)
            state = OutboxState.POSSIBLY_SENT if open_still else OutboxState.QUEUED
            return replace(told, state=state, next_attempt_at=again)


def resent(delivery: Delivery, at: datetime) -> Delivery:
    """A person wants the letter sent again. Raises BadUsage for one that was sent, or will be anyway."""
    if delivery.state is OutboxState.SENT:
        raise BadUsage("这封信已经发出，不能再发一次。")
    if delivery.next_attempt_at is not None:
        raise BadUsage("这封信还在排队，会自动再发；要马上发，请运行 outbox send。")
    return replace(delivery, state=OutboxState.QUEUED, give_up_at=at + GIVE_UP_AFTER, next_attempt_at=at)


def _wait(attempts: int) -> timedelta:
    """After the n-th attempt."""
    return _WAITS[min(attempts, len(_WAITS)) - 1]
