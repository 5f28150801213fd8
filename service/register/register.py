"""The register of departments: of config.toml, as it was changed at the desk, and what editors have taught the service.

What asks for the order of the contents page, for who is missing, or whose a name or an address is, asks here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from archive.departments import DepartmentRecord, changed_departments
from archive.senders import learned_senders
from archive.transaction import Transaction
from intake.fetch.mailbox import Registered
from intake.register import Register
from service.letters.letters_out import own_addresses
from service.office import Office
from settings.model import BulletinSettings, DepartmentSettings
from values.department import KnownDepartment, department_called, department_of_sender, plain_name
from values.errors import BadUsage


def register_of(office: Office, ledger: Transaction, bulletin: BulletinSettings) -> Register:
    """What is known when a letter of the bulletin is read."""
    learned: defaultdict[str, list[str]] = defaultdict(list)
    for one in learned_senders(ledger, bulletin.id):
        learned[one.department].append(one.address)
    return Register(
        departments=tuple(
            replace(one, senders=(*one.senders, *learned[one.name])) for one in registered_departments(ledger, bulletin)
        ),
        own_addresses=own_addresses(office.settings, bulletin),
        sections=bulletin.sections,
        hold_unknown=bulletin.unknown_senders == "hold",
        authserv_id=bulletin.mailbox.authserv_id,
        word_list=bulletin.word_list,
        auto_fix=bulletin.auto_fix,
    )


def department_named(office: Office, ledger: Transaction, bulletin: BulletinSettings, name: str) -> KnownDepartment:
    """The department that the register knows by any name. Raises BadUsage."""
    known = register_of(office, ledger, bulletin).departments
    found = department_called(name, known)
    if found is None:
        raise BadUsage(f"名录里没有“{name}”。名录中有：{'、'.join(one.name for one in known)}。")
    return found


def configured_departments(bulletin: BulletinSettings) -> tuple[KnownDepartment, ...]:
    """The departments of these settings, in their order."""
    return tuple(KnownDepartment(d.name, d.full_name, d.aliases, d.senders) for d in bulletin.departments)


def register_entries(ledger: Transaction, bulletin: BulletinSettings) -> tuple[DepartmentRecord, ...]:
    """The whole register in its order, retired departments too. bulletin: as config.toml has it.

    A row of the desk stands for the department of config.toml that has its name, or a name that it has taken over.
    """
    changed = changed_departments(ledger, bulletin.id)
    taken = {plain_name(one.name) for one in changed}
    taken |= {plain_name(name) for one in changed if not one.retired for name in one.known.names}
    configured = [
        DepartmentRecord(known, place)
        for place, known in enumerate(configured_departments(bulletin))
        if plain_name(known.name) not in taken
    ]
    return tuple(sorted([*changed, *configured], key=lambda one: one.position))


def registered_departments(ledger: Transaction, bulletin: BulletinSettings) -> tuple[KnownDepartment, ...]:
    """The departments that may send, in the order of the contents page."""
    return tuple(one.known for one in register_entries(ledger, bulletin) if not one.retired)


def as_registered(ledger: Transaction, bulletin: BulletinSettings) -> BulletinSettings:
    """The bulletin's settings, as config.toml has them, with the departments of the register as it is now."""
    now = tuple(
        DepartmentSettings(name=one.name, full_name=one.full_name, aliases=one.aliases, senders=one.senders)
        for one in registered_departments(ledger, bulletin)
    )
    return bulletin.model_copy(update={"departments": now})


def registered_in(office: Office, bulletin: BulletinSettings) -> Registered:
    """Whether an address is one of a department of the bulletin, as known now."""
    with office.ledger.reading() as ledger:
        departments = register_of(office, ledger, bulletin).departments
    return lambda address: bool(department_of_sender(address, departments))
