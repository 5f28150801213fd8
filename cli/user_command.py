"""`user`: the people of the desk, from the command line."""

from __future__ import annotations

import getpass
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive import accounts
from archive.accounts import AccountRecord
from cli.answers import DONE, Answers
from service.office import Office
from service.people.accounts import Invitation, add_user, invite, set_disabled, set_role
from values.account import Role


def user_command(office: Office, arguments: Namespace, answers: Answers) -> int:
    _ACTIONS[arguments.action](office, arguments, answers)
    return DONE


def _list(office: Office, _arguments: Namespace, answers: Answers) -> None:
    with office.ledger.reading() as ledger:
        found = accounts.accounts(ledger)
    answers.give([_row(record) for record in found], lambda console: _show(console, found))


def _add(office: Office, arguments: Namespace, answers: Answers) -> None:
    role = Role(arguments.role)
    _give_link(office, answers, add_user(office, arguments.name, role, display_name=arguments.display_name, who=_who()))


def _password(office: Office, arguments: Namespace, answers: Answers) -> None:
    _give_link(office, answers, invite(office, arguments.name, who=_who()))


def _role(office: Office, arguments: Namespace, answers: Answers) -> None:
    set_role(office, arguments.name, Role(arguments.role), who=_who())
    _give(office, arguments.name, answers)


def _disable(office: Office, arguments: Namespace, answers: Answers) -> None:
    set_disabled(office, arguments.name, True, who=_who())
    _give(office, arguments.name, answers)


def _enable(office: Office, arguments: Namespace, answers: Answers) -> None:
    set_disabled(office, arguments.name, False, who=_who())
    _give(office, arguments.name, answers)


def _give_link(office: Office, answers: Answers, invitation: Invitation) -> None:
    until = office.local(invitation.expires_at)
    said = f"请把这个链接交给 {invitation.name}，{until:%m-%d %H:%M} 前打开它设置密码，只能用一次："
    answers.give(
        {"name": invitation.name, "url": invitation.url, "expires_at": until.isoformat()},
        lambda console: console.print(Text(f"{said}\n{invitation.url}"), soft_wrap=True),
    )


def _give(office: Office, name: str, answers: Answers) -> None:
    with office.ledger.reading() as ledger:
        record = accounts.account_named(ledger, name)
    assert record is not None
    answers.give(_row(record), lambda console: _show(console, [record]))


def _row(record: AccountRecord) -> dict[str, Any]:
    return {
        "name": record.name,
        "display_name": record.person.display_name,
        "role": record.role.value,
        "disabled": record.disabled,
        "has_password": bool(record.password_hash),
    }


def _show(console: Console, found: Sequence[AccountRecord]) -> None:
    table = Table()
    for heading in ("用户名", "姓名", "角色", "状态"):
        table.add_column(heading)
    for record in found:
        state = "已停用" if record.disabled else "可以登录" if record.password_hash else "还没有设置密码"
        cells = (record.name, record.person.display_name, record.role.chinese, state)
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)


def _who() -> str:
    return getpass.getuser()


_ACTIONS: Final[Mapping[str, Callable[[Office, Namespace, Answers], None]]] = {
    "list": _list,
    "add": _add,
    "password": _password,
    "role": _role,
    "disable": _disable,
    "enable": _enable,
}
