"""Arguments that several commands have."""

from __future__ import annotations

from argparse import ArgumentParser


def add_bulletin(parser: ArgumentParser) -> None:
    """`--bulletin`; None stands for the only bulletin of the configuration."""
    parser.add_argument("--bulletin", metavar="ID", help="刊物，只有一个时可省略")


def add_article(parser: ArgumentParser) -> None:
    """The id of an article."""
    parser.add_argument("article", type=int, metavar="ARTICLE")


def add_issue_number(parser: ArgumentParser) -> None:
    """The number of an issue within its series."""
    parser.add_argument("number", type=int, metavar="NUMBER")


def add_supplement(parser: ArgumentParser, summary: str) -> None:
    """`--supplement`, for the series of supplements (增刊)."""
    parser.add_argument("--supplement", action="store_true", help=summary)
