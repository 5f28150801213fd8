"""三员分立: which roles an account may have one after the other, who approves, and who reads log-ins and downloads."""

from __future__ import annotations

from typing import Final

from settings.model import DeskSettings
from values.account import Role
from values.errors import BadUsage

_APART: Final = {Role.AUDITOR: "审计员", Role.APPROVER: "审核人"}
"""Roles that an account keeps where duties are separated."""
_APPROVING: Final = frozenset({Role.APPROVER, Role.EDITOR, Role.ADMIN})
_EDITING: Final = frozenset({Role.EDITOR, Role.ADMIN})


def refuse_combination(desk: DeskSettings, before: Role, after: Role) -> None:
    """Raises BadUsage where duties are separated and one of the roles is auditor or approver: an account that was an
    editor's or an administrator's would audit or approve its own acts, also by way of a third role."""
    apart = _APART.get(before) or _APART.get(after)
    if desk.separation_of_duties and before is not after and apart:
        raise BadUsage(
            f"配置了三员分立（separation_of_duties）：{apart}的账号不能改成别的角色，别的账号也不能改成{apart}。"
            "请停用这个账号，另建一个用户。"
        )


def may_approve(desk: DeskSettings, role: Role) -> bool:
    """Whether people with that role may approve a draft, where a step names them. An auditor or viewer changes nothing;
    where duties are separated, nobody who edits approves."""
    return role in _APPROVING and not (desk.separation_of_duties and role in _EDITING)


def reads_access(desk: DeskSettings, role: Role) -> bool:
    """Whether people with that role see in the record who logged in, failed to, and downloaded what."""
    return role is Role.AUDITOR or (role is Role.ADMIN and not desk.separation_of_duties)
