"""The register of departments, from the settings of a bulletin."""

from __future__ import annotations

from intake.fetch.mailbox import Registered
from intake.reading import Register
from settings.model import BulletinSettings
from values.department import KnownDepartment, department_of_sender


def register_of(bulletin: BulletinSettings) -> Register:
    """What a bulletin's settings say to the reader of a letter."""
    return Register(
        departments=tuple(KnownDepartment(d.name, d.full_name, d.aliases, d.senders) for d in bulletin.departments),
        own_addresses=frozenset({bulletin.mailbox.username.lower()}),
        sections=bulletin.sections,
        hold_unknown=bulletin.unknown_senders == "hold",
        authserv_id=bulletin.mailbox.authserv_id,
    )


def registered_in(bulletin: BulletinSettings) -> Registered:
    """Whether an address is one of a department of the bulletin."""
    departments = register_of(bulletin).departments
    return lambda address: bool(department_of_sender(address, departments))
