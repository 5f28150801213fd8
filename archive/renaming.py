"""Bulletins under another id and mailboxes under another login name: the rows of the ledger, and the record of it.

The record of changes is a chain whose lines are never rewritten: those from before keep the former id. That a bulletin
has another id since is itself a line, with the subject "bulletin": its `bulletin` is the new id, its `subject_id` the
former one. A line in which the two are the same says that the bulletin has ended.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Table,
    and_,
    delete,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
    update,
)

from archive.schema import (
    allowed_word,
    article,
    change,
    courtesy_mark,
    department,
    digest,
    firing,
    folder,
    issue,
    learned_sender,
    letter,
    metadata,
    next_firing,
    preparation,
    reconciliation,
    sighting,
    unfetched,
)
from archive.transaction import Transaction
from values.issue import IssueStatus

_RENAMED: Final = (change.c.subject == "bulletin", change.c.bulletin != change.c.subject_id)
_OF_A_BULLETIN: Final = tuple(
    table for table in metadata.sorted_tables if "bulletin" in table.c and table.name != change.name
)
_REPLACED: Final[Mapping[Table, tuple[str, ...]]] = {
    department: ("name",),
    learned_sender: ("address",),
    allowed_word: ("word",),
    firing: ("fire_time",),
    next_firing: (),
    digest: (),
    preparation: ("supplement",),
}
"""Where both ids have a row of the same key (these columns), that of the new id, the later one, stays."""


@dataclass(frozen=True, slots=True)
class BulletinRows:
    """What the ledger has of a bulletin."""

    letters: int
    issues: int
    """Drafts and signed-off issues."""
    articles: int


@dataclass(frozen=True, slots=True)
class IdSpan:
    """Lines of the record in which a bulletin has an id."""

    id: str
    after: int
    """Id of the line before the first one; 0: from the beginning."""
    before: int | None
    """Id of the line after the last one; None: to this day."""


def bulletins_in(ledger: Transaction) -> Mapping[str, BulletinRows]:
    """Every id that letters, issues or articles have, sorted."""
    counts = {}
    for table in (letter, issue, article):
        chosen = issue.c.status != IssueStatus.DISCARDED.value if table is issue else true()
        statement = select(table.c.bulletin, func.count()).where(chosen).group_by(table.c.bulletin)
        counts[table.name] = {id: int(count) for id, count in ledger.sql.execute(statement)}
    ids = sorted({id for count in counts.values() for id in count})
    return {id: BulletinRows(*(counts[name].get(id, 0) for name in ("letter", "issue", "article"))) for id in ids}


def ended_bulletins(ledger: Transaction) -> frozenset[str]:
    """The ids of bulletins that a person has recorded as ended."""
    ended = select(change.c.bulletin).where(change.c.subject == "bulletin", change.c.bulletin == change.c.subject_id)
    return frozenset(ledger.sql.execute(ended).scalars())


def accounts_in(ledger: Transaction) -> Mapping[str, int]:
    """How many letters were seen in each mailbox account, by its login name, sorted."""
    seen = func.count(func.distinct(sighting.c.letter_id))
    statement = select(folder.c.account, seen).join(sighting).group_by(folder.c.account).order_by(folder.c.account)
    return {account: int(count) for account, count in ledger.sql.execute(statement)}


def common_letters(ledger: Transaction, former: str, new: str) -> int:
    """How many letters both bulletins have."""
    other = letter.alias()
    same = exists().where(other.c.bulletin == new, other.c.sha256 == letter.c.sha256)
    return ledger.sql.execute(select(func.count()).where(letter.c.bulletin == former, same)).scalar_one()


def common_preparations(ledger: Transaction, former: str, new: str) -> int:
    """For how many next issues both bulletins have something prepared."""
    other = preparation.alias()
    same = exists().where(other.c.bulletin == new, other.c.supplement == preparation.c.supplement, _is_prepared(other))
    return ledger.sql.execute(
        select(func.count()).where(preparation.c.bulletin == former, _is_prepared(preparation), same)
    ).scalar_one()


def _is_prepared(row: FromClause) -> ColumnElement[bool]:
    """Whether the row of `preparation` has anything that an editor wrote."""
    return or_(row.c.editors_note != "", row.c.dated.is_not(None), row.c.responsible_editor != "")


def rename_bulletin(ledger: Transaction, former: str, new: str) -> None:
    """Gives every row of the bulletin the new id; lines of the record stay as they were written.

    Nothing may stand under the new id that `common_letters`, `common_preparations` or an issue under it would clash
    with.
    """
    unused = not_(_is_prepared(preparation))
    ledger.sql.execute(delete(preparation).where(preparation.c.bulletin.in_((former, new)), unused))
    for table, key in _REPLACED.items():
        later = table.alias()
        same = (later.c[name] == table.c[name] for name in key)
        replaced = exists().where(later.c.bulletin == new, *same)
        ledger.sql.execute(delete(table).where(table.c.bulletin == former, replaced))
    for table in _OF_A_BULLETIN:
        ledger.sql.execute(update(table).where(table.c.bulletin == former).values(bulletin=new))


def rename_account(ledger: Transaction, former: str, new: str) -> None:
    """Gives the folders of a mailbox another login name. A folder under the same UIDVALIDITY that the new name has
    already is the same one: its own rows stay, and the former's are added to them where it has none."""
    later = folder.alias()
    same = and_(
        folder.c.account == former,
        later.c.account == new,
        later.c.name == folder.c.name,
        later.c.uidvalidity == folder.c.uidvalidity,
    )
    for former_id, new_id in ledger.sql.execute(select(folder.c.id, later.c.id).where(same)).all():
        _merge_folder(ledger, former_id, new_id)
    ledger.sql.execute(update(folder).where(folder.c.account == former).values(account=new))


def _merge_folder(ledger: Transaction, former: int, new: int) -> None:
    has_uid = select(sighting.c.uid).where(sighting.c.folder_id == new)
    twice = and_(sighting.c.folder_id == former, sighting.c.uid.in_(has_uid))
    marks = courtesy_mark.c.sighting_id.in_(select(sighting.c.id).where(twice))
    ledger.sql.execute(delete(courtesy_mark).where(marks))
    ledger.sql.execute(delete(sighting).where(twice))
    ledger.sql.execute(update(sighting).where(sighting.c.folder_id == former).values(folder_id=new))
    settled = select(folder.c.watermark).where(folder.c.id == former).scalar_subquery()
    ledger.sql.execute(update(folder).where(folder.c.id == new, folder.c.watermark < settled).values(watermark=settled))
    for table in (unfetched, reconciliation):  # the next reconciliation finds out again
        ledger.sql.execute(delete(table).where(table.c.folder_id == former))
    ledger.sql.execute(delete(folder).where(folder.c.id == former))


def spans_of(ledger: Transaction, bulletin: str) -> Sequence[IdSpan]:
    """In which lines of the record the bulletin has which id; its present one first."""
    spans: list[IdSpan] = []
    waiting: list[tuple[str, int | None]] = [(bulletin, None)]
    while waiting:
        id, before = waiting.pop()
        span = IdSpan(id, _last_renaming(ledger, id, before), before)
        spans.append(span)
        renamed = select(change.c.subject_id, change.c.id).where(
            *_RENAMED, change.c.bulletin == id, _within(span.after, before)
        )
        waiting += [(former, line) for former, line in ledger.sql.execute(renamed)]
    return spans


def lines_of(ledger: Transaction, bulletins: Collection[str]) -> ColumnElement[bool]:
    """The condition for lines of the record that belong to these bulletins, under whatever ids; "" is that of lines
    that belong to none."""
    spans = [span for id in bulletins for span in spans_of(ledger, id)]
    conditions = [and_(change.c.bulletin == span.id, _within(span.after, span.before)) for span in spans]
    return or_(false(), *conditions)


def id_since(ledger: Transaction, id: str, line: int) -> str:
    """The present id of the bulletin that had this id when the record ended with that line."""
    while True:
        renamed = select(change.c.bulletin, change.c.id).where(*_RENAMED, change.c.subject_id == id, change.c.id > line)
        later = ledger.sql.execute(renamed.order_by(change.c.id).limit(1)).first()
        if later is None:
            return id
        id, line = later.bulletin, later.id


def was_renamed(ledger: Transaction, id: str) -> bool:
    """Whether a bulletin has had this id and has another one since."""
    return bool(_last_renaming(ledger, id, None))


def _last_renaming(ledger: Transaction, id: str, before: int | None) -> int:
    """The last line by which a bulletin lost the id; 0 for none."""
    lost = select(func.max(change.c.id)).where(*_RENAMED, change.c.subject_id == id, _within(0, before))
    return ledger.sql.execute(lost).scalar() or 0


def _within(after: int, before: int | None) -> ColumnElement[bool]:
    return and_(change.c.id > after, true() if before is None else change.c.id < before)
