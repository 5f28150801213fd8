"""Follows every answer by mail that is recorded and not finished."""

from __future__ import annotations

from archive import mailed_answers
from archive.mailed_answers import AnswerState
from service.by_mail.complete_answer import complete_answer
from service.by_mail.follow_answer import follow_answer
from service.office import Office
from settings.model import BulletinSettings


def follow_answers(office: Office, bulletin: BulletinSettings) -> int:
    """Follows the answers in the order their letters came; returns how many were completed. Any process may call it, at
    any time: each answer is followed once. Raises StorageFailed, Stopped."""
    with office.ledger.reading() as ledger:
        unfinished = mailed_answers.unfinished_answers(ledger, bulletin.id)
    completed = 0
    for answer in unfinished:
        if office.stopping():
            break
        follow_answer(office, bulletin, answer)
        with office.ledger.reading() as ledger:
            now = mailed_answers.answer_of(ledger, answer.letter)
        if now is not None and now.state is AnswerState.FOLLOWED:
            complete_answer(office, bulletin, now)
            completed += 1
    return completed
