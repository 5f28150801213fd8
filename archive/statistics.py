"""Counting in the ledger: what each department sent, what was printed of it, what a leader endorsed.

Articles made at the desk itself (采用情况通报) are nobody's submission and are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, or_, select

from archive.schema import article, endorsement, issue, letter, letter_article, revision
from archive.transaction import Transaction
from values.issue import ArticleStatus, IssueStatus

OWN_LETTERS: Final = "adoption-report"
"""What the Message-IDs of the letters begin with that the desk writes to itself."""


@dataclass(frozen=True, slots=True)
class SentCount:
    """Articles of a department, as it is named with them, that came in, by what has become of them."""

    department: str | None
    status: ArticleStatus
    count: int


@dataclass(frozen=True, slots=True)
class PrintedCount:
    """Articles of a department in signed-off issues: of this section, in supplements or not."""

    department: str | None
    section: str
    supplement: bool
    count: int


@dataclass(frozen=True, slots=True)
class EndorsedCount:
    department: str | None
    level: str
    count: int


@dataclass(frozen=True, slots=True)
class Endorsement:
    """批示 on an article. level: as the office calls it (市级). note: whose, and what it says."""

    id: int
    article: int
    level: str
    note: str
    who: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A period of whole days, as moments and as days."""

    start: datetime
    """When the first day begins, aware."""
    end: datetime
    """When the last day is over, aware."""
    first: date
    last: date
    """The last day itself, included."""


def sent(ledger: Transaction, bulletin: str, start: datetime, end: datetime) -> Sequence[SentCount]:
    """What arrived in [start, end). The same text sent again is no article of its own, so it counts once; an article
    whose sender nobody has confirmed counts from then on, in the period of its arrival."""
    rows = ledger.sql.execute(
        select(article.c.department, article.c.status, func.count().label("counted"))
        .where(*_counted(bulletin), article.c.received_at >= start, article.c.received_at < end)
        .group_by(article.c.department, article.c.status)
    )
    return [SentCount(row.department, ArticleStatus(row.status), row.counted) for row in rows]


def printed(ledger: Transaction, bulletin: str, first: date, last: date) -> Sequence[PrintedCount]:
    """What stands in signed-off issues dated from `first` to `last`."""
    columns = (article.c.department, article.c.section, issue.c.supplement)
    rows = ledger.sql.execute(
        select(*columns, func.count().label("counted"))
        .join(issue, issue.c.id == article.c.issue_id)
        .where(*_counted(bulletin), *_signed_off(bulletin, first, last))
        .group_by(*columns)
    )
    return [PrintedCount(row.department, row.section, row.supplement, row.counted) for row in rows]


def endorsed(ledger: Transaction, bulletin: str, start: datetime, end: datetime) -> Sequence[EndorsedCount]:
    """What was noted in [start, end)."""
    rows = ledger.sql.execute(
        select(article.c.department, endorsement.c.level, func.count().label("counted"))
        .join(article, article.c.id == endorsement.c.article_id)
        .where(article.c.bulletin == bulletin, endorsement.c.noted_at >= start, endorsement.c.noted_at < end)
        .group_by(article.c.department, endorsement.c.level)
    )
    return [EndorsedCount(row.department, row.level, row.counted) for row in rows]


def sent_between(ledger: Transaction, bulletin: str, moments: Sequence[datetime]) -> list[int]:
    """How many articles arrived between each moment and the next."""
    place = case(*((article.c.received_at < end, number) for number, end in enumerate(moments[1:])), else_=len(moments))
    within = (article.c.received_at >= moments[0], article.c.received_at < moments[-1])
    return _by_place(ledger, select(place, func.count()).where(*_counted(bulletin), *within), len(moments) - 1, place)


def printed_between(ledger: Transaction, bulletin: str, days: Sequence[date]) -> list[int]:
    """How many articles stand in signed-off issues dated from each day up to the day before the next."""
    place = case(*((issue.c.dated < end, number) for number, end in enumerate(days[1:])), else_=len(days))
    found = select(place, func.count()).select_from(article).join(issue, issue.c.id == article.c.issue_id)
    dated = (issue.c.dated >= days[0], issue.c.dated < days[-1], issue.c.status == IssueStatus.SIGNED_OFF.value)
    return _by_place(ledger, found.where(*_counted(bulletin), *dated), len(days) - 1, place)


def last_arrival(ledger: Transaction, bulletin: str) -> datetime | None:
    """When the latest article came in."""
    return ledger.sql.execute(select(func.max(article.c.received_at)).where(*_counted(bulletin))).scalar()


def departments_counted(ledger: Transaction, bulletin: str, span: Span) -> Sequence[str | None]:
    """The departments of the articles that `sent` or `printed` counts, as they are named with them, in no order."""
    return ledger.sql.execute(select(article.c.department).where(_within(bulletin, span)).distinct()).scalars().all()


def articles_counted(
    ledger: Transaction, bulletin: str, span: Span, departments: Collection[str | None]
) -> Sequence[int]:
    """The ids of the articles of these departments that `sent` or `printed` counts, the latest received first."""
    owner: ColumnElement[bool] = article.c.department.in_([name for name in departments if name is not None])
    if None in departments:
        owner = or_(owner, article.c.department.is_(None))
    ids = select(article.c.id).where(_within(bulletin, span), owner)
    return ledger.sql.execute(ids.order_by(article.c.received_at.desc(), article.c.id.desc())).scalars().all()


def _within(bulletin: str, span: Span) -> ColumnElement[bool]:
    issues = select(issue.c.id).where(*_signed_off(bulletin, span.first, span.last))
    received = and_(article.c.received_at >= span.start, article.c.received_at < span.end)
    return and_(*_counted(bulletin), or_(received, article.c.issue_id.in_(issues)))


def endorse(ledger: Transaction, article_id: int, level: str, note: str, *, who: str, at: datetime) -> int:
    """Notes a 批示; returns its id."""
    values = {"article_id": article_id, "level": level, "note": note, "who": who, "noted_at": at}
    return int(ledger.sql.execute(insert(endorsement).values(**values).returning(endorsement.c.id)).scalar_one())


def endorsements(ledger: Transaction, article_ids: Sequence[int]) -> Sequence[Endorsement]:
    """The 批示 on these articles, in the order they were noted."""
    columns = endorsement.c
    rows = ledger.sql.execute(
        select(columns.id, columns.article_id, columns.level, columns.note, columns.who, columns.noted_at)
        .where(columns.article_id.in_(article_ids))
        .order_by(columns.id)
    )
    return [Endorsement(*row) for row in rows]


def _by_place(ledger: Transaction, found: Select[int, int], count: int, place: ColumnElement[int]) -> list[int]:
    counts = dict(ledger.sql.execute(found.group_by(place)).all())
    return [counts.get(number, 0) for number in range(count)]


def _signed_off(bulletin: str, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return (
        issue.c.bulletin == bulletin,
        issue.c.status == IssueStatus.SIGNED_OFF.value,
        issue.c.dated >= first,
        issue.c.dated <= last,
    )


def _counted(bulletin: str) -> tuple[ColumnElement[bool], ...]:
    return article.c.bulletin == bulletin, article.c.confirmed, article.c.id.not_in(_made_at_the_desk())


def _made_at_the_desk() -> Select[int]:
    """Of any bulletin: with that in the condition SQLite would go through all letters instead of the few with such a
    Message-ID. Which anybody may forge; who wrote the first revision tells.
    """
    return (
        select(letter_article.c.article_id)
        .join(letter, letter.c.id == letter_article.c.letter_id)
        .join(revision, and_(revision.c.article_id == letter_article.c.article_id, revision.c.number == 1))
        .where(
            letter.c.message_id >= f"<{OWN_LETTERS}.",
            letter.c.message_id < f"<{OWN_LETTERS}/",  # the character after the full stop
            revision.c.made_by != "",
        )
    )
