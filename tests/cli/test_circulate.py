"""`circulate` and `outbox --take-back`: shown first, queued on demand, taken back."""

from __future__ import annotations

from pathlib import Path

from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from tests.support.command_line import CommandLine
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in, office_at, write_config
from tests.support.outboxes import sending


def test_letters_of_a_signed_issue_are_listed_queued_and_taken_back(tmp_path: Path) -> None:
    text = sending(None).replace("first_number = 70", 'first_number = 70\ncirculate = ["leader@office.example"]')
    config = write_config(tmp_path / "office", text)
    with office_at(config, AT) as office:
        hand_in(office, "甲")
        assemble(office, office.bulletin(None), AT.date())
        sign_off(office, office.bulletin(None), 70, "王编辑")
    command_line = CommandLine(config)
    listed = command_line.run_json("circulate", "70").document
    assert [(row["kind"], row["to"], row["state"]) for row in listed] == [
        ("issue", "leader@office.example", ""),
        ("notices", "mzj@example.org", ""),
    ]
    assert command_line.run_json("outbox").document == []
    sent = command_line.run("circulate", "70", "--issue", "--notices")
    assert sent.output.startswith("第70期：2 封信十分钟后寄出")
    taken = command_line.run_json("outbox", "--take-back", "1").document
    assert (taken["state"], taken["next_attempt_at"]) == ("taken_back", None)
    assert [row["state"] for row in command_line.run_json("circulate", "70").document] == ["taken_back", "queued"]
    refused = command_line.run("circulate", "71")
    assert (refused.status, "没有第 71 期" in refused.errors) == (2, True)
