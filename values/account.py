"""Who works at the review desk, and what each may do there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """viewer: sees everything; editor: decides about articles and issues; admin: about people, too."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def chinese(self) -> str:
        return {"viewer": "查看", "editor": "编辑", "admin": "管理"}[self.value]

    def includes(self, other: Role) -> bool:
        """Whether whoever has this role may do what that one may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is logged in. name: to log in with; display_name: as colleagues know him, never empty."""

    id: int
    name: str
    display_name: str
    role: Role

    @property
    def who(self) -> str:
        """As decisions and changes record him."""
        return self.display_name
