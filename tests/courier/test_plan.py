"""The plan of a delivery: when it is tried, and what every answer makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.outbox import OutboxRecord
from courier.plan import (
    GIVE_UP_AFTER,
    after_answer,
    after_unreadable,
    drop,
    due,
    first_delivery,
    held_delivery,
    release,
    requeue,
    start_attempt,
)
from courier.replies import Deferred, Outcome, PossiblySent, Rejected, Scope, Sent
from values.errors import BadUsage
from values.outgoing import Delivery, LetterKind, OutboxState

AT = datetime(2022, 11, 8, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RECEIPT, DRAFT = LetterKind.RECEIPT, LetterKind.DRAFT
NO_ANSWER = PossiblySent("no answer")
LATER = Deferred(450, "later")
OUTCOMES: tuple[Outcome | None, ...] = (Sent(250, "ok"), LATER, Rejected(550, "no"), NO_ANSWER, None)


def record(id: int, delivery: Delivery, kind: LetterKind = RECEIPT) -> OutboxRecord:
    return OutboxRecord(id, "wuxing", kind, "a@example.org", "s", f"<{id}@x>", None, AT, delivery)


def tried(delivery: Delivery, outcome: Outcome, at: datetime = AT, kind: LetterKind = RECEIPT) -> Delivery:
    return after_answer(start_attempt(kind, delivery, at), outcome, at)


def test_letters_are_due_in_the_order_they_wait_and_no_more_than_allowed() -> None:
    waits = [(1, AT - MINUTE), (2, AT - 2 * MINUTE), (3, AT + MINUTE), (4, AT), (5, None)]
    waiting = [record(id, replace(first_delivery(AT), next_attempt_at=moment)) for id, moment in waits]
    assert [one.id for one in due(waiting, AT, most=10)] == [2, 1, 4]
    assert [one.id for one in due(waiting, AT, most=2)] == [2, 1]
    assert due(waiting, AT, most=-3) == []


def test_deferred_letter_is_tried_less_and_less_for_two_days_and_then_fails() -> None:
    """security.md C-1."""
    waits: list[int] = []
    delivery, at = first_delivery(AT), AT
    while delivery.next_attempt_at is not None:
        at = delivery.next_attempt_at
        delivery = tried(delivery, LATER, at)
        assert delivery.attempts == len(waits) + 1
        if delivery.next_attempt_at is not None:
            assert delivery.state is OutboxState.QUEUED
            waits.append(int((delivery.next_attempt_at - at) / MINUTE))
    assert waits[:7] == [1, 5, 15, 60, 120, 240, 480]
    assert set(waits[7:]) == {480}
    assert (delivery.state, delivery.answer_code, delivery.answer) == (OutboxState.FAILED, 450, "later")
    assert GIVE_UP_AFTER - timedelta(hours=8) < at - AT <= GIVE_UP_AFTER


def test_unreadable_letter_waits_and_is_given_up_as_what_its_attempts_made_of_it() -> None:
    untried, unanswered = first_delivery(AT), tried(first_delivery(AT), NO_ANSWER)
    for delivery, waiting, given_up in (
        (untried, OutboxState.QUEUED, OutboxState.FAILED),
        (unanswered, OutboxState.POSSIBLY_SENT, OutboxState.POSSIBLY_SENT),
    ):
        later = after_unreadable(delivery, "missing", AT)
        assert (later.state, later.next_attempt_at, later.answer) == (waiting, AT + 15 * MINUTE, "missing")
        last = after_unreadable(later, "missing", AT + GIVE_UP_AFTER)
        assert (last.state, last.next_attempt_at, last.attempts) == (given_up, None, delivery.attempts)


def test_server_that_names_a_wait_is_given_it() -> None:
    delivery = tried(first_delivery(AT), Deferred(451, "MI:SFQ", timedelta(minutes=15), Scope.OUTBOX))
    assert delivery.next_attempt_at == AT + 15 * MINUTE


def test_refused_letter_keeps_code_and_text_and_is_not_tried_again() -> None:
    delivery = tried(first_delivery(AT), Rejected(554, "DT:SPM"))
    assert (delivery.state, delivery.next_attempt_at) == (OutboxState.FAILED, None)
    assert (delivery.answer_code, delivery.answer) == (554, "DT:SPM")


def test_receipt_without_an_answer_is_sent_once_more_and_never_again() -> None:
    """security.md C-4."""
    once = tried(first_delivery(AT), NO_ANSWER)
    assert (once.state, once.next_attempt_at) == (OutboxState.POSSIBLY_SENT, AT + 15 * MINUTE)
    twice = tried(once, NO_ANSWER, AT + 15 * MINUTE)
    assert (twice.state, twice.next_attempt_at, twice.unanswered) == (OutboxState.POSSIBLY_SENT, None, 2)


def test_receipt_that_may_have_arrived_stays_marked_when_it_is_sent_again() -> None:
    again = tried(tried(first_delivery(AT), NO_ANSWER), Sent(250, "ok"), AT + 15 * MINUTE)
    assert (again.state, again.unanswered, again.sent_at) == (OutboxState.SENT, 1, AT + 15 * MINUTE)
    refused = tried(tried(first_delivery(AT), NO_ANSWER), Rejected(550, "no"), AT + 15 * MINUTE)
    assert refused.state is OutboxState.POSSIBLY_SENT


def test_issue_without_an_answer_waits_for_a_person() -> None:
    once = tried(first_delivery(AT), NO_ANSWER, kind=DRAFT)
    assert (once.state, once.next_attempt_at) == (OutboxState.POSSIBLY_SENT, None)
    again = requeue(once, AT + GIVE_UP_AFTER)
    assert (again.state, again.next_attempt_at) == (OutboxState.QUEUED, AT + GIVE_UP_AFTER)
    assert tried(again, LATER, AT + GIVE_UP_AFTER, DRAFT).next_attempt_at == AT + GIVE_UP_AFTER + 5 * MINUTE


def test_only_what_rests_can_be_sent_again_by_hand() -> None:
    with pytest.raises(BadUsage, match="已经发出"):
        requeue(tried(first_delivery(AT), Sent(250, "ok")), AT)
    with pytest.raises(BadUsage, match="还在排队"):
        requeue(first_delivery(AT), AT)
    assert requeue(tried(first_delivery(AT), Rejected(550, "no")), AT).state is OutboxState.QUEUED


@given(st.sampled_from(LetterKind), st.lists(st.sampled_from(OUTCOMES), max_size=12))
def test_letter_is_never_called_queued_when_it_may_have_arrived(
    kind: LetterKind, outcomes: list[Outcome | None]
) -> None:
    """None: killed before any answer. Whatever happens, at most one attempt too many is made, and none for an issue."""
    delivery, open_attempts = first_delivery(AT), 0
    for outcome in outcomes:
        if delivery.next_attempt_at is None:
            break
        delivery = start_attempt(kind, delivery, delivery.next_attempt_at)
        open_attempts += outcome is None or isinstance(outcome, PossiblySent)
        if outcome is not None:
            delivery = after_answer(delivery, outcome, delivery.last_attempt_at or AT)
        assert delivery.unanswered == open_attempts
        if open_attempts:
            assert delivery.state in (OutboxState.POSSIBLY_SENT, OutboxState.SENT)
    assert open_attempts <= (1 if kind is DRAFT else 2)


def test_held_letter_is_sent_when_a_person_releases_it_and_never_by_itself() -> None:
    held = held_delivery(AT)
    assert due([record(1, held)], AT + GIVE_UP_AFTER, most=10) == []
    late = AT + 10 * GIVE_UP_AFTER
    assert release(held, late) == first_delivery(late)
    assert drop(held) == replace(held, state=OutboxState.DROPPED)


@pytest.mark.parametrize("decide", [lambda delivery: release(delivery, AT), drop])
def test_only_a_held_letter_is_released_or_dropped(decide: Callable[[Delivery], Delivery]) -> None:
    for delivery in (first_delivery(AT), tried(first_delivery(AT), Sent(250, "ok")), drop(held_delivery(AT))):
        with pytest.raises(BadUsage, match="不在等放行"):
            decide(delivery)
