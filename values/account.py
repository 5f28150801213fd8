"""The people of the review desk and their roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do at the desk. Each role includes those above it, with one exception: with
    `[desk] separation_of_duties`, log-ins and downloads in the record are for auditors alone (service.people.roles)."""

    AUDITOR = "auditor"
    """Reads the record of changes, log-ins and downloads, and nothing else."""
    VIEWER = "viewer"
    """Sees everything and changes nothing."""
    EDITOR = "editor"
    """Decides about articles and issues, and changes the register of departments."""
    ADMIN = "admin"
    """Also manages accounts, reads the changes of all of them, and starts the check of the service."""

    @property
    def chinese(self) -> str:
        return {"auditor": "审计", "viewer": "查看", "editor": "编辑", "admin": "管理"}[self.value]

    def includes(self, other: Role) -> bool:
        """Whether this role allows what the other allows."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is logged in."""

    id: int
    name: str
    """To log in with."""
    display_name: str
    """As colleagues call this person; never empty."""
    role: Role

    @property
    def who(self) -> str:
        """The name that decisions and changes are recorded with."""
        return self.display_name
