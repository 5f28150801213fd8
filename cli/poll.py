"""`poll`: every mailbox once, now."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.progress import progress
from cli.base.terminal import error_terminal
from cli.views.intake_result import give_intake_result
from intake.pool import ReadingPool
from service.letters.receive import IntakeResult, LetterReceiver
from service.office import Office
from values.errors import TryLater
from values.letter import Verdict


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """UNAVAILABLE when no mailbox answered, IN_PART when some did."""
    with logged_office_of(invocation) as office:
        taken, failures = _poll_all(office)
    result = together(taken, failures)
    give_intake_result(invocation.output, result)
    if failures and not taken:
        return ExitStatus.UNAVAILABLE
    return ExitStatus.IN_PART if result.errors else ExitStatus.DONE


def _poll_all(office: Office) -> tuple[list[IntakeResult], list[str]]:
    """What was taken in from each mailbox that answered, and a sentence for each that did not."""
    taken: list[IntakeResult] = []
    failures: list[str] = []
    with ReadingPool() as pool, progress(error_terminal(sys.stderr)) as report:
        for bulletin in office.settings.bulletins:
            try:
                taken.append(LetterReceiver(office, pool, report=report).poll(bulletin))
            except TryLater as error:
                failures.append(f"{bulletin.id}：{error}")
    return taken, failures


def together(taken: Sequence[IntakeResult], failures: Sequence[str]) -> IntakeResult:
    """The sums over all mailboxes; the failures come first among the errors."""
    verdicts: Counter[Verdict] = Counter()
    for result in taken:
        verdicts.update(result.verdicts)
    return IntakeResult(
        stored=sum(result.stored for result in taken),
        new=sum(result.new for result in taken),
        verdicts=verdicts,
        errors=(*failures, *(error for result in taken for error in result.errors)),
    )
