"""Answers by mail that are to be followed: recorded when the letter is read, then followed, then replied to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Row, and_, delete, false, or_, select, true, update

from archive.database import insert_if_new
from archive.schema import letter, mailed_answer
from archive.transaction import Transaction


class AnswerState(StrEnum):
    """How far an answer is."""

    RECORDED = "recorded"
    """Its sender is believed; nothing is done yet."""
    FOLLOWED = "followed"
    """What it decides is done, in one transaction; the new draft and the reply are not made yet."""
    COMPLETED = "completed"
    """Its writer was replied to, where anybody can be."""


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer by mail."""

    letter: int
    """Id of the letter."""
    issue: int
    """Id of the issue."""
    revision: int
    """Number of the revision that the answered letter was about."""
    person: str
    """The sender's address, in lower case."""
    message_id: str
    """"" for none."""
    text_sha256: str
    """Of its own words."""
    code_sha256: str
    """Of the valid code that came with it; "" for none."""
    authenticated: bool
    """The mail server vouched for the sender."""
    state: AnswerState
    words: str
    """Its own words; "" once it is completed."""
    outcome: str = ""
    """JSON of what was done; "" before and after."""


def record_answer(ledger: Transaction, answer: AnswerRecord) -> bool:
    """Returns False when the letter's answer is recorded already."""
    return insert_if_new(
        ledger,
        mailed_answer,
        ("letter_id",),
        letter_id=answer.letter,
        issue_id=answer.issue,
        revision=answer.revision,
        person=answer.person,
        message_id=answer.message_id,
        text_sha256=answer.text_sha256,
        code_sha256=answer.code_sha256,
        authenticated=answer.authenticated,
        state=answer.state.value,
        words=answer.words,
        outcome=answer.outcome,
    )


def same_answer(ledger: Transaction, answer: AnswerRecord) -> int | None:
    """The letter that brought the same answer before: of the same person, with the same Message-ID, or with the same
    words about the same revision. None for a new one: also for one with an unused code of its own, which a copy of an
    earlier letter cannot have."""
    same_words = and_(
        mailed_answer.c.issue_id == answer.issue,
        mailed_answer.c.revision == answer.revision,
        mailed_answer.c.text_sha256 == answer.text_sha256,
    )
    same_message = mailed_answer.c.message_id == answer.message_id if answer.message_id else false()
    same_code = mailed_answer.c.code_sha256 == answer.code_sha256 if answer.code_sha256 else true()
    earlier = select(mailed_answer.c.letter_id).where(
        mailed_answer.c.person == answer.person,
        mailed_answer.c.letter_id != answer.letter,
        or_(same_words, same_message),
        same_code,
    )
    return ledger.sql.execute(earlier.order_by(mailed_answer.c.letter_id).limit(1)).scalar()


def unfinished_answers(ledger: Transaction, bulletin: str) -> Sequence[AnswerRecord]:
    """The answers to drafts of the bulletin that are not completed, in the order their letters came."""
    rows = ledger.sql.execute(
        select(mailed_answer)
        .join(letter, letter.c.id == mailed_answer.c.letter_id)
        .where(letter.c.bulletin == bulletin, mailed_answer.c.state != AnswerState.COMPLETED.value)
        .order_by(letter.c.received_at, letter.c.id)
    )
    return [_record(row) for row in rows]


def answer_of(ledger: Transaction, letter_id: int) -> AnswerRecord | None:
    """The answer that the letter is; None for any other letter."""
    row = ledger.sql.execute(select(mailed_answer).where(mailed_answer.c.letter_id == letter_id)).first()
    return None if row is None else _record(row)


def record_outcome(ledger: Transaction, letter_id: int, outcome: str) -> None:
    """The answer is followed. outcome: JSON of what was done."""
    values = {"state": AnswerState.FOLLOWED.value, "outcome": outcome}
    ledger.sql.execute(update(mailed_answer).where(mailed_answer.c.letter_id == letter_id).values(values))


def complete_answer(ledger: Transaction, letter_id: int) -> None:
    """The answer is replied to; its words are nowhere but in the letter."""
    values = {"state": AnswerState.COMPLETED.value, "words": "", "outcome": ""}
    ledger.sql.execute(update(mailed_answer).where(mailed_answer.c.letter_id == letter_id).values(values))


def forget_answer(ledger: Transaction, letter_id: int) -> None:
    """Removes what is recorded of the answer, together with its letter."""
    ledger.sql.execute(delete(mailed_answer).where(mailed_answer.c.letter_id == letter_id))


def _record(row: Row[tuple[object, ...]]) -> AnswerRecord:
    return AnswerRecord(
        row.letter_id,
        row.issue_id,
        row.revision,
        row.person,
        row.message_id,
        row.text_sha256,
        row.code_sha256,
        row.authenticated,
        AnswerState(row.state),
        row.words,
        row.outcome,
    )
