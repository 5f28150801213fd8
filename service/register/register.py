"""The register (名录) of a bulletin: the departments of config.toml as they were changed at the desk, and the addresses
that editors have confirmed as theirs.

The settings keep what the file says; whoever needs the departments as they are now asks here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from archive.departments import changed_departments
from archive.own_texts import own_texts
from archive.senders import learned_senders
from archive.transaction import Transaction
from intake.fetch.mailbox import Registered
from intake.register import Register
from programs.font_coverage import font_coverage
from service.office import Office
from service.register.own_addresses import own_addresses
from settings.model import BulletinSettings
from values.department import Department, department_called, department_of_sender, plain_name
from values.errors import BadUsage


def register_of(office: Office, ledger: Transaction, bulletin: BulletinSettings) -> Register:
    """The register that letters of the bulletin are read with: learned addresses too, and what the checks need."""
    return Register(
        departments=_with_learned_senders(ledger, bulletin),
        own_addresses=own_addresses(office.settings, bulletin),
        sections=bulletin.sections,
        hold_unknown=bulletin.unknown_senders == "hold",
        authserv_id=bulletin.mailbox.authserv_id,
        word_list=bulletin.word_list,
        auto_fix=bulletin.auto_fix,
        font_coverage=font_coverage(),
        deciders=bulletin.deciders,
        own_texts=own_texts(office.data_dir).octets,
    )


def _with_learned_senders(ledger: Transaction, bulletin: BulletinSettings) -> tuple[Department, ...]:
    learned: defaultdict[str, list[str]] = defaultdict(list)
    for sender in learned_senders(ledger, bulletin.id):
        learned[sender.department].append(sender.address)
    return tuple(
        replace(department, senders=(*department.senders, *learned[department.name]))
        for department in active_departments(ledger, bulletin)
    )


def department_named(office: Office, ledger: Transaction, bulletin: BulletinSettings, name: str) -> Department:
    """The department that has this name, full name or alias. Raises BadUsage when the register has none."""
    departments = register_of(office, ledger, bulletin).departments
    named = department_called(name, departments)
    if named is None:
        listed = "、".join(department.name for department in departments)
        raise BadUsage(f"名录里没有“{name}”。名录中有：{listed}。")
    return named


def all_departments(ledger: Transaction, bulletin: BulletinSettings) -> tuple[Department, ...]:
    """Every department of the register in the order of the contents page, retired ones too.

    A row of the desk replaces the department of config.toml that has its name, or a name that it has taken over.
    """
    changed = changed_departments(ledger, bulletin.id)
    taken = {plain_name(department.name) for department in changed}
    taken |= {plain_name(name) for department in changed if not department.retired for name in department.names}
    configured = [department for department in bulletin.departments if plain_name(department.name) not in taken]
    return tuple(sorted([*changed, *configured], key=lambda department: department.position))


def active_departments(ledger: Transaction, bulletin: BulletinSettings) -> tuple[Department, ...]:
    """The departments that may send, in the order of the contents page."""
    return tuple(department for department in all_departments(ledger, bulletin) if not department.retired)


def department_names(ledger: Transaction, bulletin: BulletinSettings) -> tuple[str, ...]:
    """The canonical names of the departments that may send, in the order of the contents page."""
    return tuple(department.name for department in active_departments(ledger, bulletin))


def registered_in(office: Office, bulletin: BulletinSettings) -> Registered:
    """A predicate: whether an address is registered for a department of the bulletin, by the register as it is now."""
    with office.ledger.reading() as ledger:
        departments = _with_learned_senders(ledger, bulletin)
    return lambda address: bool(department_of_sender(address, departments))
