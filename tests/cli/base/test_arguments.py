"""Arguments that several commands have."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date

import pytest

from cli.base.arguments import add_actions, parse_day, parse_number


@pytest.mark.parametrize("words", [["--json", "show", "70"], ["show", "70", "--json"]])
def test_json_is_taken_before_and_after_the_action(words: list[str]) -> None:
    parser = ArgumentParser()
    parser.add_argument("--json", action="store_true")
    for name, action in add_actions(parser, {"list": "全部", "show": "一个"}):
        if name == "show":
            action.add_argument("number", type=parse_number)
    arguments = parser.parse_args(words)
    assert (arguments.action, arguments.number, arguments.json) == ("show", 70, True)
    assert not parser.parse_args(["list"]).json


def test_numbers_and_days_are_refused_with_an_example() -> None:
    assert (parse_number("70"), parse_day("2022-11-08")) == (70, date(2022, 11, 8))
    with pytest.raises(ArgumentTypeError, match="应是数字，如 70，不是“七十”"):
        parse_number("七十")
    with pytest.raises(ArgumentTypeError, match="应是日期，如 2022-11-08，不是“11月8日”"):
        parse_day("11月8日")
