"""`correct`: an erratum of a printed article, by command."""

from __future__ import annotations

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.endorsed import print_articles


def test_an_erratum_is_made_listed_and_given_up(office: Office, command_line: CommandLine) -> None:
    print_articles(office, "甲")
    run = command_line
    assert run.run("correct", "1").output == "没有更正。\n"
    text = run.run_json("articles").document[0]["text"]
    made = run.run_json("correct", "1", "--change", text[:3], "另一句").document
    assert made == [{"article": 2, "state": "waiting", "issue_label": ""}]
    assert run.run("correct", "1").output == "稿件 2：更正待刊\n"
    assert run.run("correct", "1", "--proposed").status == 2
    assert run.run("correct", "2", "--not-a-correction").status == 0
    assert run.run_json("correct", "1").document == []
