"""`assemble`: the draft of the next issue."""

from __future__ import annotations

from service.issue.arrange import choose_for_supplement
from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.offices import hand_in


def test_assemble_makes_a_draft_and_leaves_an_unchanged_one_alone(office: Office, command_line: CommandLine) -> None:
    hand_in(office, "甲", "乙")
    made = command_line.run_json("assemble")
    assert (made.status, made.document["label"], made.document["articles"]) == (0, "第70期", [1, 2])
    assert (office.data_dir / made.document["files"][0]).is_file()
    again = command_line.run("assemble")
    assert (again.status, again.output.partition("：")[0]) == (0, "第70期送审稿没有变化（第 1 稿，2 篇）")


def test_assemble_without_an_article_is_done_in_part(command_line: CommandLine) -> None:
    nothing = command_line.run_json("assemble")
    assert (nothing.status, nothing.document["bulletin"]) == (1, "wuxing")
    assert nothing.document["error"]


def test_assemble_takes_a_date(office: Office, command_line: CommandLine) -> None:
    hand_in(office, "甲")
    command_line.run("assemble", "--date", "2022-11-10")
    [issue] = command_line.run_json("issues").document
    assert issue["date"] == "2022-11-10"
    assert command_line.run("assemble", "--date", "10.11.2022").status == 2


def test_assemble_makes_a_supplement(office: Office, command_line: CommandLine) -> None:
    _, second = hand_in(office, "甲", "乙")
    choose_for_supplement(office, second, "li", chosen=True)
    made = command_line.run_json("assemble", "--supplement").document
    assert (made["supplement"], made["articles"]) == (True, [second])


def test_assemble_for_an_unknown_bulletin_is_bad_usage(command_line: CommandLine) -> None:
    refused = command_line.run("assemble", "--bulletin", "nowhere")
    assert (refused.status, refused.output) == (2, "")
    assert "没有刊物 nowhere" in refused.errors
