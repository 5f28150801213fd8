"""Follows every answer by mail that is recorded and not finished."""

from __future__ import annotations

import structlog

from archive import mailed_answers
from archive.mailed_answers import AnswerRecord, AnswerState
from intake.pool import ReadingPool
from service.office import Office
from settings.model import BulletinSettings
from values.errors import FileAltered, JianbaoError

_log = structlog.get_logger(__name__)


def follow_answers(office: Office, bulletin: BulletinSettings, pool: ReadingPool) -> int:
    """Follows the answers in the order their letters came; returns how many were completed. Any process may call it, at
    any time: each answer is followed once.

    Raises StorageFailed; Stopped; and, after the last answer, the error of the first one that a defect or an altered
    file keeps unfinished: its letter waits at the desk.
    """
    with office.ledger.reading() as ledger:
        unfinished = mailed_answers.unfinished_answers(ledger, bulletin.id)
    defects: list[Exception] = []
    completed = 0
    for answer in unfinished:
        if office.stopping():
            break
        try:
            completed += _finish(office, bulletin, pool, answer)
        except FileAltered as error:  # of this answer's draft; the others do not wait until it is restored
            defects.append(error)
        except JianbaoError:
            raise
        except Exception as error:  # noqa: BLE001 - raised below, after the other answers
            # its name alone: its text may contain the letter's words (security.md I8)
            _log.error("answer by mail not finished", letter=answer.letter, reason=type(error).__name__)
            defects.append(error)
    if defects:
        raise defects[0]
    return completed


def _finish(office: Office, bulletin: BulletinSettings, pool: ReadingPool, recorded: AnswerRecord) -> bool:
    """Whether there was anything left to do for the answer."""
    # They load what typesets: few polls bring an answer, and a service that polls is small (docs/decisions/0126).
    from service.by_mail.complete_answer import complete_answer
    from service.by_mail.edits import wanted_edits
    from service.by_mail.follow_answer import follow_answer

    edits = wanted_edits(office, pool, bulletin, recorded) if recorded.state is AnswerState.RECORDED else None
    follow_answer(office, bulletin, recorded.letter, edits)
    with office.ledger.reading() as ledger:
        answer = mailed_answers.answer_of(ledger, recorded.letter)
    if answer is None or answer.state is not AnswerState.FOLLOWED:
        return False
    complete_answer(office, bulletin, answer, pool)
    return True
