"""约稿: made, given another deadline, cancelled; articles linked to it and unlinked by an editor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from archive import articles, commissions
from archive.changes import NewChange, record_change
from archive.commissions import NewCommission, NewLink
from archive.transaction import Transaction
from service.commission.deadline import due_written
from service.commission.letters import keep_back_letters
from service.commission.seen_commission import commission_of, seen_commission
from service.office import Office
from service.register.register import active_departments
from settings.days_off import DaysOff
from settings.model import BulletinSettings
from values.commission import Commission, LinkState, LinkWay, commission_label
from values.department import department_called, plain_name
from values.errors import BadUsage, NotThere

_MOMENT: Final = timedelta(microseconds=1)
_CHOOSABLE: Final = timedelta(days=60)
"""How long after its deadline a late article may still be chosen as an answer: it counts as late."""
_LONGEST_TOPIC: Final = 60
"""Characters: it is in the subject of every letter about the commission."""
_LONGEST_DEMANDS: Final = 5_000
"""Characters: about three pages; more belongs into a file."""


def commission(
    office: Office, bulletin: BulletinSettings, topic: str, demands: str, units: Sequence[str], due: str, *, who: str
) -> Commission:
    """Records a commission; its letters are queued by `send_letters`, when somebody has looked at them.

    units: names of departments, and of groups of departments. due: as a person writes it. The same topic is not asked
    for twice at the same deadline: a form that is sent twice is one commission. Raises BadUsage.
    """
    now = office.local(office.now())
    topic = " ".join(topic.split())
    if not topic:
        raise BadUsage("请写明约什么稿。")
    if len(topic) > _LONGEST_TOPIC:
        raise BadUsage(f"题目最多 {_LONGEST_TOPIC} 个字，现有 {len(topic)} 个；细的写在要求里。")
    demands = demands.strip()
    if len(demands) > _LONGEST_DEMANDS:
        raise BadUsage(f"要求最多 {_LONGEST_DEMANDS} 个字，现有 {len(demands)} 个。")
    due_at = due_written(due, now, days_off_of(office, bulletin))
    with office.ledger.writing() as ledger:
        names = _departments(ledger, bulletin, units)
        for earlier in commissions.commissions_due(ledger, bulletin.id, due_at, due_at + _MOMENT):
            if (earlier.topic, earlier.demands, earlier.due_at, earlier.departments) == (topic, demands, due_at, names):
                return earlier
        new = NewCommission(bulletin.id, topic, demands, due_at, names, who)
        id = commissions.add_commission(ledger, new, at=office.now())
        line = f"约稿 {len(names)} 个单位：{topic}，{due_at:%Y-%m-%d %H:%M} 截稿"
        _record(office, ledger, bulletin, id, line, who)
        return commission_of(ledger, bulletin, id)


def extend(
    office: Office, bulletin: BulletinSettings, id: int, due: str, *, who: str, seen: int | None = None
) -> Commission:
    """Gives the commission another deadline, later or earlier. Letters that name the former one and were never tried
    are taken back; `send_letters` writes those that are needed then. seen: its version that the person has looked at,
    None for the present one. Raises NotThere, BadUsage for a cancelled one, Changed."""
    due_at = due_written(due, office.local(office.now()), days_off_of(office, bulletin))
    with office.ledger.writing() as ledger:
        before = _standing(ledger, bulletin, id, seen)
        if before.due_at == due_at:
            return before
        commissions.write_due(ledger, id, due_at)
        keep_back_letters(ledger, id)
        line = f"截稿时间由 {office.local(before.due_at):%Y-%m-%d %H:%M} 改为 {due_at:%Y-%m-%d %H:%M}"
        _record(office, ledger, bulletin, id, line, who)
        return commission_of(ledger, bulletin, id)


def cancel(
    office: Office, bulletin: BulletinSettings, id: int, *, who: str, why: str = "", seen: int | None = None
) -> Commission:
    """Cancels the commission: nobody is reminded of it, and it is not counted. Its answers stay as they are; letters
    about it that were never tried are taken back. seen: as for `extend`.

    Raises NotThere, BadUsage for one that is cancelled already, Changed.
    """
    with office.ledger.writing() as ledger:
        _standing(ledger, bulletin, id, seen)
        commissions.write_cancelled(ledger, id, office.now())
        keep_back_letters(ledger, id)
        _record(office, ledger, bulletin, id, "取消约稿", who, why)
        return commission_of(ledger, bulletin, id)


def link(
    office: Office, bulletin: BulletinSettings, id: int, article: int, *, who: str, seen: int | None = None
) -> Commission:
    """Says that the article answers the commission. seen: as for `extend`. Raises NotThere; BadUsage for an article
    whose sender waits to be confirmed, since nobody knows whose answer it is; Changed."""
    with office.ledger.writing() as ledger:
        seen_commission(ledger, bulletin, id, seen)
        record = articles.article_of_bulletin(ledger, bulletin.id, article)
        if record is None:
            raise NotThere(f"刊物 {bulletin.id} 没有编号为 {article} 的稿件。")
        if not record.confirmed or not record.departments:
            raise BadUsage(f"稿件 {article} 的单位待定，请先认领，再算作约稿。")
        commissions.write_link(ledger, NewLink(id, article, LinkState.LINKED, LinkWay.EDITOR), at=office.now())
        _record(office, ledger, bulletin, id, f"稿件 {article} 算作约稿", who)
        return commission_of(ledger, bulletin, id)


def unlink(
    office: Office, bulletin: BulletinSettings, id: int, article: int, *, who: str, seen: int | None = None
) -> Commission:
    """Says that the article does not answer the commission; no later letter links it again. seen: as for `extend`.

    Raises NotThere, BadUsage for one that was not linked, Changed.
    """
    with office.ledger.writing() as ledger:
        linked = seen_commission(ledger, bulletin, id, seen)
        if all(answer.article != article for answer in linked.answers):
            raise BadUsage(f"稿件 {article} 没有算作{linked.label}。")
        commissions.write_link(ledger, NewLink(id, article, LinkState.UNLINKED, LinkWay.EDITOR), at=office.now())
        _record(office, ledger, bulletin, id, f"稿件 {article} 不算约稿", who)
        return commission_of(ledger, bulletin, id)


def choosable_commissions(ledger: Transaction, bulletin: str, at: datetime) -> Sequence[Commission]:
    """The commissions that an editor may say an article answers: due within the last two months or later, and not
    cancelled; the latest deadline first."""
    recent = commissions.commissions_to_match(ledger, bulletin, at - _CHOOSABLE, ())
    return [commission for commission in reversed(recent) if commission.cancelled_at is None]


def days_off_of(office: Office, bulletin: BulletinSettings) -> DaysOff:
    """The office's calendar, as the schedule of the bulletin heeds it."""
    return office.settings.service.days_off(bulletin.holidays)


def _standing(ledger: Transaction, bulletin: BulletinSettings, id: int, seen: int | None) -> Commission:
    numbered = seen_commission(ledger, bulletin, id, seen)
    if numbered.cancelled_at is not None:
        raise BadUsage(f"{numbered.label}已经取消。")
    return numbered


def _departments(ledger: Transaction, bulletin: BulletinSettings, units: Sequence[str]) -> tuple[str, ...]:
    """The departments of these names and groups, each once, in the order of the register. Raises BadUsage."""
    register = active_departments(ledger, bulletin)
    chosen: set[str] = set()
    for unit in filter(None, (unit.strip() for unit in units)):
        of_group = {department.name for department in register if department.group and _same(department.group, unit)}
        called = department_called(unit, register)
        if not of_group and called is None:
            raise BadUsage(f"名录里没有“{unit}”这个单位或分组。")
        chosen |= {called.name} if called is not None else of_group
    if not chosen:
        raise BadUsage("请选择向哪些单位约稿。")
    return tuple(department.name for department in register if department.name in chosen)


def _same(group: str, unit: str) -> bool:
    return plain_name(group) == plain_name(unit)


def _record(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, id: int, line: str, who: str, why: str = ""
) -> None:
    change = NewChange(bulletin.id, who, "commission", id, f"{commission_label(id)}：{line}", office.now(), why)
    record_change(ledger, change)
