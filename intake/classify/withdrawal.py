"""撤稿: a letter by which a department takes an article back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intake.classify.doubts import doubts_about_sender
from intake.classify.intent import intent_of, titles_named
from intake.classify.recall import Recall, recall_of
from intake.outcome import Intent, Withdrawal
from intake.parse.message import Message
from intake.read.pasted.article import title_of_subject
from values.department import Department, department_of_sender

_NOBODYS: Final = "有撤回邮件的通知"


def withdrawal_of(message: Message, departments: Sequence[Department], authserv_id: str = "") -> Withdrawal | None:
    """What a letter without a manuscript takes back; None when it withdraws nothing, or its sender is not trusted.

    The recall notice of a mail service is taken as speaking for the department whose letter it names, and nothing is
    changed because of it (`Withdrawal.trusted`).
    """
    recall = recall_of(message)
    if recall is None and intent_of(message, ()) is not Intent.WITHDRAWAL:
        return None
    owners = department_of_sender(message.sender, departments)
    trusted = bool(owners) and not doubts_about_sender(message, departments, registered=True, authserv_id=authserv_id)
    if not trusted and recall is None:
        return None
    if recall is not None and not trusted:
        owners = department_of_sender(recall.sender, departments)
    names = tuple(dict.fromkeys(owner.name for owner in owners))
    titles = titles_named(message)
    if recall is not None and recall.subject:
        titles = tuple(dict.fromkeys((*titles, title_of_subject(recall.subject))))
    return Withdrawal(
        names[0] if len(names) == 1 else None,
        titles,
        _reason(names, recall, trusted),
        recall.subject if recall else "",
        trusted,
    )


def _reason(names: Sequence[str], recall: Recall | None, trusted: bool) -> str:
    listed = "、".join(names)
    if recall is None:
        return f"{listed}来信要求撤稿"
    who = listed if trusted else f"{_NOBODYS}（{recall.sender or '没有写明谁撤回'}）"
    return f"{who}撤回了邮件“{recall.subject}”" if trusted else f"{who}，撤回的是“{recall.subject}”"
