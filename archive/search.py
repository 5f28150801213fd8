"""The index of searching: the texts of articles, letters, signed-off issues and 批示 (docs/decisions/0022).

It is derived from the other tables. Whatever writes there updates it in the same transaction; `rebuild` makes all anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
from archive.schema import (
    article,
    endorsement,
    issue,
    letter,
    letter_article,
    letter_content,
    removal,
    revision,
    searchable,
)
from archive.transaction import Transaction
from values.folding import fold
from values.issue import IssueNumber, IssueStatus
from values.letter import LetterContent, Verdict
from values.manuscript import Manuscript

Kind = Literal["article", "letter", "issue", "endorsement"]

_CONTENT: Final = JsonForm(LetterContent)
_LATEST_FIRST: Final = (
    searchable.c.happened_at.desc(),
    searchable.c.subject_id.desc(),
    searchable.c.number.desc(),
)
# Built once: building a statement takes longer than executing it.
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_SHOWN: Final = (letter.c.verdict != Verdict.SEALED.value, letter.c.id.not_in(select(removal.c.letter_id)))
"""Of a letter that is sealed or removed nothing is indexed."""
_REVISIONS: Final = (
    select(revision.c.article_id, revision.c.number, revision.c.manuscript)
    .add_columns(article.c.bulletin, article.c.department, article.c.received_at)
    .join(article, article.c.id == revision.c.article_id)
    .where(revision.c.id.in_(_IDS))
)
_BROUGHT_BY: Final = select(letter_article.c.letter_id).where(letter_article.c.article_id.in_(_IDS))
_LETTERS: Final = (
    select(letter.c.id, letter.c.bulletin, letter.c.received_at, letter.c.sender, letter.c.subject, letter.c.reason)
    .add_columns(letter_content.c.content)
    .outerjoin(letter_content, letter_content.c.letter_id == letter.c.id)
    .where(letter.c.id.in_(_IDS), letter.c.decided_at.is_not(None), *_SHOWN)
)
_ENDORSEMENTS: Final = (
    select(endorsement, article.c.bulletin)
    .join(article, article.c.id == endorsement.c.article_id)
    .where(endorsement.c.id.in_(_IDS))
)
_ISSUES: Final = select(issue).where(issue.c.id.in_(_IDS), issue.c.status == IssueStatus.SIGNED_OFF.value)


@dataclass(frozen=True, slots=True)
class Match:
    """An article, letter, issue or 批示 whose text contains every word of the query."""

    kind: Kind
    id: int
    """Of the article, letter or issue; of a 批示 that of its article."""
    number: int
    """Of the article's revision; of a 批示 its own id; 0 for letters and issues."""
    happened_at: datetime
    """When article or letter was received, the issue signed off, or the 批示 recorded."""
    heading: str
    """Title, subject, 期号, or level and leader of a 批示."""
    text: str
    """All that is searched, a line for each field."""


@dataclass(frozen=True, slots=True)
class ArticleMatches:
    """The articles that match a query."""

    latest: tuple[Match, ...]
    """Of each article the latest revision that matches; the latest articles first."""
    ids: frozenset[int]
    """Of all articles that match, also those beyond the number wanted."""


@dataclass(frozen=True, slots=True)
class IndexedRevision:
    """One text of an article, with the fields of its article that are indexed."""

    bulletin: str
    article: int
    """Id of the article."""
    number: int
    """Of the revision."""
    department: str | None
    """Canonical name, None: unknown."""
    received_at: datetime
    """Of the article: results are in this order."""
    manuscript: Manuscript


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of the index. lines: the texts that are searched; None and "" are omitted."""

    bulletin: str
    id: int
    number: int
    happened_at: datetime
    heading: str
    lines: tuple[str | None, ...]


def index_revisions(ledger: Transaction, ids: Sequence[int]) -> None:
    """Indexes revisions, by the ids of their rows."""
    for some in batches(ids):
        rows = ledger.sql.execute(_REVISIONS, {"ids": some})
        _write(ledger, "article", [_of_revision(row) for row in rows])


def index_revision(ledger: Transaction, revision: IndexedRevision) -> None:
    """Indexes a revision that has just been written, without reading it back."""
    _write(ledger, "article", [_entry_of(revision)])


def index_letters(ledger: Transaction, ids: Sequence[int]) -> None:
    """Indexes those of the letters that have been read."""
    for some in batches(ids):
        rows = ledger.sql.execute(_LETTERS, {"ids": some}).all()
        contents = [_CONTENT.validate_json(row.content) if row.content else LetterContent() for row in rows]
        _write(ledger, "letter", list(map(_of_letter, rows, contents)))


def forget_letter(ledger: Transaction, letter_id: int) -> None:
    """Deletes what is indexed of a letter: it is sealed, or its content is removed."""
    ledger.sql.execute(delete(searchable).where(searchable.c.kind == "letter", searchable.c.subject_id == letter_id))


def index_letter(ledger: Transaction, row: Row[Any], content: LetterContent) -> None:
    """Indexes a letter that has just been settled, without reading it back.

    row: id, bulletin, received_at, sender, subject and reason.
    """
    _write(ledger, "letter", [_of_letter(row, content)])


def index_issues(ledger: Transaction, ids: Sequence[int]) -> None:
    """Indexes those of the issues that are signed off: 期号, date and 按语. Their articles are indexed as such."""
    for some in batches(ids):
        _write(ledger, "issue", [_of_issue(row) for row in ledger.sql.execute(_ISSUES, {"ids": some})])


def index_endorsements(ledger: Transaction, ids: Sequence[int]) -> None:
    """Indexes 批示, by their ids: level, leader, words and the name of the scan."""
    for some in batches(ids):
        rows = ledger.sql.execute(_ENDORSEMENTS, {"ids": some})
        _write(ledger, "endorsement", [_of_endorsement(row) for row in rows])


def forget_endorsement(ledger: Transaction, id: int) -> None:
    """Deletes what is indexed of a 批示."""
    ledger.sql.execute(delete(searchable).where(searchable.c.kind == "endorsement", searchable.c.number == id))


def rebuild(ledger: Transaction) -> None:
    """Makes the whole index anew from the other tables, within the caller's transaction."""
    ledger.sql.execute(delete(searchable))
    indexed = (
        (index_revisions, revision),
        (index_letters, letter),
        (index_issues, issue),
        (index_endorsements, endorsement),
    )
    for index, table in indexed:
        index(ledger, ledger.sql.execute(select(table.c.id).order_by(table.c.id)).scalars().all())


def count_unindexed(ledger: Transaction) -> int:
    """How many revisions, read letters, signed-off issues and 批示 the index lacks: 0 unless rows were written by
    hand."""
    index = searchable.c
    tables = (
        (revision, "article", and_(index.subject_id == revision.c.article_id, index.number == revision.c.number), ()),
        (letter, "letter", index.subject_id == letter.c.id, (letter.c.decided_at.is_not(None), *_SHOWN)),
        (issue, "issue", index.subject_id == issue.c.id, (issue.c.status == IssueStatus.SIGNED_OFF.value,)),
        (endorsement, "endorsement", index.number == endorsement.c.id, ()),
    )
    counts = [
        select(func.count()).select_from(table).where(*wanted, ~exists().where(index.kind == kind, same))
        for table, kind, same, wanted in tables
    ]
    return sum(ledger.sql.execute(count).scalar_one() for count in counts)


def find(ledger: Transaction, bulletin: str, kind: Kind, words: Sequence[str], *, most: int) -> Sequence[Match]:
    """Letters, issues or 批示 whose texts contain all the folded words (values.folding), the latest first.

    most: how many at most.
    """
    wanted = select(searchable).where(*_contains(ledger, bulletin, kind, words)).order_by(*_LATEST_FIRST).limit(most)
    return [_match(row) for row in ledger.sql.execute(wanted).mappings()]


def find_articles(ledger: Transaction, bulletin: str, words: Sequence[str], *, most: int) -> ArticleMatches:
    """Articles whose texts contain all the folded words; the texts of at most `most`."""
    columns = (searchable.c.id, searchable.c.subject_id)
    wanted = select(*columns).where(*_contains(ledger, bulletin, "article", words)).order_by(*_LATEST_FIRST)
    latest: dict[int, int] = {}
    for id, article_id in ledger.sql.execute(wanted):
        latest.setdefault(article_id, id)
    return ArticleMatches(_with_text(ledger, list(latest.values())[:most]), frozenset(latest))


def find_other_letters(
    ledger: Transaction, bulletin: str, words: Sequence[str], *, than_of: Collection[int], most: int
) -> Sequence[Match]:
    """Letters whose texts contain all the folded words, the latest first, at most `most`; without those that brought
    one of the articles `than_of`, which are found themselves."""
    columns = (searchable.c.id, searchable.c.subject_id)
    wanted = select(*columns).where(*_contains(ledger, bulletin, "letter", words)).order_by(*_LATEST_FIRST)
    folded = {
        letter_id
        for some in batches(list(than_of))
        for letter_id in ledger.sql.execute(_BROUGHT_BY, {"ids": some}).scalars()
    }
    rest = (id for id, letter_id in ledger.sql.execute(wanted) if letter_id not in folded)
    return _with_text(ledger, list(islice(rest, most)))


def _with_text(ledger: Transaction, ids: Sequence[int]) -> tuple[Match, ...]:
    """The matches by the ids of their rows in the index, in the same order."""
    rows = ledger.sql.execute(select(searchable).where(searchable.c.id.in_(ids))).mappings()
    matches = {row["id"]: _match(row) for row in rows}
    return tuple(matches[id] for id in ids)


def _contains(ledger: Transaction, bulletin: str, kind: Kind, words: Sequence[str]) -> list[ColumnElement[bool]]:
    """The conditions that the text contains every word. Words are passed as values: nothing needs escaping."""
    place = func.strpos if ledger.sql.dialect.name == "postgresql" else func.instr
    of_kind = [searchable.c.bulletin == bulletin, searchable.c.kind == kind]
    return of_kind + [place(searchable.c.folded, word) > 0 for word in words]


def _match(row: RowMapping) -> Match:
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


def _of_endorsement(row: Row[Any]) -> _Entry:
    heading = f"{row.level}批示 {row.leader}".strip()
    dated = f"{row.dated.isoformat()} {row.dated.year}年{row.dated.month}月{row.dated.day}日" if row.dated else None
    lines = (heading, row.note, dated, row.scan_name)
    return _Entry(row.bulletin, row.article_id, row.id, row.noted_at, heading, lines)


def _of_issue(row: Row[Any]) -> _Entry:
    label = IssueNumber(row.number, row.numbering, row.year, row.supplement).label
    dated = f"{row.dated.isoformat()} {row.dated.year}年{row.dated.month}月{row.dated.day}日"
    return _Entry(row.bulletin, row.id, 0, row.decided_at, label, (label, dated, row.decided_by, row.editors_note))


def _write(ledger: Transaction, kind: Kind, entries: Sequence[_Entry]) -> None:
    rows = [
        {
            "bulletin": entry.bulletin,
            "kind": kind,
            "subject_id": entry.id,
            "number": entry.number,
            "happened_at": entry.happened_at,
            "heading": entry.heading.replace("\0", ""),
            "text": (text := "\n".join(filter(None, entry.lines)).replace("\0", "")),
            "folded": fold(text),
        }
        for entry in entries
    ]
    if rows:
        ledger.sql.execute(upsert(ledger, searchable, ("kind", "subject_id", "number")), rows)
