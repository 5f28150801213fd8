"""`check`: whether everything that the service depends on is in place."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output import Output
from cli.base.output_parts import OutputLine, Styled
from service.dengbao.facts import facts_of
from service.dengbao.line import DengbaoLine, DengbaoState
from service.dengbao.report import SCOPE, dengbao_report
from service.health.check import CheckLine, CheckState, check_installation
from service.office import Office

_SIGNS: Final = {
    CheckState.FINE: ("✓", "green"),
    CheckState.ADVICE: ("!", "yellow"),
    CheckState.BROKEN: ("✗", "red"),
    CheckState.UNAVAILABLE: ("✗", "red"),
}


_DENGBAO_COLOURS: Final = {
    DengbaoState.MET: "green",
    DengbaoState.PARTLY: "yellow",
    DengbaoState.UNMET: "red",
    DengbaoState.OUTSIDE: "",
}


def add_arguments(parser: ArgumentParser) -> None:
    help_on_dengbao = "对照等保 2.0 三级（GB/T 22239-2019 的 8.1.4）逐条列出现状和证据；有不符合的返回 1"
    parser.add_argument("--dengbao", action="store_true", help=help_on_dengbao)


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when something must be mended, UNAVAILABLE when only the outside does not answer."""
    with logged_office_of(invocation) as office:
        if invocation.arguments.dengbao:
            return _run_dengbao(office, invocation.output)
        lines = list(check_installation(office))
    invocation.output.give(lambda: [_row(line) for line in lines], lambda: map(_line, lines))
    return exit_status(lines)


def _run_dengbao(office: Office, output: Output) -> ExitStatus:
    report = dengbao_report(facts_of(office))
    output.give(lambda: [asdict(line) for line in report], lambda: [OutputLine((Styled(SCOPE),)), *_shown(report)])
    is_unmet = any(line.state is DengbaoState.UNMET for line in report)
    return ExitStatus.IN_PART if is_unmet else ExitStatus.DONE


def _shown(report: Sequence[DengbaoLine]) -> Iterator[OutputLine]:
    for line in report:
        head = Styled(f"{line.clause} {line.topic}：{line.asks}  ")
        yield OutputLine((head, Styled(line.state.chinese, _DENGBAO_COLOURS[line.state])))
        yield OutputLine((Styled(f"    现状：{line.setting}"),))
        yield OutputLine((Styled(f"    证据：{line.evidence}"),))


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
