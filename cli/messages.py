"""`messages`: every letter and its verdict."""

from __future__ import annotations

from argparse import ArgumentParser

from archive import folders, letters
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import office_of
from cli.base.output import Output
from cli.views.letters import error_lines, message_table
from intake.keep import unfetched_notice
from service.office import Office
from service.shapes.letters import message_rows


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """Lists the letters in the order in which they were received."""
    with office_of(invocation) as office:
        list_messages(office, invocation.output)
    return ExitStatus.DONE


def list_messages(office: Office, output: Output) -> None:
    """For a person also the letters that the mailbox lists and does not give."""
    with office.ledger.reading() as ledger:
        records = letters.letters(ledger)
        unfetched = [unfetched_notice(letter) for letter in folders.all_unfetched(ledger)]
    output.give(
        lambda: message_rows(office, records),
        lambda: [message_table(office, records), *error_lines(unfetched)],
    )
