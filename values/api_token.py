"""What a token of the API allows (issue 20)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from values.account import Role


class TokenScope(StrEnum):
    """A part of what its owner may do that a token is given. None includes another."""

    READ = "read"
    """Lists and reads articles, letters, issues, files and statistics."""
    SUBMIT = "submit"
    """Hands in manuscripts in the name of a department."""
    EDIT = "edit"
    """Decides about articles, arranges them, writes 按语 and date, makes drafts."""
    SIGN_OFF = "sign-off"
    """Signs issues off."""
    FEED = "feed"
    """Reads the feed of signed-off issues and their files, and nothing else."""

    @property
    def chinese(self) -> str:
        return _IN_CHINESE[self]

    @property
    def role(self) -> Role:
        """The role that the owner must have at each request."""
        return Role.VIEWER if self in (TokenScope.READ, TokenScope.FEED) else Role.EDITOR


_IN_CHINESE: Final = {
    TokenScope.READ: "查看",
    TokenScope.SUBMIT: "交稿",
    TokenScope.EDIT: "审稿编排",
    TokenScope.SIGN_OFF: "签发",
    TokenScope.FEED: "订阅",
}
