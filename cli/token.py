"""`token`: by which other systems use the API in the name of an account."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from archive import api_tokens
from archive.api_tokens import TokenRecord
from cli.base.arguments import add_actions, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import office_of
from cli.base.output import Output
from cli.base.output_parts import OutputTable, Styled, line
from service.office import Office
from service.people.api_tokens import LONGEST_DAYS, TokenRequest, issue_token, revoke_token, state_in_words
from values.api_token import TokenScope

# The actions, with their lines in `--help`.
_SUMMARIES: Final = {
    "list": "列出令牌：谁的、能做什么、到哪天、最近何时用过",
    "add": "给别的程序发令牌，只显示这一次",
    "revoke": "吊销，立即生效",
}


def add_arguments(parser: ArgumentParser) -> None:
    for action, added in add_actions(parser, _SUMMARIES):
        if action == "add":
            added.add_argument("account", metavar="ACCOUNT", help="以哪个用户的名义；停用这个用户，他的令牌就都吊销")
            added.add_argument("--name", required=True, metavar="TEXT", help="谁用，如 OA")
            scopes = "、".join(f"{scope.value} {scope.chinese}" for scope in TokenScope)
            added.add_argument(
                "--scope",
                dest="scopes",
                action="append",
                choices=[scope.value for scope in TokenScope],
                help=f"权限，可写几个：{scopes}；省略为 read",
            )
            added.add_argument("--bulletin", metavar="ID", default="", help="只限这个刊物；省略为所有刊物")
            added.add_argument(
                "--days", type=parse_number, default=180, metavar="N", help=f"有效的天数，最多 {LONGEST_DAYS}"
            )
        if action == "revoke":
            added.add_argument("token", type=parse_number, metavar="ID", help="令牌的编号；token list 列出")


def run(invocation: Invocation) -> ExitStatus:
    """Raises BadUsage for an unknown account, and for a token that is not to be given."""
    with office_of(invocation) as office:
        _ACTIONS[invocation.arguments.action](office, invocation.arguments, invocation.output)
    return ExitStatus.DONE


def _list(office: Office, _arguments: Namespace, output: Output) -> None:
    with office.ledger.reading() as ledger:
        records = api_tokens.tokens(ledger)
    output.give(lambda: [_row(office, record) for record in records], lambda: [_table(office, records)])


def _add(office: Office, arguments: Namespace, output: Output) -> None:
    request = TokenRequest(
        account=arguments.account,
        name=arguments.name,
        scopes=frozenset(TokenScope(word) for word in arguments.scopes or [TokenScope.READ.value]),
        days=arguments.days,
        bulletin=arguments.bulletin,
    )
    issued = issue_token(office, request, who=getpass.getuser())
    until = office.local(issued.record.expires_at)
    sentence = f"令牌“{issued.record.name}”，{until:%Y-%m-%d} 前有效，只显示这一次，请交给对方保存："
    output.give(
        lambda: {**_row(office, issued.record), "token": issued.text},
        lambda: [line(sentence, wrapped=False), line(issued.text, wrapped=False)],
    )


def _revoke(office: Office, arguments: Namespace, output: Output) -> None:
    record = revoke_token(office, arguments.token, who=getpass.getuser())
    output.give(lambda: _row(office, record), lambda: [_table(office, [record])])


def _row(office: Office, record: TokenRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "account": record.account.name,
        "name": record.name,
        "bulletin": record.bulletin or None,
        "scopes": [scope.value for scope in TokenScope if scope in record.scopes],
        "made_at": office.local(record.made_at).isoformat(),
        "expires_at": office.local(record.expires_at).isoformat(),
        "used_at": office.local(record.used_at).isoformat() if record.used_at else None,
        "valid": record.is_valid(office.now()),
    }


def _table(office: Office, records: Sequence[TokenRecord]) -> OutputTable:
    return OutputTable(
        ("编号", "用户", "谁用", "刊物", "权限", "有效期至", "最近使用", "状态"),
        tuple(
            (
                Styled(str(record.id)),
                Styled(record.account.name),
                Styled(record.name),
                Styled(record.bulletin or "所有"),
                Styled("、".join(scope.chinese for scope in TokenScope if scope in record.scopes)),
                Styled(f"{office.local(record.expires_at):%Y-%m-%d}"),
                Styled(f"{office.local(record.used_at):%Y-%m-%d %H:%M}" if record.used_at else "没有用过"),
                Styled(state_in_words(record, office.now())),
            )
            for record in records
        ),
    )


_ACTIONS: Final[Mapping[str, Callable[[Office, Namespace, Output], None]]] = {
    "list": _list,
    "add": _add,
    "revoke": _revoke,
}
