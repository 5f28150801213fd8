"""变更记录: every change that a person made, with who, when, what and why; and every log-in and download.

Its lines are never changed; they are a hash chain (archive.change_chain).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import ColumnElement, RowMapping, insert, select

from archive.change_chain import next_line
from archive.renaming import lines_of
from archive.revision_letters import letters_of_articles
from archive.schema import article, change, removal, seal
from archive.transaction import Transaction
from values.issue import ArticleStatus
from values.whole_number import LARGEST_ID, whole_number

Subject = Literal[
    "article",
    "issue",
    "letter",
    "department",
    "account",
    "outbox",
    "login",
    "download",
    "ledger",
    "word",
    "bulletin",
    "commission",
]
ACCESS: Final = frozenset[Subject]({"login", "download"})
"""Subjects of lines about what was not changed: log-ins, log-outs and failed tries; files that were handed out."""


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the record."""

    id: int
    bulletin: str
    """Id of the bulletin; "": the change belongs to none, such as one of an account."""
    changed_at: datetime
    who: str
    """Name of the person, or of the service's own process."""
    subject: Subject
    """What kind of thing was changed."""
    subject_id: str
    """Id, number or name of the thing, as text."""
    summary: str
    """What was changed: a sentence in Chinese without a full stop."""
    why: str
    """The reason that the person gave, "" for none."""


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change about to be recorded."""

    bulletin: str
    """Id of the bulletin; "": the change belongs to none, such as one of an account."""
    who: str
    """Name of the person, or of the service's own process."""
    subject: Subject
    subject_id: str | int
    """Id, number or name of what was changed."""
    summary: str
    """What was changed: a sentence in Chinese without a full stop."""
    at: datetime
    why: str = ""
    """The reason that the person gave, "" for none."""


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes are wanted; a field left at its default restricts nothing."""

    bulletins: Collection[str] | None = None
    """Ids of bulletins, with the changes under ids that they had before; "" among them means changes that belong to no
    bulletin, such as those of accounts."""
    who: str = ""
    """The person's name, as it was recorded."""
    subject: Subject | None = None
    subject_id: str = ""
    """An id, a number or a name, as it was recorded."""
    without: Collection[Subject] = ()
    """Kinds of things that are left out."""
    since: datetime | None = None
    """The first moment."""
    until: datetime | None = None
    """The first moment that is too late."""
    before: int | None = None
    """Only changes recorded before the one with this id: where the next page begins."""


def record_change(ledger: Transaction, new: NewChange) -> None:
    """Writes a line into the record. Call it in the transaction that makes the change."""
    content = {
        "bulletin": new.bulletin,
        "changed_at": new.at,
        "who": new.who,
        "subject": new.subject,
        "subject_id": str(new.subject_id),
        "said": new.summary,
        "why": new.why,
    }
    ledger.sql.execute(insert(change), next_line(ledger, content))


def changes_of(ledger: Transaction, subject: Subject, subject_id: str | int) -> Sequence[Change]:
    """The changes of one thing, the latest first, at most 200."""
    return changes(ledger, ChangeFilter(subject=subject, subject_id=str(subject_id)))


def changes(ledger: Transaction, which: ChangeFilter | None = None, *, most: int = 200) -> Sequence[Change]:
    """The changes that pass the filter, the latest first, at most `most`; without a filter, all changes.

    Lines about an article with a text of a sealed letter, and about one not in print with a text of a removed letter,
    say that there was a change, and not which: their words may quote its title or text. In the ledger they stay as they
    were written.
    """
    conditions = _conditions(ledger, which or ChangeFilter())
    statement = select(change).where(*conditions).order_by(change.c.id.desc()).limit(most)
    listed = [_change(row) for row in ledger.sql.execute(statement).mappings()]
    hidden = _hidden_articles(ledger, listed)
    return [_withheld(line, hidden) if line.subject == "article" else line for line in listed]


def _change(row: RowMapping) -> Change:
    return Change(
        id=row["id"],
        bulletin=row["bulletin"],
        changed_at=row["changed_at"],
        who=row["who"],
        subject=row["subject"],
        subject_id=row["subject_id"],
        summary=row["said"],
        why=row["why"],
    )


def _hidden_articles(ledger: Transaction, listed: Sequence[Change]) -> Mapping[str, str]:
    """Of the articles with a text of a letter that is sealed, and of those not in print with a text that was removed
    with its letter: the id as text → what became of the letter."""
    ids = {id for line in listed if line.subject == "article" and (id := whole_number(line.subject_id)) is not None}
    if not ids:
        return {}
    texts = letters_of_articles(ids).subquery()
    of_sealed = (
        select(texts.c.article_id)
        .join(seal, seal.c.letter_id == texts.c.letter_id)
        .where(seal.c.released_at.is_(None))
        .distinct()
    )
    of_removed = (
        select(texts.c.article_id)
        .join(removal, removal.c.letter_id == texts.c.letter_id)
        .join(article, article.c.id == texts.c.article_id)
        .where(article.c.status != ArticleStatus.PUBLISHED.value)
        .distinct()
    )
    removed = dict.fromkeys(map(str, ledger.sql.execute(of_removed).scalars()), "已删除")
    return removed | dict.fromkeys(map(str, ledger.sql.execute(of_sealed).scalars()), "已封存")


def _withheld(line: Change, hidden: Mapping[str, str]) -> Change:
    if line.subject_id not in hidden:
        return line
    return replace(line, summary=f"有改动（来信{hidden[line.subject_id]}，内容不显示）", why="")


def first_change(ledger: Transaction) -> datetime | None:
    """When the first line was written; None for an empty record."""
    first: datetime | None = ledger.sql.execute(select(change.c.changed_at).order_by(change.c.id).limit(1)).scalar()
    return first


def people_of_changes(ledger: Transaction, which: ChangeFilter) -> Sequence[str]:
    """The names in the lines that pass the filter, sorted."""
    people = select(change.c.who).where(*_conditions(ledger, which)).distinct().order_by(change.c.who)
    return ledger.sql.execute(people).scalars().all()


def _conditions(ledger: Transaction, which: ChangeFilter) -> Iterator[ColumnElement[bool]]:
    if which.bulletins is not None:
        yield lines_of(ledger, which.bulletins)
    if which.who:
        yield change.c.who == which.who
    if which.subject is not None:
        yield change.c.subject == which.subject
    if which.subject_id:
        yield change.c.subject_id == which.subject_id
    if which.without:
        yield change.c.subject.not_in(which.without)
    if which.since is not None:
        yield change.c.changed_at >= which.since
    if which.until is not None:
        yield change.c.changed_at < which.until
    if which.before is not None:
        yield change.c.id < min(which.before, LARGEST_ID)  # above it, SQLite refuses to compare
