"""`check`: whether everything that the service depends on is in place."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any, Final

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import OutputLine, Styled
from service.health.check import CheckLine, CheckState, check_installation

_SIGNS: Final = {
    CheckState.FINE: ("✓", "green"),
    CheckState.ADVICE: ("!", "yellow"),
    CheckState.BROKEN: ("✗", "red"),
    CheckState.UNAVAILABLE: ("✗", "red"),
}


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when something must be mended, UNAVAILABLE when only the outside does not answer."""
    with logged_office_of(invocation) as office:
        lines = list(check_installation(office))
    invocation.output.give(lambda: [_row(line) for line in lines], lambda: map(_line, lines))
    return exit_status(lines)


def exit_status(lines: Sequence[CheckLine]) -> ExitStatus:
    """Of the worst line: what is broken counts more than what is unavailable."""
    states = {line.state for line in lines}
    if CheckState.BROKEN in states:
        return ExitStatus.IN_PART
    return ExitStatus.UNAVAILABLE if CheckState.UNAVAILABLE in states else ExitStatus.DONE


def _row(line: CheckLine) -> dict[str, Any]:
    return {"name": line.name, "state": line.state, "said": line.message}


def _line(line: CheckLine) -> OutputLine:
    sign, colour = _SIGNS[line.state]
    return OutputLine((Styled(f"{sign} {line.name}  ", colour), Styled(line.message)))
