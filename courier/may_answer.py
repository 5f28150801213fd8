"""Whether a letter may be answered by a machine: RFC 3834, and what mail programs have agreed on since."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from values.address import is_sendable
from values.outgoing import LetterHead

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
_MOST_AN_HOUR: Final = 3
_MOST_A_DAY: Final = 5
_NOBODY: Final = re.compile(
    r"mailer-?daemon|postmaster|(?:do-?)?no-?t?-?reply|.+-bounces|bounces?\b.*|owner-.+|.+-request|.+-owner"
)
_UNWANTED: Final = frozenset({"all", "autoreply", "oof"})
_WORDS: Final = re.compile(r"[a-z_-]+")


@dataclass(frozen=True, slots=True)
class Answered:
    """How many answers the sender got within the last hour and day."""

    hour: int
    day: int


def may_answer(
    head: LetterHead,
    *,
    own_addresses: Collection[str],
    known_by_address: bool,
    answered: Answered,
    age: timedelta,
    longest: timedelta,
) -> str | None:
    """None when a receipt or rejection may go to the sender, otherwise why not.

    own_addresses: lower case. known_by_address: the mailbox's own address is among them, which it is not where people
    log in with a bare name. age: since the letter came; longest: of a letter that is still answered.
    """
    sender = head.sender
    if not head.trusted:
        return "sender not registered, or doubtful"
    if sender in own_addresses or _any_of(head, "x-loop") & set(own_addresses):
        return "our own letter"
    if not is_sendable(sender) or _NOBODY.fullmatch(sender.partition("@")[0]):
        return "nobody reads that address"
    if why := _automatic(head):
        return why
    if known_by_address and not set(head.to) & set(own_addresses):
        return "not addressed to us"
    if age > longest:
        return "the letter is old"
    if answered.hour >= _MOST_AN_HOUR or answered.day >= _MOST_A_DAY:
        return "enough answers to this address for now"
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


def _automatic(head: LetterHead) -> str | None:
    headers = head.headers
    if "".join(next(iter(headers.get("return-path", ())), "").split()) == "<>":
        return "null return path"
    if _words(head, "auto-submitted") - {"no"}:
        return "Auto-Submitted"
    if any(name.startswith("list-") for name in headers):
        return "list mail"
    if _words(head, "precedence") & {"bulk", "list", "junk", "auto_reply", "auto-reply"}:
        return "Precedence"
    if _words(head, "x-auto-response-suppress") & _UNWANTED:
        return "X-Auto-Response-Suppress"
    if (_words(head, "x-autoreply") | _words(head, "x-autorespond")) - {"no", "false"}:
        return "X-Autoreply"
    if "x-failed-recipients" in headers or _any_of(head, "content-type") & {"multipart/report"}:
        return "a report"
    return None


def _words(head: LetterHead, name: str) -> set[str]:
    """All words of such fields, lower case, parameters and comments left out."""
    values = (re.split(r"[;(]", value.lower())[0] for value in head.headers.get(name, ()))
    return {word for value in values for word in _WORDS.findall(value)}


def _any_of(head: LetterHead, name: str) -> set[str]:
    """The values of such fields, lower case, without parameters."""
    return {value.lower().partition(";")[0].strip() for value in head.headers.get(name, ())}
