"""When a letter is sent, and what a server's answer makes of it. Pure: moments come in, a `Delivery` comes out.

A letter is marked `possibly_sent` before its first byte leaves, and only an answer takes that back. So a crash never
leaves a letter `queued` that may have arrived (security.md A-5, C-4); only a person who asks for it again queues it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from archive.outbox import OutboxRecord
from courier.replies import Deferred, Outcome, PossiblySent, Rejected, Scope, Sent
from values.errors import BadUsage
from values.outgoing import Delivery, LetterKind, OutboxState

GIVE_UP_AFTER: Final = timedelta(hours=48)
"""Less than the 4 to 5 days of RFC 5321 4.5.4.1: a receipt that comes later confuses more than it helps."""
QUOTA_SPAN: Final = timedelta(minutes=15)
"""The time over which NetEase counts letters (domain.md section 8)."""
_WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480))
"""After each attempt, the last for all further ones: short at first, as greylisting passes within minutes."""
_ONCE_MORE_AFTER: Final = timedelta(minutes=15)
"""Until a letter whose answer got lost is sent again: time for a restart of either side, soon enough for a receipt."""
_UNREADABLE_AGAIN: Final = timedelta(minutes=15)
"""Until a letter whose file could not be read is tried again: a disk that is mended, or a share that is mounted."""

_BEHIND_THE_OTHERS: Final = timedelta(minutes=1)
"""By how much later than the rest of the outbox the letter is tried at which a limit of the account was noticed."""


def first_delivery(at: datetime) -> Delivery:
    """Of a letter that is to be sent at `at` for the first time."""
    return Delivery(OutboxState.QUEUED, give_up_at=at + GIVE_UP_AFTER, next_attempt_at=at)


def held_delivery(at: datetime) -> Delivery:
    """Of a letter, written at `at`, that a person is to look at first."""
    return Delivery(OutboxState.HELD, give_up_at=at + GIVE_UP_AFTER, next_attempt_at=None)


def release(delivery: Delivery, at: datetime) -> Delivery:
    """Sends a held letter, from `at` on. Raises BadUsage for one that is not held."""
    return _queued(_held(delivery), at)


def drop(delivery: Delivery) -> Delivery:
    """Keeps a held letter from being sent. Raises BadUsage for one that is not held."""
    return replace(_held(delivery), state=OutboxState.DROPPED)


def _held(delivery: Delivery) -> Delivery:
    if delivery.state is not OutboxState.HELD:
        raise BadUsage(f"这封信现在是“{delivery.state.chinese}”，不在等放行；可能刚由别人处理过。")
    return delivery


def due(waiting: Sequence[OutboxRecord], at: datetime, *, most: int) -> Sequence[OutboxRecord]:
    """The letters to send now, those that have waited longest first; at most `most`."""
    scheduled = [(moment, record.id, record) for record in waiting if (moment := record.delivery.next_attempt_at)]
    ordered = sorted(scheduled, key=lambda entry: entry[:2])
    return [record for moment, _, record in ordered if moment <= at][: max(0, most)]


def start_attempt(kind: LetterKind, delivery: Delivery, at: datetime) -> Delivery:
    """The delivery while an attempt is made.

    If no answer ever comes, it is sent once more automatically, except one that brings an issue: that only a person
    sends again.
    """
    once_more = not kind.is_never_doubled and not delivery.unanswered
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
    """The delivery after the attempt that `start_attempt` began.

    A letter that may have arrived in an earlier attempt stays `possibly_sent` until the server accepts it.
    """
    if isinstance(outcome, PossiblySent):
        return replace(delivery, answer=outcome.text)
    answered = replace(
        delivery,
        unanswered=delivery.unanswered - 1,
        answer_code=outcome.code,
        answer=outcome.text,
        next_attempt_at=None,
    )
    match outcome:
        case Sent():
            return replace(answered, state=OutboxState.SENT, sent_at=at)
        case Rejected():
            return _given_up(answered)
        case Deferred(scope=Scope.ACCOUNT, after=timedelta() as wait):
            until = at + wait
            # After the others: if they are accepted then, it is this letter that the server does not want.
            again = until + _BEHIND_THE_OTHERS
            queued = replace(
                answered, next_attempt_at=again, give_up_at=max(answered.give_up_at, again + GIVE_UP_AFTER)
            )
            return replace(queued, state=_waiting_state(answered))
        case Deferred():
            return _again_or_given_up(answered, at + max(_wait_after(answered.attempts), outcome.after or timedelta()))


def unless_about_the_letter(before: Delivery, outcome: Outcome, *, others_sent: bool) -> Outcome:
    """The outcome of an attempt, where a limit of the account turns out to be none.

    A letter that is refused a second time with words of a limit, while others were sent between the two attempts, is
    itself what the server refuses: it must not hold back the outbox for ever. before: its delivery before the attempt.
    """
    if not (isinstance(outcome, Deferred) and outcome.scope is Scope.ACCOUNT and outcome.code is not None):
        return outcome
    if not (others_sent and before.answer_code is not None and before.attempts):
        return outcome
    return Rejected(outcome.code, outcome.text) if outcome.code >= 500 else Deferred(outcome.code, outcome.text)


def after_unreadable(delivery: Delivery, text: str, at: datetime) -> Delivery:
    """The delivery after the letter could not be read from the disk. text: why; it stands where a server's answer does.

    No attempt was made, so none is counted.
    """
    answered = replace(delivery, answer_code=None, answer=text)
    return _again_or_given_up(answered, at + _UNREADABLE_AGAIN)


def requeue(delivery: Delivery, at: datetime) -> Delivery:
    """Queues a letter again that a person wants sent, possibly a second time.

    Raises BadUsage for one that was sent, or that will be sent anyway.
    """
    if delivery.state is OutboxState.SENT:
        raise BadUsage("这封信已经发出，不能再发一次。")
    if delivery.next_attempt_at is not None:
        raise BadUsage("这封信还在排队，会自动再发；要马上发，请运行 outbox send。")
    if delivery.state is OutboxState.HELD:
        raise BadUsage("这封信在等放行，请看过再放行（审稿台“运行”，或 outbox --release 编号）。")
    return _queued(delivery, at)


def _queued(delivery: Delivery, at: datetime) -> Delivery:
    return replace(delivery, state=OutboxState.QUEUED, give_up_at=at + GIVE_UP_AFTER, next_attempt_at=at)


def take_back(delivery: Delivery) -> Delivery:
    """Takes back a letter that was never tried.

    Raises BadUsage for one that was sent, may have been sent, or is not to be sent any more.
    """
    if delivery.state is OutboxState.TAKEN_BACK:
        raise BadUsage("这封信已经收回了。")
    if delivery.attempts or delivery.state is not OutboxState.QUEUED:
        raise BadUsage(f"这封信已不在待发（{delivery.state.chinese}），收不回来了。")
    return replace(delivery, state=OutboxState.TAKEN_BACK, next_attempt_at=None)


def _again_or_given_up(delivery: Delivery, next_attempt_at: datetime) -> Delivery:
    if next_attempt_at > delivery.give_up_at:
        return _given_up(delivery)
    return replace(delivery, state=_waiting_state(delivery), next_attempt_at=next_attempt_at)


def _waiting_state(delivery: Delivery) -> OutboxState:
    return OutboxState.POSSIBLY_SENT if delivery.unanswered else OutboxState.QUEUED


def _given_up(delivery: Delivery) -> Delivery:
    state = OutboxState.POSSIBLY_SENT if delivery.unanswered else OutboxState.FAILED
    return replace(delivery, state=state, next_attempt_at=None)


def _wait_after(attempts: int) -> timedelta:
    return _WAITS[min(attempts, len(_WAITS)) - 1]
