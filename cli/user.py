"""`user`: the people of the desk."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from archive import accounts
from archive.accounts import AccountRecord
from archive.second_factors import accounts_with_second_factor
from cli.base.arguments import add_actions
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import office_of
from cli.base.output import Output
from cli.base.output_parts import OutputTable, Styled, line
from service.office import Office
from service.people.accounts import (
    Invitation,
    add_user,
    invite,
    log_out_everywhere,
    set_address,
    set_disabled,
    set_role,
)
from service.people.second_factor import reset_second_factor
from service.sign_on.complete import link_account
from values.account import Role

# The actions, with their lines in `--help`.
_SUMMARIES: Final = {
    "list": "列出用户",
    "add": "添加用户，给出设置密码的一次性链接",
    "password": "给出重设密码的一次性链接",
    "role": "改变角色",
    "address": "改变邮箱：审核的步骤凭它认人",
    "link": "与统一登录里的一个人相连",
    "log-out": "退出他在各处的登录",
    "reset-second-factor": "取消二次验证：手机和恢复码都丢了时用",
    "disable": "停用",
    "enable": "恢复",
}


def add_arguments(parser: ArgumentParser) -> None:
    roles = [role.value for role in Role]
    help_on_roles = "approver 只审核请他审的送审稿，auditor 只看变更记录，viewer 只看，editor 编辑，admin 还管用户"
    for action, added in add_actions(parser, _SUMMARIES):
        if action != "list":
            added.add_argument("name", metavar="NAME", help="用户名")
        if action == "add":
            added.add_argument("--role", choices=roles, default=Role.EDITOR.value, help=help_on_roles)
            added.add_argument("--display-name", default="", metavar="TEXT", help="同事怎么称呼，记在变更记录里")
            added.add_argument("--address", default="", metavar="ADDRESS", help="邮箱；审核的步骤凭它认人")
        if action == "address":
            added.add_argument("address", metavar="ADDRESS", help="邮箱；'' 为去掉")
        if action == "link":
            added.add_argument("subject", metavar="SUBJECT", help="统一登录给这个人的编号（sub）")
        if action == "role":
            added.add_argument("role", choices=roles, help=help_on_roles)


def run(invocation: Invocation) -> ExitStatus:
    """Raises BadUsage for no user of that name, a name that is taken, and the last administrator."""
    with office_of(invocation) as office:
        _ACTIONS[invocation.arguments.action](office, invocation.arguments, invocation.output)
    return ExitStatus.DONE


def _list(office: Office, _arguments: Namespace, output: Output) -> None:
    with office.ledger.reading() as ledger:
        records, with_factor = accounts.accounts(ledger), accounts_with_second_factor(ledger)
    output.give(lambda: [_row(record, with_factor) for record in records], lambda: [_table(records, with_factor)])


def _add(office: Office, arguments: Namespace, output: Output) -> None:
    role = Role(arguments.role)
    invitation = add_user(
        office,
        arguments.name,
        role,
        display_name=arguments.display_name,
        address=arguments.address,
        who=getpass.getuser(),
    )
    _give_link(office, output, invitation)


def _password(office: Office, arguments: Namespace, output: Output) -> None:
    _give_link(office, output, invite(office, arguments.name, who=getpass.getuser()))


def _role(office: Office, arguments: Namespace, output: Output) -> None:
    set_role(office, arguments.name, Role(arguments.role), who=getpass.getuser())
    _give(office, arguments.name, output)


def _address(office: Office, arguments: Namespace, output: Output) -> None:
    set_address(office, arguments.name, arguments.address, who=getpass.getuser())
    _give(office, arguments.name, output)


def _link(office: Office, arguments: Namespace, output: Output) -> None:
    link_account(office, arguments.name, arguments.subject, who=getpass.getuser())
    _give(office, arguments.name, output)


def _log_out(office: Office, arguments: Namespace, output: Output) -> None:
    log_out_everywhere(office, arguments.name, who=getpass.getuser())
    _give(office, arguments.name, output)


def _reset_second_factor(office: Office, arguments: Namespace, output: Output) -> None:
    reset_second_factor(office, arguments.name, who=getpass.getuser())
    _give(office, arguments.name, output)


def _disable(office: Office, arguments: Namespace, output: Output) -> None:
    set_disabled(office, arguments.name, True, who=getpass.getuser())
    _give(office, arguments.name, output)


def _enable(office: Office, arguments: Namespace, output: Output) -> None:
    set_disabled(office, arguments.name, False, who=getpass.getuser())
    _give(office, arguments.name, output)


def _give_link(office: Office, output: Output, invitation: Invitation) -> None:
    until = office.local(invitation.expires_at)
    sentence = f"请把这个链接交给 {invitation.name}，{until:%m-%d %H:%M} 前打开它设置密码，只能用一次："
    output.give(
        lambda: {"name": invitation.name, "url": invitation.url, "expires_at": until.isoformat()},
        lambda: [line(sentence, wrapped=False), line(invitation.url, wrapped=False)],
    )


def _give(office: Office, name: str, output: Output) -> None:
    with office.ledger.reading() as ledger:
        record, with_factor = accounts.account_named(ledger, name), accounts_with_second_factor(ledger)
    assert record is not None
    output.give(lambda: _row(record, with_factor), lambda: [_table([record], with_factor)])


def _row(record: AccountRecord, with_factor: Collection[int]) -> dict[str, Any]:
    return {
        "name": record.name,
        "display_name": record.person.display_name,
        "role": record.role.value,
        "address": record.address,
        "disabled": record.disabled,
        "has_password": bool(record.password_hash),
        "second_factor": record.id in with_factor,
    }


def _table(records: Sequence[AccountRecord], with_factor: Collection[int]) -> OutputTable:
    return OutputTable(
        ("用户名", "姓名", "角色", "邮箱", "状态", "二次验证"),
        tuple(
            (
                Styled(record.name),
                Styled(record.person.display_name),
                Styled(record.role.chinese),
                Styled(record.address),
                Styled("已停用" if record.disabled else "可以登录" if record.password_hash else "还没有设置密码"),
                Styled("已开启" if record.id in with_factor else ""),
            )
            for record in records
        ),
    )


_ACTIONS: Final[Mapping[str, Callable[[Office, Namespace, Output], None]]] = {
    "list": _list,
    "add": _add,
    "password": _password,
    "role": _role,
    "address": _address,
    "link": _link,
    "log-out": _log_out,
    "reset-second-factor": _reset_second_factor,
    "disable": _disable,
    "enable": _enable,
}
