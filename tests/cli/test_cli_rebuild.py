"""`rebuild`, and what every other command does before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.office import DATABASE
from tests.support.command_line import CommandLine
from tests.support.correspondence import manuscript, submission
from tests.support.offices import write_config


@pytest.fixture
def lost(tmp_path: Path) -> CommandLine:
    """An office with a letter in its store, whose ledger is gone."""
    command_line = CommandLine(write_config(tmp_path / "office"))
    letter = tmp_path / "letter.eml"
    letter.write_bytes(submission(manuscript()))
    assert command_line.run("import", str(letter)).status == 0
    for file in (tmp_path / "office" / "data").glob(f"{DATABASE}*"):
        file.unlink()
    return command_line


COMMANDS = (
    *("check", "poll", "messages", "articles", "assemble", "issues", "senders", "outbox", "verify", "migrate", "run"),
    *("sign-off 70", "decide 1 adopted", "discard 70", "user list", "note text", "retry ab"),
)


def test_every_command_refuses_until_the_ledger_is_rebuilt(lost: CommandLine) -> None:
    for words in COMMANDS:
        refused = lost.run(*words.split())
        assert (words, refused.status) == (words, 2), refused.errors
        assert "rebuild" in refused.errors, words
    rebuilt = lost.run_json("rebuild")
    assert (rebuilt.status, rebuilt.document) == (0, {"letters": 1, "articles": 1, "issues": 0, "problems": []})
    assert lost.run("messages").status == 0
    assert lost.run("rebuild").status == 2
