"""Full text of articles, letters and signed-off issues (docs/decisions/0022). Derived from the other tables, and kept
up to date by whoever writes there, in the same transaction; `rebuild` makes all of it anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final, Literal

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    RowMapping,
    and_,
    bindparam,
    delete,
    exists,
    func,
    select,
)

from archive.database import batches, upsert
from archive.json_form import JsonForm
from archive.manuscripts import MANUSCRIPT
from archive.schema import article, issue, issue_article, letter, letter_content, revision, searchable
from archive.transaction import Transaction
from values.folding import fold
from values.issue import IssueNumber, IssueStatus
from values.letter import LetterContent
from values.manuscript import Manuscript

Kind = Literal["article", "letter", "issue"]

_CONTENT: Final = JsonForm(LetterContent)
_LATEST_FIRST: Final = (
    searchable.c.happened_at.desc(),
    searchable.c.subject_id.desc(),
    searchable.c.number.desc(),
)
# Built once: building these statements takes longer than their answers.
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_REVISIONS: Final = (
    select(revision.c.article_id, revision.c.number, revision.c.manuscript)
    .add_columns(article.c.bulletin, article.c.department, article.c.received_at)
    .join(article, article.c.id == revision.c.article_id)
    .where(revision.c.id.in_(_IDS))
)
_LETTERS: Final = (
    select(letter.c.id, letter.c.bulletin, letter.c.received_at, letter.c.sender, letter.c.subject, letter.c.reason)
    .add_columns(letter_content.c.content)
    .outerjoin(letter_content, letter_content.c.letter_id == letter.c.id)
    .where(letter.c.id.in_(_IDS), letter.c.decided_at.is_not(None))
)
_ISSUES: Final = select(issue).where(issue.c.id.in_(_IDS), issue.c.status == IssueStatus.SIGNED_OFF.value)


@dataclass(frozen=True, slots=True)
class Match:
    """Something that holds every word. number: of an article, the revision; 0 for all else. text: all that was searched
    in it, a line for each field."""

    kind: Kind
    id: int
    number: int
    happened_at: datetime
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedMatch:
    """An article of a signed-off issue that holds every word, as it was printed there."""

    issue: int
    article: Match


@dataclass(frozen=True, slots=True)
class ArticleMatches:
    """latest: of each article, the latest revision that holds the words."""

    latest: tuple[Match, ...]
    printed: tuple[PrintedMatch, ...]


@dataclass(frozen=True, slots=True)
class IndexedRevision:
    """One text of an article, as it is taken up for searching."""

    bulletin: str
    article: int
    number: int
    """Of the revision."""

    department: str | None
    received_at: datetime
    """Of the article: results are in this order."""

    manuscript: Manuscript


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is to be written. lines: what is searched; None and "" are left out."""

    bulletin: str
    id: int
    number: int
    happened_at: datetime
    heading: str
    lines: tuple[str | None, ...]


def index_revisions(ledger: Transaction, ids: Sequence[int]) -> None:
    """Takes up revisions, by the ids of their rows."""
    for some in batches(ids):
        rows = ledger.sql.execute(_REVISIONS, {"ids": some})
        _write(ledger, "article", [_of_revision(row) for row in rows])


def index_revision(ledger: Transaction, revision: IndexedRevision) -> None:
    """Takes up a revision that has just been written: none of it is read back."""
    _write(ledger, "article", [_entry_of(revision)])


def index_letters(ledger: Transaction, ids: Sequence[int]) -> None:
    """Takes up those of the letters that have been read."""
    for some in batches(ids):
        rows = ledger.sql.execute(_LETTERS, {"ids": some}).all()
        contents = [_CONTENT.validate_json(row.content) if row.content else LetterContent() for row in rows]
        _write(ledger, "letter", list(map(_of_letter, rows, contents)))


def index_letter(ledger: Transaction, row: Row[Any], content: LetterContent) -> None:
    """Takes up a letter that has just been settled, none of which is read back.

    row: id, bulletin, received_at, sender, subject and reason.
    """
    _write(ledger, "letter", [_of_letter(row, content)])


def index_issues(ledger: Transaction, ids: Sequence[int]) -> None:
    """Takes up those of the issues that are signed off. Their articles are found as articles."""
    for some in batches(ids):
        _write(ledger, "issue", [_of_issue(row) for row in ledger.sql.execute(_ISSUES, {"ids": some})])


def rebuild(ledger: Transaction) -> None:
    """Makes all of it anew from the other tables, within the caller's transaction."""
    ledger.sql.execute(delete(searchable))
    for index, table in ((index_revisions, revision), (index_letters, letter), (index_issues, issue)):
        index(ledger, ledger.sql.execute(select(table.c.id).order_by(table.c.id)).scalars().all())


def count_unindexed(ledger: Transaction) -> int:
    """How many revisions, letters and signed-off issues cannot be found: none in a ledger of ours."""
    found = searchable.c
    tables = (
        (revision, "article", and_(found.subject_id == revision.c.article_id, found.number == revision.c.number), ()),
        (letter, "letter", found.subject_id == letter.c.id, (letter.c.decided_at.is_not(None),)),
        (issue, "issue", found.subject_id == issue.c.id, (issue.c.status == IssueStatus.SIGNED_OFF.value,)),
    )
    counts = [
        select(func.count()).select_from(table).where(*wanted, ~exists().where(found.kind == kind, same))
        for table, kind, same, wanted in tables
    ]
    return sum(ledger.sql.execute(count).scalar_one() for count in counts)


def find(ledger: Transaction, bulletin: str, kind: Kind, words: Sequence[str], *, most: int) -> Sequence[Match]:
    """Letters or issues that hold all of the folded words, the latest first."""
    wanted = select(searchable).where(*_holds(ledger, bulletin, kind, words)).order_by(*_LATEST_FIRST).limit(most)
    return [_found(row) for row in ledger.sql.execute(wanted).mappings()]


def find_articles(ledger: Transaction, bulletin: str, words: Sequence[str], *, most: int) -> ArticleMatches:
    """Articles that hold all of the folded words, and the signed-off issues that they stand in, the latest first."""
    columns = (searchable.c.id, searchable.c.subject_id, searchable.c.number)
    wanted = select(*columns).where(*_holds(ledger, bulletin, "article", words)).order_by(*_LATEST_FIRST)
    revisions = {(article_id, number): id for id, article_id, number in ledger.sql.execute(wanted)}
    latest: dict[int, int] = {}
    for (article_id, _), id in revisions.items():
        latest.setdefault(article_id, id)
    chosen = list(latest.values())[:most]
    printed = list(islice(_printed(ledger, bulletin, revisions), most)) if revisions else []
    texts = ledger.sql.execute(select(searchable).where(searchable.c.id.in_([*chosen, *(id for _, id in printed)])))
    found = {row["id"]: _found(row) for row in texts.mappings()}
    return ArticleMatches(
        tuple(found[id] for id in chosen), tuple(PrintedMatch(issue, found[id]) for issue, id in printed)
    )


def _printed(ledger: Transaction, bulletin: str, revisions: Mapping[tuple[int, int], int]) -> Iterator[tuple[int, int]]:
    """Issue, and which of the revisions stands in it, in printed order."""
    columns = (issue_article.c.issue_id, issue_article.c.article_id, issue_article.c.article_revision)
    signed = (issue.c.bulletin == bulletin, issue.c.status == IssueStatus.SIGNED_OFF.value)
    contents = (
        select(*columns)
        .join(issue, issue.c.id == issue_article.c.issue_id)
        .where(*signed)
        .order_by(issue.c.decided_at.desc(), issue.c.id.desc(), issue_article.c.position)
    )
    for issue_id, article_id, number in ledger.sql.execute(contents):
        if (article_id, number) in revisions:
            yield issue_id, revisions[article_id, number]


def _holds(ledger: Transaction, bulletin: str, kind: Kind, words: Sequence[str]) -> list[ColumnElement[bool]]:
    """Words go to the database as values; there is no query language that they could speak."""
    place = func.strpos if ledger.sql.dialect.name == "postgresql" else func.instr
    of_kind = [searchable.c.bulletin == bulletin, searchable.c.kind == kind]
    return of_kind + [place(searchable.c.folded, word) > 0 for word in words]


def _found(row: RowMapping) -> Match:
    return Match(row["kind"], row["subject_id"], row["number"], row["happened_at"], row["heading"], row["text"])


def _of_revision(row: Row[Any]) -> _Entry:
    manuscript = MANUSCRIPT.validate_json(row.manuscript)
    return _entry_of(
        IndexedRevision(row.bulletin, row.article_id, row.number, row.department, row.received_at, manuscript)
    )


def _entry_of(revision: IndexedRevision) -> _Entry:
    text = revision.manuscript
    lines = (text.title, revision.department, text.byline, *text.lines, *text.house_lines)
    return _Entry(revision.bulletin, revision.article, revision.number, revision.received_at, text.title, lines)


def _of_letter(row: Row[Any], content: LetterContent) -> _Entry:
    names = " ".join(file.name for file in content.files)
    lines = (row.subject, row.sender, content.sender_name, row.reason, names, content.text)
    return _Entry(row.bulletin, row.id, 0, row.received_at, row.subject, lines)


def _of_issue(row: Row[Any]) -> _Entry:
    label = IssueNumber(row.number, row.numbering, row.year, row.supplement).label
    dated = f"{row.dated.isoformat()} {row.dated.year}年{row.dated.month}月{row.dated.day}日"
    return _Entry(row.bulletin, row.id, 0, row.decided_at, label, (label, dated, row.decided_by, row.editors_note))


def _write(ledger: Transaction, kind: Kind, entries: Sequence[_Entry]) -> None:
    rows = [
        {
            "bulletin": one.bulletin,
            "kind": kind,
            "subject_id": one.id,
            "number": one.number,
            "happened_at": one.happened_at,
            "heading": one.heading,
            "text": (text := "\n".join(filter(None, one.lines)).replace("\0", "")),
            "folded": fold(text),
        }
        for one in entries
    ]
    if rows:
        ledger.sql.execute(upsert(ledger, searchable, ("kind", "subject_id", "number")), rows)
