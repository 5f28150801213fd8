"""联合署名: the departments that share an article, as an editor sets them by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive import article_changes, articles
from archive.article_mergers import refuse_merged
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.transaction import Transaction
from service.office import Office
from service.register.register import all_departments, department_named
from settings.model import BulletinSettings
from values.department import department_called
from values.errors import BadUsage
from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class JointRequest:
    """Which departments an article is to gain and to lose, each by any name of the register."""

    article: int
    """Id in the ledger."""
    who: str
    """Name of the person, for the record."""
    add: Sequence[str] = ()
    """Put after those that share it already, in this order."""
    remove: Sequence[str] = ()
    seen_version: int | None = None
    """The article's version that the person was looking at, None for any."""


def change_departments(office: Office, request: JointRequest) -> ArticleRecord:
    """Adds and removes departments of an article; returns it as it is afterwards. Its status does not change.

    Each department is printed, counted with its share and gets the 采用通知. Raises NotThere for an unknown article;
    BadUsage for a printed or unconfirmed one, for a name that the register does not have, for removing a department
    that does not share the article, and where none would be left; Changed where it is not the version seen.
    """
    with office.ledger.writing() as ledger:
        return change_departments_within(office, ledger, request)


def change_departments_within(office: Office, ledger: Transaction, request: JointRequest) -> ArticleRecord:
    """`change_departments` as a part of the caller's transaction."""
    before = articles.article_named(ledger, request.article)
    article_changes.refuse_changed(before, request.seen_version)
    if before.status is ArticleStatus.PUBLISHED:
        raise BadUsage(f"稿件 {before.id} 已在{before.issue_label}刊发，单位不能再改。")
    refuse_merged(ledger, before.id)
    if not before.confirmed:
        raise BadUsage(f"稿件 {before.id} 还没有认领，请先确认它是哪个单位的。")
    bulletin = office.bulletin(before.bulletin)
    added = [department_named(office, ledger, bulletin, name).name for name in request.add]
    left = _without(ledger, bulletin, before, request.remove)
    departments = tuple(dict.fromkeys([*left, *added]))
    if not departments:
        raise BadUsage(f"稿件 {before.id} 至少要有一个单位。")
    if departments == before.departments:
        return before
    article_changes.assign_jointly(ledger, before.id, departments)
    summary = f"《{before.manuscript.title}》的单位由{_shown(before.departments)}改为{_shown(departments)}"
    change = NewChange(before.bulletin, request.who, "article", before.id, summary, office.now())
    record_change(ledger, change)
    return articles.reread(ledger, before)


def _without(
    ledger: Transaction, bulletin: BulletinSettings, before: ArticleRecord, removed: Sequence[str]
) -> tuple[str, ...]:
    """A department that has left the register goes by the name that the article has."""
    left = list(before.departments)
    for name in removed:
        called = department_called(name, all_departments(ledger, bulletin))
        shared = next((entry for entry in left if entry == name or (called and called.is_called(entry))), None)
        if shared is None:
            raise BadUsage(f"稿件 {before.id} 的单位里没有“{name}”，现有：{_shown(before.departments)}。")
        left.remove(shared)
    return tuple(left)


def _shown(departments: Sequence[str]) -> str:
    return "、".join(departments) or "单位待定"
