"""`issues`: every issue and its files."""

from __future__ import annotations

from service.issue.assemble import assemble
from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.offices import hand_in


def test_issues_lists_all_of_them(office: Office, command_line: CommandLine) -> None:
    hand_in(office, "甲")
    assemble(office, office.bulletin(None))
    [row] = command_line.run_json("issues").document
    assert (row["label"], row["status"], row["files"]) == ("第70期", "draft", ["issues/wuxing/70/70-r1.docx"])
    assert "第70期" in command_line.run("issues").output


def test_issues_without_any_is_an_empty_list(command_line: CommandLine) -> None:
    listed = command_line.run_json("issues")
    assert (listed.status, listed.document) == (0, [])
