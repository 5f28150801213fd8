"""The departments that were changed at the desk: each row replaces the department of config.toml of its name."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import RowMapping, insert, select, update

from archive.commissions import rename_department
from archive.joint_departments import is_of, stored
from archive.schema import article, article_merger, department, learned_sender, revision
from archive.search import index_revisions
from archive.transaction import Transaction
from values.department import Department
from values.issue import ArticleStatus


def changed_departments(ledger: Transaction, bulletin: str) -> Sequence[Department]:
    """The departments that were changed or added at the desk, in the order of the contents page."""
    of_bulletin = select(department).where(department.c.bulletin == bulletin)
    rows = ledger.sql.execute(of_bulletin.order_by(department.c.position, department.c.id)).mappings()
    return [_department(row) for row in rows]


def write_department(
    ledger: Transaction, bulletin: str, changed: Department, *, before: Department | None = None
) -> None:
    """Writes the department with the version after that of `before`, over the row of `before` if that has one.

    before: the department as it was; None for a new one. Raises IntegrityError when another row has the name.
    """
    values = {
        "name": changed.name,
        "full_name": changed.full_name,
        "aliases": json.dumps(changed.aliases, ensure_ascii=False),
        "senders": json.dumps(changed.senders, ensure_ascii=False),
        "group_name": changed.group,
        "position": changed.position,
        "retired": changed.retired,
    }
    if before is None or before.version == 0:
        ledger.sql.execute(insert(department).values(bulletin=bulletin, version=1, **values))
        return
    same = (department.c.bulletin == bulletin, department.c.name == before.name)
    ledger.sql.execute(update(department).where(*same).values(version=before.version + 1, **values))


def transfer_department(ledger: Transaction, bulletin: str, before: str, after: str) -> None:
    """Gives the articles that are not published, the learned addresses and the commissions of one name to another.

    A published article keeps the name under which it was printed.
    """
    unpublished = (
        article.c.bulletin == bulletin,
        article.c.department == before,
        article.c.status != ArticleStatus.PUBLISHED.value,
    )
    ledger.sql.execute(update(article).where(*unpublished).values(department=after, version=article.c.version + 1))
    shared = ledger.sql.execute(
        select(article.c.id, article.c.departments).where(
            article.c.bulletin == bulletin, is_of(before), article.c.status != ArticleStatus.PUBLISHED.value
        )
    ).all()
    for row in shared:
        names = tuple(after if name == before else name for name in row.departments.split("\n"))
        renamed = update(article).where(article.c.id == row.id)
        ledger.sql.execute(renamed.values(departments=stored(tuple(dict.fromkeys(names)))))
    _rename_before_mergers(ledger, bulletin, before, after)
    owned = select(article.c.id).where(article.c.bulletin == bulletin, article.c.department == after)
    texts = select(revision.c.id).where(revision.c.article_id.in_(owned))
    index_revisions(ledger, ledger.sql.execute(texts).scalars().all())
    learned = (learned_sender.c.bulletin == bulletin, learned_sender.c.department == before)
    ledger.sql.execute(update(learned_sender).where(*learned).values(department=after))
    rename_department(ledger, bulletin, before, after)


def _rename_before_mergers(ledger: Transaction, bulletin: str, before: str, after: str) -> None:
    """The departments that undoing a merger gives back to an article."""
    wanted = (article.c.bulletin == bulletin, article_merger.c.into_departments.contains(before, autoescape=True))
    columns = (article_merger.c.id, article_merger.c.into_departments)
    rows = ledger.sql.execute(select(*columns).join(article, article.c.id == article_merger.c.into_id).where(*wanted))
    for row in rows.all():
        names = dict.fromkeys(after if name == before else name for name in row.into_departments.split("\n"))
        renamed = update(article_merger).where(article_merger.c.id == row.id)
        ledger.sql.execute(renamed.values(into_departments="\n".join(names)))


def _department(row: RowMapping) -> Department:
    return Department(
        name=row["name"],
        full_name=row["full_name"],
        aliases=tuple(json.loads(row["aliases"])),
        senders=tuple(json.loads(row["senders"])),
        group=row["group_name"],
        position=row["position"],
        retired=row["retired"],
        version=row["version"],
    )
