"""三员分立: which roles an account may have one after the other, and who reads log-ins and downloads."""

from __future__ import annotations

from settings.model import DeskSettings
from values.account import Role
from values.errors import BadUsage


def refuse_combination(desk: DeskSettings, before: Role, after: Role) -> None:
    """Raises BadUsage where duties are separated and one of the roles is auditor: an account that was an editor's or an
    administrator's would audit its own acts, also by way of a third role."""
    if desk.separation_of_duties and before is not after and Role.AUDITOR in (before, after):
        raise BadUsage(
            "配置了三员分立（separation_of_duties）：审计员的账号不能改成别的角色，别的账号也不能改成审计员。"
            "请停用这个账号，另建一个用户。"
        )


def reads_access(desk: DeskSettings, role: Role) -> bool:
    """Whether people with that role see in the record who logged in, failed to, and downloaded what."""
    return role is Role.AUDITOR or (role is Role.ADMIN and not desk.separation_of_duties)
