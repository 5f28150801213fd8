"""Each operation of the desk also works without a browser: every route that changes something names its command, or the
operation that a program calls where a command has no use."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from cli.base.catalogue import CATALOGUE
from tests.support.desk_routes import guarded_requests

COMMANDS: Final = {
    "/people": "user add",
    "/people/{account:int}/link": "user password",
    "/people/{account:int}/address": "user address",
    "/people/{account:int}/role": "user role",
    "/people/{account:int}/second-factor/reset": "user reset-second-factor",
    "/people/{account:int}/disable": "user disable",
    "/people/{account:int}/enable": "user enable",
    "/account/log-out-elsewhere": "user log-out",
    "/account/tokens": "token add",
    "/account/tokens/{token_id:int}/revoke": "token revoke",
    "articles/{article:int}/decide": "decide",
    "articles/{article:int}/commission": "commission link unlink",
    "articles/{article:int}/comments": "comment",
    "articles/{article:int}/responsible-editor": "responsible --article",
    "articles/{article:int}/correct": "correct --change",
    "articles/{article:int}/not-a-correction": "correct --not-a-correction",
    "articles/{article:int}/endorsements": "endorse add",
    "articles/{article:int}/endorsements/{endorsement:int}": "endorse change",
    "articles/{article:int}/endorsements/{endorsement:int}/remove": "endorse remove",
    "articles/{article:int}/settle": "findings dismiss check reopen",
    "articles/{article:int}/allow": "findings allow",
    "articles/{article:int}/disallow": "findings disallow",
    "articles/{article:int}/joint": "joint --add --remove",
    "articles/{article:int}/merge/undo": "merge --undo",
    "articles/{article:int}/split": "split --part",
    "articles/{article:int}/upper": "upper add",
    "articles/{article:int}/upper/{adoption:int}/remove": "upper remove",
    "articles/merge": "merge --into",
    "articles/merge/choose": "merge --into",
    "issue/arrange": "arrange --before",
    "issue/articles/{article:int}/move": "arrange --number --section --office-order",
    "issue/articles/{article:int}/supplement": "arrange --supplement --ordinary",
    "issue/articles/{article:int}/decide": "decide",
    "issue/articles/{article:int}/settle": "findings dismiss check",
    "issue/replace": "replace --apply",
    "issue/decide-several": "decide --also",
    "issue/undo": "undo",
    "issue/sign-off/prepare": "assemble",
    "issue/word": "assemble",
    "issue/sign-off": "sign-off",
    "issue/discard": "discard",
    "issue/prepare": "note",
    "issue/put-forward": "approval put-forward",
    "issue/ask-again": "approval ask-again",
    "issue/edited": "take-back",
    "issue/edited/{letter:int}": "take-back --apply",
    "issue/circulate/{issue:int}": "circulate --issue --notices",
    "issue/circulate/{issue:int}/take-back": "outbox --take-back",
    "issue/urging": "urge --send --again",
    "issue/urging/take-back/{letter:int}": "outbox --take-back",
    "commissions/new": "commission new",
    "commissions/{commission:int}/send": "commission send",
    "commissions/{commission:int}/take-back/{letter:int}": "outbox --take-back",
    "commissions/{commission:int}/extend": "commission extend",
    "commissions/{commission:int}/cancel": "commission cancel",
    "commissions/{commission:int}/link": "commission link",
    "commissions/{commission:int}/unlink": "commission unlink",
    "approvals/{issue:int}": "approval approve return",
    "/approve/{token}": "approval approve return",
    "statistics/report": "statistics --report",
    "statistics/upper/read": "upper read",
    "statistics/upper/take": "upper read --take",
    "departments/import": "departments import",
    "departments/disallow": "findings disallow",
    "departments/forget": "senders --forget",
    "letters": "add",
    "letters/{letter:int}/answer": "answer",
    "letters/{letter:int}/retry": "retry",
    "letters/{letter:int}/set-aside": "retry --set-aside",
    "letters/{letter:int}/confirm": "decide --department",
    "letters/{letter:int}/release": "sealed release",
    "letters/{letter:int}/destroy": "sealed destroy",
    "letters/{letter:int}/erase": "erase",
    "/state/check": "check",
    "/state/release": "restore --release",
    "/state/resend": "outbox --resend",
    "/state/outbox/{letter_out:int}/release": "outbox --release",
    "/state/outbox/{letter_out:int}/drop": "outbox --drop",
}
"""By the path, without the bulletin in it: the command, with actions and options. The date of the next issue, next to
the note, is set by an answer by mail (`service.issue.prepare.set_date`), and the 责任编辑 by `responsible`."""
OPERATIONS: Final = {
    "articles/{article:int}/edit": "service.article.edit.edit_article",
    "articles/{article:int}/fix": "service.article.edit.apply_fix",
    "articles/{article:int}/put-back": "service.article.edit.put_back",
    "articles/{article:int}/restore": "service.article.edit.restore_revision",
    "issue/articles/{article:int}/title": "service.article.edit.edit_title",
    "issue/signed/{issue:int}/complete": "service.issue.sign_off.complete_issues",
    "departments/new": "service.register.departments.add_department",
    "departments/of/{department:path}": "service.register.departments.change_department",
    "departments/retire": "service.register.departments.retire_department",
    "departments/restore": "service.register.departments.restore_department",
    "departments/order": "service.register.departments.order_departments",
    "departments/move-sender": "service.register.departments.move_sender",
}
"""Whose work is a text or a list that a person has before the eyes; take-back and departments import change the same by
a file."""
OF_A_BROWSER: Final = {
    "/login",
    "/login/code",
    "/logout",
    "/invitation/{token}",
    "/account",
    "/account/second-factor",
    "/account/second-factor/confirm",
    "/account/second-factor/codes",
    "/account/second-factor/off",
    "articles/{article:int}/edit/resolve",
    "articles/{article:int}/unsaved",
    "articles/{article:int}/unsaved/forget",
    "issue/preview/again",
}
"""What a browser alone needs: the log-in and what protects it, texts that are not saved yet, the preview."""


def changing_routes() -> set[str]:
    paths = {step.pattern.removeprefix("/b/{bulletin}/") for step in guarded_requests() if step.method == "POST"}
    return {path.replace("issue/supplement/", "issue/") for path in paths}


def test_every_route_that_changes_something_has_a_way_without_a_browser() -> None:
    listed = [*COMMANDS, *OPERATIONS, *OF_A_BROWSER]
    assert sorted(listed) == sorted(changing_routes())


@pytest.mark.parametrize("line", sorted(set(COMMANDS.values())))
def test_a_command_has_its_actions_and_options(line: str) -> None:
    name, *words = line.split()
    module = import_module(CATALOGUE[name].module)
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    assert [word for word in words if f'"{word}"' not in source] == []


@pytest.mark.parametrize("name", OPERATIONS.values())
def test_an_operation_is_a_function_of_the_service(name: str) -> None:
    module, _, function = name.rpartition(".")
    assert callable(getattr(import_module(module), function, None))
