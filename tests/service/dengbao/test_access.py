"""Who gets in, what everybody may do, what is recorded: judged by what is set."""

from __future__ import annotations

from typing import Any

import pytest

from service.dengbao.facts import AccountFacts, RecordFacts
from service.dengbao.line import DengbaoState
from tests.support.dengbao import report_with, states_changed

CASES: list[tuple[dict[str, Any], dict[str, DengbaoState]]] = [
    ({"password_days": 0}, {"8.1.4.1 a)": DengbaoState.PARTLY}),
    (
        {"by_proxy": True},
        dict.fromkeys(("8.1.4.1 a)", "8.1.4.1 b)", "8.1.4.1 d)", "8.1.4.3 a)"), DengbaoState.PARTLY),
    ),
    ({"second_factor": "optional"}, {"8.1.4.1 d)": DengbaoState.PARTLY}),
    ({"second_factor": "off"}, {"8.1.4.1 d)": DengbaoState.UNMET}),
    ({"https": False}, {}),
    (
        {"https": False, "is_unencrypted": True},
        {
            "8.1.4.1 c)": DengbaoState.UNMET,
            "8.1.4.7 a)": DengbaoState.UNMET,
            "8.1.4.8 a)": DengbaoState.UNMET,
        },
    ),
    ({"separated": False}, {"8.1.4.2 d)": DengbaoState.PARTLY}),
    ({"accounts": AccountFacts(admins=1)}, {"8.1.4.2 d)": DengbaoState.PARTLY}),
    (
        {"accounts": AccountFacts(admins=1, auditors=1, unused=("old", "older"))},
        {"8.1.4.2 c)": DengbaoState.UNMET},
    ),
    ({"record": RecordFacts(broken=1)}, {"8.1.4.3 c)": DengbaoState.UNMET, "8.1.4.7 b)": DengbaoState.UNMET}),
    ({"record": RecordFacts(missing_triggers=("change_no_update",))}, {"8.1.4.3 c)": DengbaoState.UNMET}),
]


@pytest.mark.parametrize(("changed", "expected"), CASES, ids=[str(changed)[:50] for changed, _ in CASES])
def test_what_is_set_decides_about_its_items_and_no_others(
    changed: dict[str, Any], expected: dict[str, DengbaoState]
) -> None:
    assert states_changed(**changed) == expected


def test_a_line_says_what_is_set_and_what_to_do() -> None:
    lines = report_with(second_factor="optional", password_days=0)
    assert 'second_factor = "required"' in lines["8.1.4.1 d)"].setting
    assert "7 人中 0 人已设好" in lines["8.1.4.1 d)"].setting
    assert "password_days" in lines["8.1.4.1 a)"].setting
    assert "service/people/weak_passwords.py" in lines["8.1.4.1 a)"].evidence
    assert "15 分钟没有操作自动退出，最长 12 小时" in lines["8.1.4.1 b)"].setting
    assert "70 条，2022-11-08 起" in lines["8.1.4.3 a)"].setting
    assert "审计 1 个" in lines["8.1.4.2 a)"].setting
