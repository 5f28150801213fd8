"""`articles`: every article, its text and findings."""

from __future__ import annotations

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.offices import hand_in


def test_articles_lists_all_of_them(office: Office, command_line: CommandLine) -> None:
    hand_in(office, "甲", "乙")
    listed = command_line.run_json("articles")
    assert (listed.status, [row["title"] for row in listed.document]) == (0, ["甲", "乙"])


def test_articles_without_any_is_an_empty_list(command_line: CommandLine) -> None:
    assert command_line.run_json("articles").document == []


def test_articles_for_a_person_is_a_table(office: Office, command_line: CommandLine) -> None:
    hand_in(office, "甲")
    shown = command_line.run("articles").output
    assert "审校意见" in shown
    assert "区民政局" in shown
