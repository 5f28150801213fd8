"""The register of departments: from the settings of a bulletin, and from what its editors have taught the service."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sqlalchemy import Connection

from archive.senders import learned_senders
from intake.fetch.mailbox import Registered
from intake.register import Register
from service.letters_out import own_addresses
from service.office import Office
from settings.model import BulletinSettings
from values.department import KnownDepartment, department_called, department_of_sender
from values.errors import BadUsage


def register_of(office: Office, ledger: Connection, bulletin: BulletinSettings) -> Register:
    """What is known when a letter of the bulletin is read."""
    learned: defaultdict[str, list[str]] = defaultdict(list)
    for one in learned_senders(ledger, bulletin.id):
        learned[one.department].append(one.address)
    return Register(
        departments=tuple(
            replace(one, senders=(*one.senders, *learned[one.name])) for one in registered_departments(bulletin)
        ),
        own_addresses=own_addresses(office.settings, bulletin),
        sections=bulletin.sections,
        hold_unknown=bulletin.unknown_senders == "hold",
        authserv_id=bulletin.mailbox.authserv_id,
        word_list=bulletin.word_list,
        auto_fix=bulletin.auto_fix,
    )


def department_named(office: Office, ledger: Connection, bulletin: BulletinSettings, name: str) -> KnownDepartment:
    """The department that the register knows by any name. Raises BadUsage."""
    known = register_of(office, ledger, bulletin).departments
    found = department_called(name, known)
    if found is None:
        raise BadUsage(f"名录里没有“{name}”。名录中有：{'、'.join(one.name for one in known)}。")
    return found


def registered_departments(bulletin: BulletinSettings) -> tuple[KnownDepartment, ...]:
    """The departments as config.toml names them."""
    return tuple(KnownDepartment(d.name, d.full_name, d.aliases, d.senders) for d in bulletin.departments)


def registered_in(office: Office, bulletin: BulletinSettings) -> Registered:
    """Whether an address is one of a department of the bulletin, as known now."""
    with office.ledger.reading() as ledger:
        departments = register_of(office, ledger, bulletin).departments
    return lambda address: bool(department_of_sender(address, departments))
