"""上级采用: what papers of a higher level printed of our printed articles; and the titles that we have printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, delete, func, insert, select

from archive.joint_departments import departments_of
from archive.schema import article, issue, issue_article, searchable, upper_adoption
from archive.transaction import Transaction
from values.issue import IssueNumber, IssueStatus
from values.upper_adoption import AdoptedAs

_SAME: Final = ("article_id", "level", "publication", "dated")
"""The columns of which no two rows are alike."""


@dataclass(frozen=True, slots=True)
class NewUpperAdoption:
    """An adoption about to be recorded."""

    article: int
    """Id of the printed article."""
    level: str
    """As the office calls it (市级)."""
    publication: str
    """Name of the paper, with its number if there is one."""
    dated: date
    """The day of the paper."""
    adopted_as: AdoptedAs = AdoptedAs.UNSAID
    title: str = ""
    """The title there; "": not given."""


@dataclass(frozen=True, slots=True)
class UpperAdoption:
    """A recorded adoption."""

    id: int
    adoption: NewUpperAdoption
    who: str
    """Name of the editor who recorded it."""
    noted_at: datetime
    own_title: str
    """Title of our article, as it was printed."""
    department: str
    """The department that our article names, "" for none."""


@dataclass(frozen=True, slots=True)
class UpperCount:
    """How often papers of a level adopted articles of a department."""

    department: str | None
    """As the articles name it; None: unknown."""
    level: str
    count: int
    signers: int = 1
    """How many departments signed each of the articles."""


@dataclass(frozen=True, slots=True)
class PrintedTitle:
    """A printed article, as far as a list of a higher level is compared with it."""

    article: int
    title: str
    department: str
    """The department that it names, "" for none."""
    issue_label: str
    dated: date
    """Of the issue."""


def add_upper_adoption(ledger: Transaction, new: NewUpperAdoption, *, who: str, at: datetime) -> int | None:
    """Records an adoption; returns its id, None where the same one (article, level, paper, day) is recorded."""
    columns = (new.article, new.level, new.publication, new.dated)
    same = and_(*(upper_adoption.c[name] == value for name, value in zip(_SAME, columns, strict=True)))
    if ledger.sql.execute(select(upper_adoption.c.id).where(same)).first() is not None:
        return None
    more = {"adopted_as": new.adopted_as.value, "title": new.title, "who": who, "noted_at": at}
    values = dict(zip(_SAME, columns, strict=True)) | more
    return int(ledger.sql.execute(insert(upper_adoption).values(values).returning(upper_adoption.c.id)).scalar_one())


def delete_upper_adoption(ledger: Transaction, id: int) -> None:
    """Deletes an adoption."""
    ledger.sql.execute(delete(upper_adoption).where(upper_adoption.c.id == id))


def upper_adoptions_on(ledger: Transaction, article_ids: Sequence[int]) -> Sequence[UpperAdoption]:
    """The adoptions of these articles, by the day of the paper."""
    return _adoptions(ledger, upper_adoption.c.article_id.in_(article_ids))


def upper_adoptions_between(ledger: Transaction, bulletin: str, first: date, last: date) -> Sequence[UpperAdoption]:
    """The adoptions in papers dated from `first` to `last`, by day."""
    return _adoptions(ledger, *_dated(bulletin, first, last))


def upper_counts(ledger: Transaction, bulletin: str, first: date, last: date) -> Sequence[UpperCount]:
    """Adoptions in papers dated from `first` to `last`, by department and level. Joint work counts for each of its
    departments."""
    columns = (article.c.department, article.c.departments, upper_adoption.c.level)
    rows = ledger.sql.execute(
        select(*columns, func.count().label("counted"))
        .join(article, article.c.id == upper_adoption.c.article_id)
        .where(*_dated(bulletin, first, last))
        .group_by(*columns)
    )
    counts: list[UpperCount] = []
    for row in rows:
        names = departments_of(row.department, row.departments) or (None,)
        counts += [UpperCount(name, row.level, row.counted, signers=len(names)) for name in names]
    return counts


def printed_titles(ledger: Transaction, bulletin: str, since: date) -> Sequence[PrintedTitle]:
    """The articles of the issues that are dated since that day and signed off, the latest first. Reads no text."""
    order = (issue.c.dated.desc(), issue_article.c.article_id.desc())
    return [title for _, title in _titles(ledger, issue.c.bulletin == bulletin, issue.c.dated >= since, order=order)]


def titles_in_issues(ledger: Transaction, issue_ids: Sequence[int]) -> Mapping[int, Sequence[PrintedTitle]]:
    """The titles of these signed-off issues as they were printed, in printed order, by the id of the issue."""
    titles: dict[int, list[PrintedTitle]] = {}
    for id, title in _titles(ledger, issue.c.id.in_(issue_ids), order=(issue_article.c.position,)):
        titles.setdefault(id, []).append(title)
    return titles


def _titles(
    ledger: Transaction, *conditions: ColumnElement[bool], order: Sequence[ColumnElement[Any]]
) -> list[tuple[int, PrintedTitle]]:
    """Titles as they were printed, each with the id of its issue."""
    rows = ledger.sql.execute(
        select(issue_article.c.article_id, searchable.c.heading, article.c.department, issue.c.id)
        .add_columns(issue.c.number, issue.c.numbering, issue.c.year, issue.c.supplement, issue.c.dated)
        .join(issue, issue.c.id == issue_article.c.issue_id)
        .join(article, article.c.id == issue_article.c.article_id)
        .join(searchable, _printed_text())
        .where(issue.c.status == IssueStatus.SIGNED_OFF.value, *conditions)
        .order_by(*order)
    )
    return [
        (
            row.id,
            PrintedTitle(
                row.article_id,
                row.heading,
                row.department or "",
                IssueNumber(row.number, row.numbering, row.year, row.supplement).label,
                row.dated,
            ),
        )
        for row in rows
    ]


def _adoptions(ledger: Transaction, *conditions: ColumnElement[bool]) -> list[UpperAdoption]:
    rows = ledger.sql.execute(
        select(upper_adoption, searchable.c.heading, article.c.department)
        .join(article, article.c.id == upper_adoption.c.article_id)
        .join(searchable, and_(_of_article(), searchable.c.number == article.c.revision))
        .where(*conditions)
        .order_by(upper_adoption.c.dated, upper_adoption.c.id)
    )
    return [
        UpperAdoption(
            row.id,
            NewUpperAdoption(
                row.article_id, row.level, row.publication, row.dated, AdoptedAs(row.adopted_as), row.title
            ),
            row.who,
            row.noted_at,
            row.heading,
            row.department or "",
        )
        for row in rows
    ]


def _of_article() -> ColumnElement[bool]:
    """The texts of an article in the index, which has their titles."""
    return and_(searchable.c.kind == "article", searchable.c.subject_id == article.c.id)


def _printed_text() -> ColumnElement[bool]:
    return and_(_of_article(), searchable.c.number == issue_article.c.article_revision)


def _dated(bulletin: str, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return article.c.bulletin == bulletin, upper_adoption.c.dated >= first, upper_adoption.c.dated <= last
