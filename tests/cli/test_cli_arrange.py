"""`arrange`: where an article stands in the next issue."""

from __future__ import annotations

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.offices import hand_in


def order(command_line: CommandLine) -> list[int]:
    ids: list[int] = command_line.run_json("assemble").document["articles"]
    return ids


def test_arrange_moves_an_article_and_gives_it_back_to_the_office_order(
    office: Office, command_line: CommandLine
) -> None:
    first, second, third = hand_in(office, "甲", "乙", "丙")
    assert command_line.run("arrange", str(third), "--first").status == 0
    assert order(command_line) == [third, first, second]
    command_line.run("arrange", str(second), "--before", str(third))
    assert order(command_line) == [second, third, first]
    for article in (second, third):
        command_line.run("arrange", str(article), "--office-order")
    assert order(command_line) == [first, second, third]


def test_arrange_chooses_for_the_supplement_and_back(office: Office, command_line: CommandLine) -> None:
    first, second = hand_in(office, "甲", "乙")
    chosen = command_line.run_json("arrange", str(second), "--supplement")
    assert chosen.document["for_supplement"] is True
    assert order(command_line) == [first]
    shown = command_line.run("arrange", str(second), "--ordinary").output
    assert shown.startswith(f"稿件 {second}《乙》：普通一期，")


def test_arrange_without_a_place_is_bad_usage(office: Office, command_line: CommandLine) -> None:
    [article] = hand_in(office, "甲")
    refused = command_line.run("arrange", str(article))
    assert refused.status == 2
    assert "请说明怎样安排" in refused.errors
    assert command_line.run("arrange", str(article), "--first", "--last").status == 2


def test_arrange_moves_to_a_number(office: Office, command_line: CommandLine) -> None:
    first, second, third = hand_in(office, "甲", "乙", "丙")
    assert command_line.run("arrange", str(third), "--number", "2").status == 0
    assert order(command_line) == [first, third, second]
    assert command_line.run("arrange", str(third), "--number", "9").status == 2
