"""`messages`: every letter and its verdict."""

from __future__ import annotations

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.ledger_rows import keep_letter, sha256


def test_messages_lists_every_letter(office: Office, command_line: CommandLine) -> None:
    with office.ledger.writing() as ledger:
        keep_letter(ledger, "来信")
    [row] = command_line.run_json("messages").document
    assert (row["sha256"], row["verdict"]) == (sha256("来信"), "pending")
    assert "待读" in command_line.run("messages").output
