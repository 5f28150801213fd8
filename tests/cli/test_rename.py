"""`rename` as a maintainer writes it."""

from __future__ import annotations

import pytest

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.ledger_rows import BULLETIN
from tests.support.offices import hand_in


@pytest.fixture
def office(office: Office) -> Office:
    hand_in(office, "甲", "乙", bulletin="former")
    return office


@pytest.mark.usefixtures("office")
def test_what_was_renamed_is_counted(command_line: CommandLine) -> None:
    done = command_line.run_json("rename", "former", BULLETIN)
    assert done.document == {"former": "former", "new": BULLETIN, "letters": 2, "issues": 0, "articles": 2}
    again = command_line.run("rename", "former", BULLETIN)
    assert (again.status, "台账里没有刊物 former" in again.errors) == (2, True)


@pytest.mark.usefixtures("office")
def test_ended_bulletin_is_a_sentence(command_line: CommandLine) -> None:
    done = command_line.run("rename", "--ended", "former")
    assert (done.status, done.output) == (0, "刊物 former 已记为不再办，来信 2 封、稿件 2 篇、各期 0 期都留着。\n")


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("words", [("former",), ("--ended", "former", BULLETIN), ("--mailbox", "a@example.org")])
def test_missing_names_are_asked_for(command_line: CommandLine, words: tuple[str, ...]) -> None:
    refused = command_line.run("rename", *words)
    assert (refused.status, "--ended" in refused.errors) == (2, True)


@pytest.mark.usefixtures("office")
def test_mailbox_without_letters_is_refused(command_line: CommandLine) -> None:
    refused = command_line.run("rename", "--mailbox", "a@example.org", f"{BULLETIN}@example.org")
    assert (refused.status, "没有从邮箱 a@example.org 收的来信" in refused.errors) == (2, True)
