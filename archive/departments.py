"""The register as it was changed at the desk: rows over the departments of config.toml, by name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, insert, select, update

from archive.schema import article, department, learned_sender, revision
from archive.search import index_revisions
from archive.transaction import Transaction
from values.department import KnownDepartment
from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class DepartmentRecord:
    """A department of the register. position: its place in the order of the contents page, from 0.

    retired: it sends nothing any more; what it has sent stays its own. version: raised by every change, 0 for one that
    stands only in config.toml.
    """

    known: KnownDepartment
    position: int
    retired: bool = False
    version: int = 0

    @property
    def name(self) -> str:
        return self.known.name


def changed_departments(ledger: Transaction, bulletin: str) -> Sequence[DepartmentRecord]:
    """Those with a row, in their order."""
    mine = select(department).where(department.c.bulletin == bulletin)
    rows = ledger.sql.execute(mine.order_by(department.c.position, department.c.id)).mappings()
    return [_record(row) for row in rows]


def write_department(
    ledger: Transaction, bulletin: str, record: DepartmentRecord, *, before: DepartmentRecord | None = None
) -> None:
    """Writes the department with the next version; over the row of `before`, if that has one. Its own is not looked at.

    The database refuses a second one of the name.
    """
    values = {
        "name": record.known.name,
        "full_name": record.known.full_name,
        "aliases": json.dumps(record.known.aliases, ensure_ascii=False),
        "senders": json.dumps(record.known.senders, ensure_ascii=False),
        "position": record.position,
        "retired": record.retired,
    }
    if before is None or before.version == 0:
        ledger.sql.execute(insert(department).values(bulletin=bulletin, version=1, **values))
        return
    same = (department.c.bulletin == bulletin, department.c.name == before.name)
    ledger.sql.execute(update(department).where(*same).values(version=before.version + 1, **values))


def hand_over(ledger: Transaction, bulletin: str, before: str, after: str) -> None:
    """What is open under one name goes on under another: articles that are not published, and learned addresses.

    A published article keeps the name under which it was printed.
    """
    open_ones = (
        article.c.bulletin == bulletin,
        article.c.department == before,
        article.c.status != ArticleStatus.PUBLISHED.value,
    )
    ledger.sql.execute(update(article).where(*open_ones).values(department=after, version=article.c.version + 1))
    theirs = select(article.c.id).where(article.c.bulletin == bulletin, article.c.department == after)
    texts = select(revision.c.id).where(revision.c.article_id.in_(theirs))
    index_revisions(ledger, ledger.sql.execute(texts).scalars().all())
    learned = (learned_sender.c.bulletin == bulletin, learned_sender.c.department == before)
    ledger.sql.execute(update(learned_sender).where(*learned).values(department=after))


def _record(row: RowMapping) -> DepartmentRecord:
    known = KnownDepartment(
        row["name"], row["full_name"], tuple(json.loads(row["aliases"])), tuple(json.loads(row["senders"]))
    )
    return DepartmentRecord(known, row["position"], row["retired"], row["version"])
