"""`issues`: every issue and its files."""

from __future__ import annotations

from argparse import ArgumentParser

from archive import issues
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import office_of
from cli.views.issues import issue_row, issue_table


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """Lists the issues in the order in which they were begun, discarded ones among them."""
    with office_of(invocation) as office, office.ledger.reading() as ledger:
        records = issues.issues(ledger)
    invocation.output.give(lambda: [issue_row(record) for record in records], lambda: [issue_table(records)])
    return ExitStatus.DONE
