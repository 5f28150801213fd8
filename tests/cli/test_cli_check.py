"""`check`: a line each, and an exit status for all of them."""

from __future__ import annotations

import pytest

from cli.check import exit_status
from service.health.check import CheckLine, CheckState
from tests.support.command_line import CommandLine


@pytest.mark.parametrize(
    ("states", "status"),
    [
        ((CheckState.FINE, CheckState.ADVICE), 0),
        ((CheckState.FINE, CheckState.UNAVAILABLE), 3),
        ((CheckState.UNAVAILABLE, CheckState.BROKEN), 1),
    ],
)
def test_the_exit_status_is_that_of_the_worst_line(states: tuple[CheckState, ...], status: int) -> None:
    assert exit_status([CheckLine("邮箱", state, "") for state in states]) == status


def test_check_gives_name_state_and_sentence_of_each_line(command_line: CommandLine) -> None:
    checked = command_line.run_json("check")
    assert checked.status == 1  # the password is in no environment variable
    assert all(row.keys() == {"name", "state", "said"} for row in checked.document)
    by_name = {row["name"]: row["state"] for row in checked.document}
    assert (by_name["台账"], by_name["邮箱口令"]) == ("fine", "broken")
    assert "✗ 邮箱口令  " in command_line.run("check").output


def test_dengbao_lists_every_item_with_what_is_set_and_the_evidence(command_line: CommandLine) -> None:
    listed = command_line.run_json("check", "--dengbao")
    rows = listed.document
    assert all(row.keys() == {"clause", "topic", "asks", "state", "setting", "evidence"} for row in rows)
    assert [row["clause"] for row in rows][:4] == [f"8.1.4.1 {letter})" for letter in "abcd"]
    assert len({row["clause"] for row in rows}) == len(rows) == 34
    unmet = {row["clause"] for row in rows if row["state"] == "unmet"}
    assert listed.status == (1 if unmet else 0)
    shown = command_line.run("check", "--dengbao")
    assert shown.status == listed.status
    assert "GB/T 22239-2019 第三级 8.1.4" in shown.output
    assert shown.output.count("证据：") == 34
    assert "8.1.4.3 c) 安全审计：" in shown.output
