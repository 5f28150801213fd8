"""Arguments that several commands have, and the kinds of values that argparse asks for."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Mapping
from datetime import date

from values.period import Period, period_of
from values.whole_number import whole_number


def parse_number(word: str) -> int:
    """A whole number in ASCII digits. Raises ArgumentTypeError, whose words argparse shows."""
    number = whole_number(word)
    if number is None:
        raise ArgumentTypeError(f"应是数字，如 70，不是“{word}”")
    return number


def parse_day(word: str) -> date:
    """A day as 2022-11-08. Raises ArgumentTypeError, whose words argparse shows."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ArgumentTypeError(f"应是日期，如 2022-11-08，不是“{word}”") from None


def parse_period(word: str) -> Period:
    """2022, 2022-11, 2022-Q4 or 2022-09-03..2022-10-05. Raises ArgumentTypeError, whose words argparse shows."""
    period = period_of(word)
    if period is None:
        raise ArgumentTypeError(f"应是期间，如 2022、2022-11、2022-Q4、2022-09-03..2022-10-05，不是“{word}”")
    return period


def add_actions(parser: ArgumentParser, summaries: Mapping[str, str]) -> Iterator[tuple[str, ArgumentParser]]:
    """The actions of a command that has several, `arguments.action`: each name with the parser of its own arguments.

    summaries: of each action its line in `--help`.
    """
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", help="要做的事")
    for name, summary in summaries.items():
        action = actions.add_parser(name, help=summary, description=summary)
        # taken after the action too; without a default, which would overwrite one given before it
        action.add_argument("--json", action="store_true", default=SUPPRESS, help=SUPPRESS)
        yield name, action


def add_bulletin(parser: ArgumentParser) -> None:
    """`--bulletin`; None stands for the only bulletin of the configuration."""
    parser.add_argument("--bulletin", metavar="ID", help="刊物，只有一个时可省略")


def add_article(parser: ArgumentParser) -> None:
    """The id of an article."""
    parser.add_argument("article", type=parse_number, metavar="ARTICLE", help="稿件的编号；articles 列出")


def add_issue_number(parser: ArgumentParser) -> None:
    """The number of an issue within its series."""
    parser.add_argument("number", type=parse_number, metavar="NUMBER", help="期号；增刊的另加 --supplement")


def add_supplement(parser: ArgumentParser, summary: str) -> None:
    """`--supplement`, for the series of supplements (增刊)."""
    parser.add_argument("--supplement", action="store_true", help=summary)
