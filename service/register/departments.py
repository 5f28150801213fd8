"""What an editor does to the register: departments added, changed, retired, put in order; addresses moved or forgotten.

Each is one transaction with its entry in the record of changes. Everything raises BadUsage for a department that is
not there, and for a name or an address that another one has; Changed where somebody else was faster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive import senders
from archive.changes import NewChange, record_change
from archive.departments import hand_over, write_department
from archive.transaction import Transaction
from service.office import Office
from service.register.register import all_departments
from settings.model import BulletinSettings
from values.department import Department, plain_name
from values.errors import BadUsage, Changed


def add_department(office: Office, bulletin: BulletinSettings, wanted: Department, *, who: str) -> None:
    """It comes last."""
    with office.ledger.writing() as ledger:
        entries = all_departments(ledger, bulletin)
        if asleep := next((one for one in entries if one.retired and _is_called(one, wanted.name)), None):
            raise BadUsage(f"“{asleep.name}”是已停用的单位，请在名录里恢复它，不必新增。")
        _refuse_claimed(ledger, bulletin, entries, wanted, None)
        place = max((one.position for one in entries), default=-1) + 1
        write_department(ledger, bulletin.id, replace(wanted, position=place))
        _record(office, ledger, bulletin, who, wanted.name, f"新增单位“{wanted.name}”{_in_words(wanted)}")


def change_department(
    office: Office, bulletin: BulletinSettings, name: str, wanted: Department, *, who: str, seen: int | None = None
) -> bool:
    """Returns False when it is so already. seen: the version that the person has seen.

    A new name keeps the old one as an alias: what was sent, and what config.toml says, under the old name is its own.
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
        )
        if changed == before:
            return False
        _refuse_claimed(ledger, bulletin, entries, wanted, before)
        _refuse_revival(bulletin, before, wanted)
        write_department(ledger, bulletin.id, changed, before=before)
        if wanted.name != before.name:
            hand_over(ledger, bulletin.id, before.name, wanted.name)
        _record(office, ledger, bulletin, who, wanted.name, _difference(before, wanted))
    return True


def retire_department(
    office: Office, bulletin: BulletinSettings, name: str, *, who: str, why: str = "", seen: int | None = None
) -> None:
    """From now on it is not looked for and not missed; what it has sent stays its own."""
    with office.ledger.writing() as ledger:
        before = _entry(all_departments(ledger, bulletin), name, seen)
        if before.retired:
            raise BadUsage(f"“{name}”已经停用了。")
        write_department(ledger, bulletin.id, replace(before, retired=True), before=before)
        _record(office, ledger, bulletin, who, name, f"停用单位“{name}”", why)


def restore_department(
    office: Office, bulletin: BulletinSettings, name: str, *, who: str, seen: int | None = None
) -> None:
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
    """The order of the contents page from now on: all that are not retired. Returns False when it is so already.

    moved: the one that was taken to another place, "" when that is not known. Raises Changed when departments have
    come or gone since the person saw the list.
    """
    with office.ledger.writing() as ledger:
        entries = all_departments(ledger, bulletin)
        active = {one.name: one for one in entries if not one.retired}
        if sorted(active) != sorted(names):
            raise Changed("名录刚被别人改过，请看过现在的名录再排先后。")
        if list(active) == list(names):
            return False
        ordered = [*(active[name] for name in names), *(one for one in entries if one.retired)]
        for place, one in enumerate(ordered):
            if one.position != place or one.version == 0:
                write_department(ledger, bulletin.id, replace(one, position=place), before=one)
        moved = moved or _moved(list(active), names)
        places = f"由第 {list(active).index(moved) + 1} 位移到第 {list(names).index(moved) + 1} 位"
        _record(office, ledger, bulletin, who, moved, f"单位“{moved}”在名录里{places}")
    return True


def move_department(office: Office, bulletin: BulletinSettings, name: str, by: int, *, who: str) -> bool:
    """So many places down, or up when negative; not beyond the ends."""
    with office.ledger.reading() as ledger:
        entries = all_departments(ledger, bulletin)
    _entry(entries, name, None)
    names = [one.name for one in entries if not one.retired]
    if name not in names:
        raise BadUsage(f"“{name}”已停用，不排先后。")
    place = names.index(name)
    names.insert(max(0, min(place + by, len(names) - 1)), names.pop(place))
    return order_departments(office, bulletin, names, who=who, moved=name)


def forget_sender(office: Office, bulletin: BulletinSettings, address: str, *, who: str) -> None:
    """An address that was learned when an article was claimed is a stranger's again."""
    with office.ledger.writing() as ledger:
        owner = _owner_of(ledger, bulletin, address)
        senders.forget(ledger, bulletin.id, address)
        _record(office, ledger, bulletin, who, owner, f"不再记住 {address} 是“{owner}”的地址")


def move_sender(office: Office, bulletin: BulletinSettings, address: str, to: str, *, who: str) -> None:
    """An address that was learned is another department's."""
    with office.ledger.writing() as ledger:
        owner = _owner_of(ledger, bulletin, address)
        entry = _entry(all_departments(ledger, bulletin), to, None)
        if entry.retired:
            raise BadUsage(f"“{to}”已停用，请先恢复它。")
        if owner == entry.name:
            return
        senders.learn(ledger, bulletin.id, address, entry.name, who=who, at=office.now())
        _record(office, ledger, bulletin, who, entry.name, f"地址 {address} 由“{owner}”改归“{entry.name}”")


def _owner_of(ledger: Transaction, bulletin: BulletinSettings, address: str) -> str:
    learned = {one.address: one.department for one in senders.learned_senders(ledger, bulletin.id)}
    if address not in learned:
        raise BadUsage(f"没有记住过 {address}；名录和配置文件里登记的地址，请在单位的表单或配置文件里改。")
    return learned[address]


def _entry(entries: Sequence[Department], name: str, seen: int | None) -> Department:
    found = next((one for one in entries if one.name == name), None)
    if found is None:
        raise BadUsage(f"名录里没有“{name}”；可能刚被改名，请看过现在的名录再改。")
    if seen is not None and found.version != seen:
        raise Changed(f"单位“{name}”刚被别人改过，请看过现在的样子再改。")
    return found


def _is_called(entry: Department, name: str) -> bool:
    return plain_name(entry.name) == plain_name(name)


def _refuse_claimed(
    ledger: Transaction,
    bulletin: BulletinSettings,
    entries: Sequence[Department],
    wanted: Department,
    before: Department | None,
) -> None:
    """A name means one department, and so does an address. What a retired one had may be taken over, but its name."""
    others = [one for one in entries if one is not before]
    for other in others:
        claimed = other.names if not other.retired else ()
        for name in wanted.names:
            if any(plain_name(name) == plain_name(theirs) for theirs in claimed):
                raise BadUsage(f"单位名称“{name}”已经属于“{other.name}”；一个名称只能指一个单位。")
        if other.retired and _is_called(other, wanted.name):
            raise BadUsage(f"“{other.name}”是已停用的单位；请恢复它，或换一个简称。")
        for address in wanted.senders:
            if not other.retired and other.lists(address):
                raise BadUsage(f"{address} 已经是“{other.name}”的投稿地址；一个地址只能属于一个单位。")
    for one in senders.learned_senders(ledger, bulletin.id):
        if one.address in wanted.senders and (before is None or one.department != before.name):
            raise BadUsage(
                f"{one.address} 认领来信时已记为“{one.department}”的地址；请先在名录里让服务忘记它，或把它改归本单位。"
            )


def _refuse_revival(bulletin: BulletinSettings, before: Department, wanted: Department) -> None:
    """A name that config.toml still has as a department's would be one again."""
    kept = {plain_name(name) for name in wanted.names}
    for one in bulletin.departments:
        if before.is_called(one.name) and plain_name(one.name) not in kept:
            raise BadUsage(
                f"配置文件里还有单位“{one.name}”，去掉这个别名它会重新成为一个单位；请先从配置文件里删掉它。"
            )


def _in_words(one: Department) -> str:
    told = [
        f"全称“{one.full_name}”" if one.full_name else "",
        f"别名{_listed(one.aliases)}" if one.aliases else "",
        f"投稿地址 {'、'.join(one.senders)}" if one.senders else "",
    ]
    return "".join(f"，{part}" for part in told if part)


def _difference(before: Department, after: Department) -> str:
    told = []
    if before.name != after.name:
        told.append(f"简称改为“{after.name}”")
    if before.full_name != after.full_name:
        told.append(f"全称由“{before.full_name}”改为“{after.full_name}”")
    for what, old, new in (
        ("别名", before.aliases, after.aliases),
        ("投稿地址", before.senders, after.senders),
    ):
        if more := [one for one in new if one not in old]:
            told.append(f"添{what}{_listed(more)}")
        if gone := [one for one in old if one not in new]:
            told.append(f"去掉{what}{_listed(gone)}")
    return f"修改单位“{before.name}”：{'；'.join(told) or '别名或地址的先后'}"


def _listed(texts: Sequence[str]) -> str:
    return "".join(f"“{text}”" for text in texts)


def _moved(before: Sequence[str], after: Sequence[str]) -> str:
    """The one whose leaving makes both orders the same; of several that would do, or none, the first that differs."""
    for name in after:
        if [one for one in before if one != name] == [one for one in after if one != name]:
            return name
    return next(one for one, other in zip(after, before, strict=True) if one != other)


def _record(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, who: str, name: str, said: str, why: str = ""
) -> None:
    record_change(
        ledger,
        NewChange(
            bulletin=bulletin.id,
            who=who,
            subject="department",
            subject_id=name,
            summary=said,
            why=why,
            at=office.now(),
        ),
    )
