"""Whether, and from when on, the sender of a letter may be answered by a machine: the limits of RFC 3834.

What the letter itself is, a machine's or a person's, was judged when it was read (`LetterHead.machine`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from values.address import is_sendable, is_unattended
from values.machine_mail import MachineMail
from values.outgoing import LetterHead

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
# Two programs that answer each other stop after these; a department that sends more gets answers to the first.
_MOST_AN_HOUR: Final = 3
_MOST_A_DAY: Final = 5


class NotAnswered(Enum):
    """Why a letter gets no answer; the value is for the log."""

    NOT_TRUSTED = "sender not registered, or doubtful"
    OUR_OWN = "our own letter"
    UNATTENDED = "nobody reads that address"
    """noreply@ and the like, or an address that SMTP cannot carry."""
    MACHINE = "written by a machine"
    UNWANTED = "its program asks for no automatic answer"
    NOT_TO_US = "not addressed to us"
    OLD = "the letter is old"
    ENOUGH = "enough answers to this address for now"


@dataclass(frozen=True, slots=True)
class Answered:
    """How many answers the sender got within the last hour and day."""

    hour: int
    day: int


def why_not_answered(
    head: LetterHead,
    *,
    own_addresses: Collection[str],
    known_by_address: bool,
    count_answers: Callable[[], Answered],
    age: timedelta,
    longest: timedelta,
) -> NotAnswered | None:
    """None when a receipt or rejection may go to the sender, otherwise why not.

    own_addresses: lower case. known_by_address: the mailbox's own address is among them, which it is not where people
    log in with a bare name. count_answers: called only where nothing else refuses, which is rare in a flood of foreign
    mail. age: since the letter came; longest: of a letter that is still answered.
    """
    if refusal := _refusal(head, frozenset(own_addresses), known_by_address):
        return refusal
    if age > longest:
        return NotAnswered.OLD
    answered = count_answers()
    if answered.hour >= _MOST_AN_HOUR or answered.day >= _MOST_A_DAY:
        return NotAnswered.ENOUGH
    return None


def _refusal(head: LetterHead, own_addresses: frozenset[str], known_by_address: bool) -> NotAnswered | None:
    """Why this letter is never answered, whenever it came and however often its sender was answered."""
    if not head.trusted:
        return NotAnswered.NOT_TRUSTED
    if head.sender in own_addresses or head.machine is MachineMail.OUR_OWN:
        return NotAnswered.OUR_OWN
    if not is_sendable(head.recipient) or is_unattended(head.recipient):
        return NotAnswered.UNATTENDED
    if head.machine is not None:
        return NotAnswered.MACHINE
    if head.wants_no_answer:
        return NotAnswered.UNWANTED
    if known_by_address and not set(head.to) & own_addresses:
        return NotAnswered.NOT_TO_US
    return None


def may_be_written_from(written: Sequence[datetime], at: datetime) -> datetime:
    """From when on an address may get one more letter that answers one of its own; `at`, if it may get it now.

    written: when it got the ones before, the earliest first.
    """
    waits = [at]
    for most, span in ((_MOST_AN_HOUR, HOUR), (_MOST_A_DAY, DAY)):
        within = [moment for moment in written if moment > at - span]
        if len(within) >= most:
            waits.append(within[-most] + span)
    return max(waits)
