"""What the ledger has of bulletins and mailboxes that config.toml does not name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive import renaming
from archive.renaming import BulletinRows
from service.office import Office


@dataclass(frozen=True, slots=True)
class Orphans:
    """What config.toml does not name, and what it names that the ledger does not have."""

    bulletins: dict[str, BulletinRows]
    """By id; without those that have ended."""
    accounts: dict[str, int]
    """Letters by the login name of their mailbox."""
    new_bulletins: tuple[str, ...]
    """Ids that config.toml names and under which the ledger has no letter, issue or article."""
    new_accounts: tuple[str, ...]
    """Login names that config.toml names and of whose mailboxes the ledger has no letter."""


def orphans_of(office: Office) -> Orphans:
    """Raises StorageFailed."""
    bulletins = office.settings.bulletins
    ids = [bulletin.id for bulletin in bulletins]
    names = list(dict.fromkeys(bulletin.mailbox.username for bulletin in bulletins))
    with office.ledger.reading() as ledger:
        recorded, seen = renaming.bulletins_in(ledger), renaming.accounts_in(ledger)
        ended = renaming.ended_bulletins(ledger)
    return Orphans(
        bulletins={id: rows for id, rows in recorded.items() if id not in ids and id not in ended},
        accounts={name: count for name, count in seen.items() if name not in names},
        new_bulletins=tuple(id for id in ids if id not in recorded),
        new_accounts=tuple(name for name in names if name not in seen),
    )


def orphan_messages(office: Office) -> Iterator[tuple[str, str]]:
    """What it is about and a sentence with the remedy, in Chinese, for each bulletin and mailbox. Raises
    StorageFailed."""
    orphans = orphans_of(office)
    for id, rows in orphans.bulletins.items():
        new = orphans.new_bulletins[0] if len(orphans.new_bulletins) == 1 else "新名字"
        yield (
            "无主的刊物",
            f"配置里没有刊物 {id}，台账里有它的来信 {rows.letters} 封、稿件 {rows.articles} 篇、各期 {rows.issues} 期，"
            f"现在看不到。改了名字的，停服务后运行 rename {id} {new}；不再办的，运行 rename --ended {id}",
        )
    for name, count in orphans.accounts.items():
        new = orphans.new_accounts[0] if len(orphans.new_accounts) == 1 else "新邮箱"
        yield (
            "无主的邮箱",
            f"配置里没有邮箱 {name}，有 {count} 封来信是从那里收的。来信都在，不会再收一遍，也不会再答复。"
            f"换了邮箱的，停服务后运行 rename --mailbox {name} {new}",
        )


def renaming_problem(office: Office) -> str:
    """A sentence with the remedy where a bulletin seems to have another id in config.toml than in the ledger, "" where
    none does: its numbers would begin again. Raises StorageFailed."""
    orphans = orphans_of(office)
    if not orphans.bulletins or not orphans.new_bulletins:
        return ""
    former, new = next(iter(orphans.bulletins)), orphans.new_bulletins[0]
    missing, empty = "、".join(orphans.bulletins), "、".join(orphans.new_bulletins)
    return (
        f"台账里有刊物 {missing}，配置里没有；配置里的 {empty} 台账里没有，"
        f"期号会从头编起，服务没有启动。改了名字的，请运行 rename {former} {new}；"
        f"{former} 不再办、{new} 是新办的，请运行 rename --ended {former}。"
    )
