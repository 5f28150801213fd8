"""Statistics: what each department sent, what was printed of it, what leaders endorsed.

Articles that the desk makes itself (采用情况通报) are no submissions and are not counted, nor is what corrects a
printed article (更正).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from archive.article_mergers import mergers_into, mergers_of
from archive.joint_departments import departments_of, is_of
from archive.schema import article, article_merger, correction, endorsement, issue, letter, letter_article, revision
from archive.transaction import Transaction
from values.issue import ArticleStatus, IssueStatus

_INTO: Final = article_merger.c.into_id
OWN_LETTERS: Final = "adoption-report"
"""What the Message-IDs of letters begin with that the desk writes to itself, each with an article it has made."""


@dataclass(frozen=True, slots=True)
class SentCount:
    """How many articles of a department were received that have a status now."""

    department: str | None
    """As the articles name it; None: unknown."""
    status: ArticleStatus
    count: int


@dataclass(frozen=True, slots=True)
class PrintedCount:
    """How many articles of a department signed-off issues contain."""

    department: str | None
    """As the articles name it; None: unknown."""
    section: str
    """Of the articles, "" for the ordinary ones."""
    supplement: bool
    """Whether the issues are supplements (增刊)."""
    count: int
    signers: int = 1
    """How many departments signed each of the articles (综合采用)."""


@dataclass(frozen=True, slots=True)
class EndorsedCount:
    """How many 批示 of a level the articles of a department received."""

    department: str | None
    """As the articles name it; None: unknown."""
    level: str
    count: int


@dataclass(frozen=True, slots=True)
class PeriodBounds:
    """A period of whole days, as moments and as days."""

    start: datetime
    """When the first day begins, aware."""
    end: datetime
    """When the last day is over, aware."""
    first: date
    last: date
    """The last day itself, included."""


def sent(ledger: Transaction, bulletin: str, start: datetime, end: datetime) -> Sequence[SentCount]:
    """Articles received in [start, end), by department and status. Joint work counts for each of its departments.

    The same text sent again is no further article, so it counts once. An unconfirmed article counts after it was
    confirmed, in the period in which it was received. Merged articles (综合采用) count for the departments that
    sent them, each with the status of the article that has its text.
    """
    columns = (article.c.department, article.c.departments, article.c.status)
    received = (*_counted(bulletin), article.c.received_at >= start, article.c.received_at < end)
    alone = (article.c.id.not_in(_merged(article_merger.c.article_id)), article.c.id.not_in(_merged(_INTO)))
    rows = ledger.sql.execute(
        select(*columns, func.count().label("counted")).where(*received, *alone).group_by(*columns)
    )
    counts = [
        SentCount(name, ArticleStatus(row.status), row.counted)
        for row in rows
        for name in _credited(row.department, row.departments)
    ]
    return counts + _sent_and_merged(ledger, received)


def _sent_and_merged(ledger: Transaction, received: Sequence[ColumnElement[bool]]) -> list[SentCount]:
    """The received articles that were merged into others, and those that have the text of others."""
    involved = or_(article.c.id.in_(_merged(article_merger.c.article_id)), article.c.id.in_(_merged(_INTO)))
    rows = ledger.sql.execute(select(article).where(*received, involved)).all()
    into = mergers_of(ledger, [row.id for row in rows])
    hosts = [merger.into for merger in into.values()]
    statuses = dict(ledger.sql.execute(select(article.c.id, article.c.status).where(article.c.id.in_(hosts))).all())
    before: dict[int, tuple[str, ...]] = {}
    for merger in mergers_into(ledger, [row.id for row in rows]):
        before.setdefault(merger.into, merger.into_departments)
    counts: list[SentCount] = []
    for row in rows:
        status = statuses[into[row.id].into] if row.id in into else row.status
        names = before.get(row.id) or _credited(row.department, row.departments)
        counts += [SentCount(name, ArticleStatus(status), 1) for name in names]
    return counts


def _merged(column: ColumnElement[int]) -> Select[int]:
    return select(column).where(article_merger.c.undone_at.is_(None))


def printed(ledger: Transaction, bulletin: str, first: date, last: date) -> Sequence[PrintedCount]:
    """Articles in signed-off issues dated from `first` to `last`, by department, section and kind of issue.

    Joint work counts for each of its departments.
    """
    columns = (article.c.department, article.c.departments, article.c.section, issue.c.supplement)
    rows = ledger.sql.execute(
        select(*columns, func.count().label("counted"))
        .join(issue, issue.c.id == article.c.issue_id)
        .where(*_counted(bulletin), *_signed_off(bulletin, first, last))
        .group_by(*columns)
    )
    counts: list[PrintedCount] = []
    for row in rows:
        credited = _credited(row.department, row.departments)
        counts += [
            PrintedCount(name, row.section, row.supplement, row.counted, signers=len(credited)) for name in credited
        ]
    return counts


def endorsed(ledger: Transaction, bulletin: str, start: datetime, end: datetime) -> Sequence[EndorsedCount]:
    """批示 recorded in [start, end), by department and level."""
    columns = (article.c.department, article.c.departments, endorsement.c.level)
    rows = ledger.sql.execute(
        select(*columns, func.count().label("counted"))
        .join(article, article.c.id == endorsement.c.article_id)
        .where(article.c.bulletin == bulletin, endorsement.c.noted_at >= start, endorsement.c.noted_at < end)
        .group_by(*columns)
    )
    return [
        EndorsedCount(name, row.level, row.counted)
        for row in rows
        for name in _credited(row.department, row.departments)
    ]


def sent_between(ledger: Transaction, bulletin: str, moments: Sequence[datetime]) -> list[int]:
    """How many articles were received from each moment up to, not including, the next."""
    place = case(*((article.c.received_at < end, number) for number, end in enumerate(moments[1:])), else_=len(moments))
    within = (article.c.received_at >= moments[0], article.c.received_at < moments[-1])
    return _by_place(ledger, select(place, func.count()).where(*_counted(bulletin), *within), len(moments) - 1, place)


def printed_between(ledger: Transaction, bulletin: str, days: Sequence[date]) -> list[int]:
    """How many articles signed-off issues contain that are dated from each day up to the day before the next."""
    place = case(*((issue.c.dated < end, number) for number, end in enumerate(days[1:])), else_=len(days))
    counted = select(place, func.count()).select_from(article).join(issue, issue.c.id == article.c.issue_id)
    dated = (issue.c.dated >= days[0], issue.c.dated < days[-1], issue.c.status == IssueStatus.SIGNED_OFF.value)
    return _by_place(ledger, counted.where(*_counted(bulletin), *dated), len(days) - 1, place)


def last_arrival(ledger: Transaction, bulletin: str) -> datetime | None:
    """When the latest article was received, None when there is none."""
    return ledger.sql.execute(select(func.max(article.c.received_at)).where(*_counted(bulletin))).scalar()


def departments_counted(ledger: Transaction, bulletin: str, bounds: PeriodBounds) -> Sequence[str | None]:
    """The departments of the articles that `sent` or `printed` counts, as the articles name them, in no order."""
    columns = (article.c.department, article.c.departments)
    rows = ledger.sql.execute(select(*columns).where(_within(bulletin, bounds)).distinct())
    return list(dict.fromkeys(name for row in rows for name in _credited(row.department, row.departments)))


def articles_counted(
    ledger: Transaction, bulletin: str, bounds: PeriodBounds, departments: Collection[str | None]
) -> Sequence[int]:
    """The ids of the articles of these departments that `sent` or `printed` counts, the latest received first."""
    owner = or_(false(), *(is_of(name) for name in departments if name is not None))
    if None in departments:
        owner = or_(owner, article.c.department.is_(None))
    ids = select(article.c.id).where(_within(bulletin, bounds), owner)
    return ledger.sql.execute(ids.order_by(article.c.received_at.desc(), article.c.id.desc())).scalars().all()


def _within(bulletin: str, bounds: PeriodBounds) -> ColumnElement[bool]:
    issues = select(issue.c.id).where(*_signed_off(bulletin, bounds.first, bounds.last))
    received = and_(article.c.received_at >= bounds.start, article.c.received_at < bounds.end)
    return and_(*_counted(bulletin), or_(received, article.c.issue_id.in_(issues)))


def _credited(department: str | None, joint: str) -> tuple[str | None, ...]:
    """The departments for which an article counts; (None,) where none is known."""
    return departments_of(department, joint) or (None,)


def _by_place(ledger: Transaction, counted: Select[int, int], count: int, place: ColumnElement[int]) -> list[int]:
    """The counts of the places 0 to count - 1, with 0 for places that no row has."""
    counts = dict(ledger.sql.execute(counted.group_by(place)).all())
    return [counts.get(number, 0) for number in range(count)]


def _signed_off(bulletin: str, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return (
        issue.c.bulletin == bulletin,
        issue.c.status == IssueStatus.SIGNED_OFF.value,
        issue.c.dated >= first,
        issue.c.dated <= last,
    )


def _counted(bulletin: str) -> tuple[ColumnElement[bool], ...]:
    corrects = select(correction.c.article_id)
    own = article.c.id.not_in(_made_at_the_desk())
    return article.c.bulletin == bulletin, article.c.confirmed, own, article.c.id.not_in(corrects)


def _made_at_the_desk() -> Select[int]:
    """Ids of the articles that the desk made itself, of any bulletin.

    With the bulletin in the condition, SQLite would read all letters instead of the few with such a Message-ID. Anybody
    may forge a Message-ID, so the first revision must also have been made by a person.
    """
    return (
        select(letter_article.c.article_id)
        .join(letter, letter.c.id == letter_article.c.letter_id)
        .join(revision, and_(revision.c.article_id == letter_article.c.article_id, revision.c.number == 1))
        .where(
            letter.c.message_id >= f"<{OWN_LETTERS}.",
            letter.c.message_id < f"<{OWN_LETTERS}/",  # "/" follows "." in ASCII and Unicode
            revision.c.made_by != "",
        )
    )
