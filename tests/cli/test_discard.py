"""`discard`: a draft is withdrawn."""

from __future__ import annotations

from service.issue.assemble import assemble
from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.offices import hand_in


def test_discard_frees_number_and_articles(office: Office, command_line: CommandLine) -> None:
    hand_in(office, "甲")
    assemble(office, office.bulletin(None))
    discarded = command_line.run_json("discard", "70")
    assert (discarded.status, discarded.document["status"]) == (0, "discarded")
    assert command_line.run_json("assemble").document["number"] == 70


def test_discard_of_a_number_without_a_draft_is_bad_usage(command_line: CommandLine) -> None:
    assert command_line.run("discard", "70").status == 2
