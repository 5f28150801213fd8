"""撤稿: a letter by which a department takes an article back."""

from __future__ import annotations

from collections.abc import Sequence

from intake.classify.doubts import doubts_about_sender
from intake.classify.intent import intent_of, titles_named
from intake.outcome import Intent, Withdrawal
from intake.parse.message import Message
from values.department import Department, department_of_sender


def withdrawal_of(message: Message, departments: Sequence[Department], authserv_id: str = "") -> Withdrawal | None:
    """What a letter without a manuscript takes back; None when it withdraws nothing, or its sender is not trusted."""
    if intent_of(message, ()) is not Intent.WITHDRAWAL:
        return None
    owners = department_of_sender(message.sender, departments)
    if not owners or doubts_about_sender(message, departments, registered=True, authserv_id=authserv_id):
        return None
    names = tuple(dict.fromkeys(owner.name for owner in owners))
    return Withdrawal(names[0] if len(names) == 1 else None, titles_named(message), f"{'、'.join(names)}来信要求撤稿")
