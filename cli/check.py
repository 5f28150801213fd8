"""`check`: whether everything that the service depends on is in place."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output import OutputLine, Styled
from service.health.check import Line, State, check

_SIGNS: Final = {
    State.FINE: ("✓", "green"),
    State.ADVICE: ("!", "yellow"),
    State.BROKEN: ("✗", "red"),
    State.UNAVAILABLE: ("✗", "red"),
}


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when something must be mended, UNAVAILABLE when only the outside does not answer."""
    with logged_office_of(invocation) as office:
        lines = list(check(office))
    invocation.output.give(lambda: [asdict(line) for line in lines], lambda: map(_line, lines))
    return exit_status(lines)


def exit_status(lines: Sequence[Line]) -> ExitStatus:
    states = {line.state for line in lines}
    if State.BROKEN in states:
        return ExitStatus.IN_PART
    return ExitStatus.UNAVAILABLE if State.UNAVAILABLE in states else ExitStatus.DONE


def _line(line: Line) -> OutputLine:
    sign, colour = _SIGNS[line.state]
    return OutputLine((Styled(f"{sign} {line.name}  ", colour), Styled(line.said)))
