"""Intruders, integrity, confidentiality, backups, personal data: judged by what is set."""

from __future__ import annotations

from typing import Any

import pytest

from service.dengbao.facts import BackupFacts, RecordFacts
from service.dengbao.line import DengbaoState
from tests.support.dengbao import report_with, states_changed

CASES: list[tuple[dict[str, Any], dict[str, DengbaoState]]] = [
    ({"record": RecordFacts(differences=2)}, {"8.1.4.7 b)": DengbaoState.UNMET}),
    ({"is_confined": False}, {"8.1.4.4 d)": DengbaoState.UNMET, "8.1.4.5": DengbaoState.UNMET}),
    ({"wall": "missing"}, {"8.1.4.5": DengbaoState.UNMET}),
    ({"wall": "unneeded"}, {}),
    ({"alarms": ()}, {"8.1.4.4 f)": DengbaoState.PARTLY}),
    ({"backups": BackupFacts()}, dict.fromkeys(("8.1.4.3 c)", "8.1.4.9 a)"), DengbaoState.PARTLY)),
    (
        {"backups": BackupFacts(folder="/mnt/backup", is_late=True)},
        {"8.1.4.3 c)": DengbaoState.PARTLY, "8.1.4.9 a)": DengbaoState.UNMET},
    ),
    ({"keeps_letters": ""}, {"8.1.4.11 a)": DengbaoState.PARTLY}),
    ({"privacy": ("别人能进",)}, {"8.1.4.8 b)": DengbaoState.UNMET}),
    (
        {"open_servers": ("imap.example.org",)},
        {"8.1.4.7 a)": DengbaoState.UNMET, "8.1.4.8 a)": DengbaoState.UNMET},
    ),
]


@pytest.mark.parametrize(("changed", "expected"), CASES, ids=[str(changed)[:50] for changed, _ in CASES])
def test_what_is_set_decides_about_its_items_and_no_others(
    changed: dict[str, Any], expected: dict[str, DengbaoState]
) -> None:
    assert states_changed(**changed) == expected


def test_a_line_names_what_is_open_and_who_is_alarmed() -> None:
    lines = report_with(open_servers=("imap.example.org",), is_unencrypted=True, https=False)
    assert "没有加密：imap.example.org、审稿台（http）" in lines["8.1.4.8 a)"].setting
    assert "告警寄给 admin@example.org" in lines["8.1.4.4 f)"].setting


def test_a_line_says_where_backups_go_and_what_to_set() -> None:
    assert "自动备份到 /mnt/backup，最近一次 2022-11-09" in report_with()["8.1.4.9 a)"].setting
    unset = report_with(backups=BackupFacts())["8.1.4.9 a)"].setting
    assert "还没有备份过" in unset
    assert "[service] backup" in unset
