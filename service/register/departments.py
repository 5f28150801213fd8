"""Changes of the register by an editor: departments added, changed, retired, put in order; addresses reassigned.

Each is one transaction with an entry in the record of changes. Each raises BadUsage for a department that does not
exist and for a name or an address that belongs to another one, and Changed when somebody else has changed it since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive import senders
from archive.changes import NewChange, record_change
from archive.departments import transfer_department, write_department
from archive.transaction import Transaction
from service.office import Office
from service.register.register import all_departments
from settings.model import BulletinSettings
from values.department import Department, plain_name
from values.errors import BadUsage, Changed


def add_department(office: Office, bulletin: BulletinSettings, wanted: Department, *, who: str) -> None:
    """Adds a department at the end of the contents page."""
    with office.ledger.writing() as ledger:
        entries = all_departments(ledger, bulletin)
        retired = (entry for entry in entries if entry.retired and _is_called(entry, wanted.name))
        if same := next(retired, None):
            raise BadUsage(f"“{same.name}”是已停用的单位，请在名录里恢复它，不必新增。")
        _refuse_claimed(ledger, bulletin, entries, wanted, None)
        place = max((entry.position for entry in entries), default=-1) + 1
        write_department(ledger, bulletin.id, replace(wanted, position=place))
        _record(office, ledger, bulletin, who, wanted.name, f"新增单位“{wanted.name}”{_described(wanted)}")


def change_department(
    office: Office, bulletin: BulletinSettings, name: str, wanted: Department, *, who: str, seen: int | None = None
) -> bool:
    """Gives a department other names and addresses; returns False where nothing changes.

    seen: its version as the person saw it, None for any.
    Under a new name the old one stays as an alias: what was sent under it, and what config.toml says, still belongs to
    the department.
    """
    with office.ledger.writing() as ledger:
        entries = all_departments(ledger, bulletin)
        before = _entry(entries, name, seen)
        if plain_name(wanted.name) != plain_name(before.name) and not wanted.is_called(before.name):
            wanted = replace(wanted, aliases=(*wanted.aliases, before.name))
        changed = replace(
            before,
            name=wanted.name,
            full_name=wanted.full_name,
            aliases=wanted.aliases,
            senders=wanted.senders,
            group=wanted.group,
        )
        if changed == before:
            return False
        _refuse_claimed(ledger, bulletin, entries, wanted, before)
        _refuse_revival(bulletin, before, wanted)
        write_department(ledger, bulletin.id, changed, before=before)
        if wanted.name != before.name:
            transfer_department(ledger, bulletin.id, before.name, wanted.name)
        _record(office, ledger, bulletin, who, wanted.name, _difference(before, wanted))
    return True


def retire_department(
    office: Office, bulletin: BulletinSettings, name: str, *, who: str, why: str = "", seen: int | None = None
) -> None:
    """Takes a department out of use: it is neither recognised as a sender nor listed as missing. Its articles stay."""
    with office.ledger.writing() as ledger:
        before = _entry(all_departments(ledger, bulletin), name, seen)
        if before.retired:
            raise BadUsage(f"“{name}”已经停用了。")
        write_department(ledger, bulletin.id, replace(before, retired=True), before=before)
        _record(office, ledger, bulletin, who, name, f"停用单位“{name}”", why)


def restore_department(
    office: Office, bulletin: BulletinSettings, name: str, *, who: str, seen: int | None = None
) -> None:
    """Takes a retired department into use again."""
    with office.ledger.writing() as ledger:
        entries = all_departments(ledger, bulletin)
        before = _entry(entries, name, seen)
        if not before.retired:
            raise BadUsage(f"“{name}”没有停用。")
        _refuse_claimed(ledger, bulletin, entries, before, before)
        write_department(ledger, bulletin.id, replace(before, retired=False), before=before)
        _record(office, ledger, bulletin, who, name, f"恢复单位“{name}”")


def order_departments(
    office: Office, bulletin: BulletinSettings, names: Sequence[str], *, who: str, moved: str = ""
) -> bool:
    """Sets the order of the contents page; returns False where it is that order already.

    names: all departments that are not retired. moved: the one that the person moved, "" where that is not known.
    Raises Changed when departments were added or retired since the person saw the list.
    """
    with office.ledger.writing() as ledger:
        entries = all_departments(ledger, bulletin)
        active = [entry.name for entry in entries if not entry.retired]
        if sorted(active) != sorted(names):
            raise Changed("名录刚被别人改过，请看过现在的名录再排先后。")
        if active == list(names):
            return False
        moved = moved or _moved_name(active, names)
        summary = _write_order(ledger, bulletin, entries, names, moved)
        _record(office, ledger, bulletin, who, moved, summary)
    return True


def move_department(office: Office, bulletin: BulletinSettings, name: str, by: int, *, who: str) -> bool:
    """Moves a department down by so many places, up where `by` is negative, at most to the end of the list."""
    with office.ledger.writing() as ledger:
        entries = all_departments(ledger, bulletin)
        if _entry(entries, name, None).retired:
            raise BadUsage(f"“{name}”已停用，不排先后。")
        names = [entry.name for entry in entries if not entry.retired]
        before = names.index(name)
        after = max(0, min(before + by, len(names) - 1))
        if after == before:
            return False
        names.insert(after, names.pop(before))
        summary = _write_order(ledger, bulletin, entries, names, name)
        _record(office, ledger, bulletin, who, name, summary)
    return True


def forget_sender(office: Office, bulletin: BulletinSettings, address: str, *, who: str) -> None:
    """Removes a learned address (`learn_sender`): its next letter is of an unknown sender again."""
    with office.ledger.writing() as ledger:
        owner = _owner_of(ledger, bulletin, address)
        senders.forget(ledger, bulletin.id, address)
        _record(office, ledger, bulletin, who, owner, f"不再记住 {address} 是“{owner}”的地址")


def move_sender(office: Office, bulletin: BulletinSettings, address: str, to: str, *, who: str) -> None:
    """Assigns a learned address to another department."""
    with office.ledger.writing() as ledger:
        owner = _owner_of(ledger, bulletin, address)
        entry = _entry(all_departments(ledger, bulletin), to, None)
        if entry.retired:
            raise BadUsage(f"“{to}”已停用，请先恢复它。")
        if owner == entry.name:
            return
        senders.learn(ledger, bulletin.id, address, entry.name, who=who, at=office.now())
        _record(office, ledger, bulletin, who, entry.name, f"地址 {address} 由“{owner}”改归“{entry.name}”")


def _write_order(
    ledger: Transaction, bulletin: BulletinSettings, entries: Sequence[Department], names: Sequence[str], moved: str
) -> str:
    """Writes the places of all departments; returns the sentence for the record, about the one that was moved.

    entries: in the present order. names: those that are not retired, in the new order; the retired ones come last.
    """
    active = {entry.name: entry for entry in entries if not entry.retired}
    ordered = [*(active[name] for name in names), *(entry for entry in entries if entry.retired)]
    for place, entry in enumerate(ordered):
        if entry.position != place or entry.version == 0:
            write_department(ledger, bulletin.id, replace(entry, position=place), before=entry)
    places = f"由第 {list(active).index(moved) + 1} 位移到第 {list(names).index(moved) + 1} 位"
    return f"单位“{moved}”在名录里{places}"


def _owner_of(ledger: Transaction, bulletin: BulletinSettings, address: str) -> str:
    learned = {sender.address: sender.department for sender in senders.learned_senders(ledger, bulletin.id)}
    if address not in learned:
        raise BadUsage(f"没有记住过 {address}；名录和配置文件里登记的地址，请在单位的表单或配置文件里改。")
    return learned[address]


def _entry(entries: Sequence[Department], name: str, seen: int | None) -> Department:
    entry = next((entry for entry in entries if entry.name == name), None)
    if entry is None:
        raise BadUsage(f"名录里没有“{name}”；可能刚被改名，请看过现在的名录再改。")
    if seen is not None and entry.version != seen:
        raise Changed(f"单位“{name}”刚被别人改过，请看过现在的样子再改。")
    return entry


def _is_called(entry: Department, name: str) -> bool:
    return plain_name(entry.name) == plain_name(name)


def _refuse_claimed(
    ledger: Transaction,
    bulletin: BulletinSettings,
    entries: Sequence[Department],
    wanted: Department,
    before: Department | None,
) -> None:
    """A name belongs to one department; those of a retired one may be taken over, except its own. Departments may share
    an address: then the byline decides."""
    other_entries = [entry for entry in entries if entry is not before]
    for other in other_entries:
        claimed = other.names if not other.retired else ()
        for name in wanted.names:
            if any(plain_name(name) == plain_name(theirs) for theirs in claimed):
                raise BadUsage(f"单位名称“{name}”已经属于“{other.name}”；一个名称只能指一个单位。")
        if other.retired and _is_called(other, wanted.name):
            raise BadUsage(f"“{other.name}”是已停用的单位；请恢复它，或换一个简称。")
    for learned in senders.learned_senders(ledger, bulletin.id):
        if learned.address in wanted.senders and (before is None or learned.department != before.name):
            raise BadUsage(
                f"{learned.address} 认领来信时已记为“{learned.department}”的地址；"
                "请先在名录里让服务忘记它，或把它改归本单位。"
            )


def _refuse_revival(bulletin: BulletinSettings, before: Department, wanted: Department) -> None:
    """A department of config.toml whose name is no longer an alias of another one would exist again."""
    names = {plain_name(name) for name in wanted.names}
    for configured in bulletin.departments:
        if before.is_called(configured.name) and plain_name(configured.name) not in names:
            raise BadUsage(
                f"配置文件里还有单位“{configured.name}”，去掉这个别名它会重新成为一个单位；请先从配置文件里删掉它。"
            )


def _described(department: Department) -> str:
    parts = [
        f"全称“{department.full_name}”" if department.full_name else "",
        f"别名{_quoted(department.aliases)}" if department.aliases else "",
        f"投稿地址 {'、'.join(department.senders)}" if department.senders else "",
        f"分组“{department.group}”" if department.group else "",
    ]
    return "".join(f"，{part}" for part in parts if part)


def _difference(before: Department, after: Department) -> str:
    parts = []
    if before.name != after.name:
        parts.append(f"简称改为“{after.name}”")
    if before.full_name != after.full_name:
        parts.append(f"全称由“{before.full_name}”改为“{after.full_name}”")
    if before.group != after.group:
        parts.append(f"分组由“{before.group}”改为“{after.group}”")
    for kind, old, new in (
        ("别名", before.aliases, after.aliases),
        ("投稿地址", before.senders, after.senders),
    ):
        if added := [text for text in new if text not in old]:
            parts.append(f"添{kind}{_quoted(added)}")
        if removed := [text for text in old if text not in new]:
            parts.append(f"去掉{kind}{_quoted(removed)}")
    return f"修改单位“{before.name}”：{'；'.join(parts) or '别名或地址的先后'}"


def _quoted(texts: Sequence[str]) -> str:
    return "".join(f"“{text}”" for text in texts)


def _moved_name(before: Sequence[str], after: Sequence[str]) -> str:
    """The name without which both orders are the same; where several or none are so, the first that differs."""
    for name in after:
        if [other for other in before if other != name] == [other for other in after if other != name]:
            return name
    return next(name for name, former in zip(after, before, strict=True) if name != former)


def _record(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, who: str, name: str, summary: str, why: str = ""
) -> None:
    record_change(
        ledger,
        NewChange(
            bulletin=bulletin.id,
            who=who,
            subject="department",
            subject_id=name,
            summary=summary,
            why=why,
            at=office.now(),
        ),
    )
