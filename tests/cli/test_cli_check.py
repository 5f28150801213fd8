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
