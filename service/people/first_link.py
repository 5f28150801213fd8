"""The link with which the first administrator sets a password: in a file that nobody else reads, not in the log.

Logs are read by more people than data_dir, are collected on other machines, and are kept for years.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive.files import remove_file, write_durably
from service.office import Office
from service.people.accounts import Invitation, first_invitation

_FILE: Final = "first-administrator-link.txt"
"""In data_dir; of mode 600, with the link as its only line."""


@dataclass(frozen=True, slots=True)
class FirstLink:
    """Where the link is."""

    file: Path
    invitation: Invitation


def write_first_link(office: Office) -> FirstLink | None:
    """Writes another link while nobody can log in as an administrator; afterwards removes the file of the last one, and
    returns None. Raises StorageFailed."""
    invitation = first_invitation(office)
    if invitation is None:
        remove_first_link(office)
        return None
    file = office.data_dir / _FILE
    write_durably(file, f"{invitation.url}\n".encode())
    return FirstLink(file, invitation)


def remove_first_link(office: Office) -> None:
    """Removes the file, if there is one: its link has been used. Raises StorageFailed."""
    remove_file(office.data_dir / _FILE)
