"""Commissions (约稿) as the ledger holds them: who was asked for what, which letters are about it, what has come."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, insert, or_, select, update

from archive.database import insert_if_new, upsert
from archive.joint_departments import departments_of
from archive.outbox import OutboxRecord, letters_out_with_ids
from archive.schema import (
    article,
    commission,
    commission_article,
    commission_department,
    commission_letter,
    commission_question,
    outbox,
    revision,
    urging_letter,
)
from archive.transaction import Transaction
from values.commission import Commission, CommissionAnswer, LinkState, LinkWay


@dataclass(frozen=True, slots=True)
class NewCommission:
    """A commission about to be recorded."""

    bulletin: str
    """Id of the bulletin."""
    topic: str
    demands: str
    due_at: datetime
    departments: tuple[str, ...]
    """Canonical names, in the order of the contents page."""
    made_by: str
    """Name of the editor."""


@dataclass(frozen=True, slots=True)
class CommissionLetter:
    """A letter out about a commission."""

    record: OutboxRecord
    department: str
    """To which it goes."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """What is recorded of an article that answers a commission, or may do so."""

    commission: int
    article: int
    """Their ids."""
    state: LinkState
    way: LinkWay


def add_commission(ledger: Transaction, new: NewCommission, *, at: datetime) -> int:
    """Records a commission; returns its number."""
    values = {
        "bulletin": new.bulletin,
        "topic": new.topic,
        "demands": new.demands,
        "due_at": new.due_at,
        "made_by": new.made_by,
        "made_at": at,
    }
    id = ledger.sql.execute(insert(commission).values(values).returning(commission.c.id)).scalar_one()
    names = dict.fromkeys(new.departments)
    rows = [{"commission_id": id, "department": name, "position": place} for place, name in enumerate(names)]
    ledger.sql.execute(insert(commission_department), rows)
    return int(id)


def write_due(ledger: Transaction, id: int, due_at: datetime) -> None:
    """Gives the commission another deadline."""
    ledger.sql.execute(update(commission).where(commission.c.id == id).values(due_at=due_at))


def write_cancelled(ledger: Transaction, id: int, at: datetime) -> None:
    """Records that the commission is cancelled."""
    ledger.sql.execute(update(commission).where(commission.c.id == id).values(cancelled_at=at))


def commission_numbered(ledger: Transaction, bulletin: str, id: int) -> Commission | None:
    """The commission of that number; None when the bulletin has none."""
    return next(iter(_commissions(ledger, commission.c.bulletin == bulletin, commission.c.id == id)), None)


def commissions_of(ledger: Transaction, bulletin: str) -> Sequence[Commission]:
    """All commissions of the bulletin, the earliest deadline first."""
    return _commissions(ledger, commission.c.bulletin == bulletin)


def commissions_due(ledger: Transaction, bulletin: str, start: datetime, end: datetime) -> Sequence[Commission]:
    """Those that stand and whose deadline is in [start, end), the earliest first."""
    stands = (commission.c.bulletin == bulletin, commission.c.cancelled_at.is_(None))
    return _commissions(ledger, *stands, commission.c.due_at >= start, commission.c.due_at < end)


def commissions_to_match(
    ledger: Transaction, bulletin: str, since: datetime, numbers: Collection[int]
) -> Sequence[Commission]:
    """Those of the bulletin that were due at `since` or later, and those of these numbers."""
    wanted = or_(commission.c.due_at >= since, commission.c.id.in_(sorted(numbers)))
    return _commissions(ledger, commission.c.bulletin == bulletin, wanted)


def commissions_answered_by(ledger: Transaction, bulletin: str, article_id: int) -> Sequence[Commission]:
    """The commissions that the article answers, or may answer."""
    linked = select(commission_article.c.commission_id).where(
        commission_article.c.article_id == article_id, commission_article.c.state != LinkState.UNLINKED.value
    )
    return _commissions(ledger, commission.c.bulletin == bulletin, commission.c.id.in_(linked))


def write_link(ledger: Transaction, link: NewLink, *, at: datetime) -> None:
    """Records what a person has said of an article, in place of what was recorded before."""
    statement = upsert(ledger, commission_article, ("commission_id", "article_id"))
    ledger.sql.execute(statement, _columns(link, at))


def add_link(ledger: Transaction, link: NewLink, *, at: datetime) -> bool:
    """Records a match, unless something is recorded of this article and commission already. Returns whether it did."""
    return insert_if_new(ledger, commission_article, ("commission_id", "article_id"), **_columns(link, at))


def _columns(link: NewLink, at: datetime) -> dict[str, object]:
    return {
        "commission_id": link.commission,
        "article_id": link.article,
        "state": link.state.value,
        "way": link.way.value,
        "linked_at": at,
    }


def record_question(ledger: Transaction, letter_id: int, commission_id: int) -> None:
    """Records that the letter asks something about the commission; a second call changes nothing."""
    insert_if_new(ledger, commission_question, ("letter_id",), letter_id=letter_id, commission_id=commission_id)


def question_about(ledger: Transaction, letter_id: int) -> int | None:
    """The number of the commission that a letter asks about; None for none."""
    asked = select(commission_question.c.commission_id).where(commission_question.c.letter_id == letter_id)
    return ledger.sql.execute(asked).scalar()


def questions_about(ledger: Transaction, commission_id: int) -> Sequence[int]:
    """Ids of the letters that ask something about the commission, the earliest first."""
    asking = select(commission_question.c.letter_id).where(commission_question.c.commission_id == commission_id)
    return ledger.sql.execute(asking.order_by(commission_question.c.letter_id)).scalars().all()


def link_letter(ledger: Transaction, message_id: str, commission_id: int, department: str) -> None:
    """Records that the letter out of this Message-ID is about the commission; a second call changes nothing.

    Raises NoResultFound when there is no such letter.
    """
    letter_out = ledger.sql.execute(select(outbox.c.id).where(outbox.c.message_id == message_id)).scalar_one()
    columns = {"outbox_id": letter_out, "commission_id": commission_id, "department": department}
    insert_if_new(ledger, commission_letter, ("outbox_id",), **columns)


def letters_about(ledger: Transaction, commission_id: int) -> Sequence[CommissionLetter]:
    """The letters out about the commission, in the order they were written."""
    columns = (commission_letter.c.outbox_id, commission_letter.c.department)
    rows = ledger.sql.execute(select(*columns).where(commission_letter.c.commission_id == commission_id))
    departments = {row.outbox_id: row.department for row in rows}
    records = letters_out_with_ids(ledger, list(departments))
    return [CommissionLetter(record, departments[record.id]) for record in records]


def commissions_referred_to(ledger: Transaction, bulletin: str, message_ids: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the commissions whose letters have these Message-IDs, each once, in their order."""
    rows = ledger.sql.execute(
        select(outbox.c.message_id, commission_letter.c.commission_id)
        .join(outbox, outbox.c.id == commission_letter.c.outbox_id)
        .where(outbox.c.message_id.in_(message_ids), outbox.c.bulletin == bulletin)
    )
    numbers = {row.message_id: int(row.commission_id) for row in rows}
    return tuple(dict.fromkeys(numbers[id] for id in message_ids if id in numbers))


def has_commissions(ledger: Transaction, bulletin: str) -> bool:
    """Whether the bulletin has ever commissioned anything."""
    return ledger.sql.execute(select(exists().where(commission.c.bulletin == bulletin))).scalar_one()


def unreminded(ledger: Transaction, bulletin: str, at: datetime) -> Mapping[int, tuple[str, ...]]:
    """By the number of each commission that stands and is due later, the departments that were not reminded yet."""
    rows = ledger.sql.execute(
        select(commission_department.c.commission_id, commission_department.c.department)
        .join(commission, commission.c.id == commission_department.c.commission_id)
        .where(
            commission.c.bulletin == bulletin,
            commission.c.cancelled_at.is_(None),
            commission.c.due_at > at,
            commission_department.c.reminded_at.is_(None),
        )
        .order_by(commission_department.c.commission_id, commission_department.c.position)
    )
    waiting: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        waiting[row.commission_id].append(row.department)
    return {id: tuple(names) for id, names in waiting.items()}


def record_reminded(ledger: Transaction, commission_id: int, departments: Sequence[str], at: datetime) -> None:
    """Records that the departments need no reminder any more."""
    same = (commission_department.c.commission_id == commission_id, commission_department.c.department.in_(departments))
    ledger.sql.execute(update(commission_department).where(*same).values(reminded_at=at))


def rename_department(ledger: Transaction, bulletin: str, before: str, after: str) -> None:
    """Gives the commissions and letters of one department to another. One that was asked under both names was asked
    once."""
    own = select(commission.c.id).where(commission.c.bulletin == bulletin)
    asked, other = commission_department, commission_department.alias()
    twice = exists().where(other.c.commission_id == asked.c.commission_id, other.c.department == after)
    of_before = and_(asked.c.commission_id.in_(own), asked.c.department == before)
    ledger.sql.execute(delete(asked).where(of_before, twice))
    ledger.sql.execute(update(asked).where(of_before).values(department=after))
    letters = and_(commission_letter.c.commission_id.in_(own), commission_letter.c.department == before)
    ledger.sql.execute(update(commission_letter).where(letters).values(department=after))
    of_bulletin = urging_letter.c.outbox_id.in_(select(outbox.c.id).where(outbox.c.bulletin == bulletin))
    urged = and_(of_bulletin, urging_letter.c.department == before)
    ledger.sql.execute(update(urging_letter).where(urged).values(department=after))


def _commissions(ledger: Transaction, *conditions: ColumnElement[bool]) -> Sequence[Commission]:
    """Commissions, the earliest deadline first."""
    order = (commission.c.due_at, commission.c.id)
    rows = ledger.sql.execute(select(commission).where(*conditions).order_by(*order)).all()
    if not rows:
        return ()
    chosen = select(commission.c.id).where(*conditions)
    names: defaultdict[int, list[str]] = defaultdict(list)
    asked = select(commission_department).where(commission_department.c.commission_id.in_(chosen))
    for row in ledger.sql.execute(asked.order_by(commission_department.c.position)):
        names[row.commission_id].append(row.department)
    answers = _answers(ledger, commission_article.c.commission_id.in_(chosen))
    return [
        Commission(
            id=row.id,
            bulletin=row.bulletin,
            topic=row.topic,
            demands=row.demands,
            due_at=row.due_at,
            departments=tuple(names[row.id]),
            made_by=row.made_by,
            made_at=row.made_at,
            cancelled_at=row.cancelled_at,
            answers=tuple(answers[row.id]),
        )
        for row in rows
    ]


def _answers(ledger: Transaction, *conditions: ColumnElement[bool]) -> Mapping[int, list[CommissionAnswer]]:
    """By the number of the commission, the earliest first."""
    current = and_(revision.c.article_id == article.c.id, revision.c.number == article.c.revision)
    rows = ledger.sql.execute(
        select(
            commission_article,
            article.c.department,
            article.c.departments,
            article.c.received_at,
            article.c.confirmed,
            revision.c.manuscript,
        )
        .join(article, article.c.id == commission_article.c.article_id)
        .join(revision, current)
        .where(*conditions, commission_article.c.state != LinkState.UNLINKED.value)
        .order_by(article.c.received_at, article.c.id)
    )
    answers: defaultdict[int, list[CommissionAnswer]] = defaultdict(list)
    for row in rows:
        answer = CommissionAnswer(
            article=row.article_id,
            title="".join(json.loads(row.manuscript).get("title_lines", ())),
            departments=departments_of(row.department, row.departments),
            received_at=row.received_at,
            is_confirmed=row.confirmed,
            state=LinkState(row.state),
            way=LinkWay(row.way),
        )
        answers[row.commission_id].append(answer)
    return answers
