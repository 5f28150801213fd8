"""The people of the review desk and their roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do at the desk. Each role includes those above it, with two exceptions: with
    `[desk] separation_of_duties`, log-ins and downloads in the record are for auditors alone, and nobody who may edit
    approves (service.people.roles); and an approval is open only to the people whom its step names."""

    APPROVER = "approver"
    """Sees the drafts that a step of an approval puts forward to this person, approves them or sends them back."""
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
        return _ROLE_IN_CHINESE[self]

    def includes(self, other: Role) -> bool:
        """Whether this role allows what the other allows."""
        order = list(Role)
        return order.index(self) >= order.index(other)


_ROLE_IN_CHINESE = {
    Role.APPROVER: "审核",
    Role.AUDITOR: "审计",
    Role.VIEWER: "查看",
    Role.EDITOR: "编辑",
    Role.ADMIN: "管理",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is logged in."""

    id: int
    name: str
    """To log in with."""
    display_name: str
    """As colleagues call this person; never empty."""
    role: Role
    address: str = ""
    """Mail address in lower case, by which a step of an approval names the person; "": none."""

    @property
    def who(self) -> str:
        """The name that decisions and changes are recorded with."""
        return self.display_name
