"""`senders`: the addresses that editors have claimed for a department."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from archive import senders
from archive.senders import LearnedSender
from cli.base.arguments import add_bulletin
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import office_of
from cli.base.output_parts import OutputTable, Styled
from service.office import Office
from service.register.departments import forget_sender


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--forget", default="", metavar="ADDRESS", help="不再记住这个地址")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """Lists the addresses, after forgetting the one that `--forget` names. Raises BadUsage when it is not there."""
    arguments = invocation.arguments
    with office_of(invocation) as office:
        bulletin = office.bulletin(arguments.bulletin)
        if arguments.forget:
            forget_sender(office, bulletin, arguments.forget.strip().lower(), who=getpass.getuser())
        with office.ledger.reading() as ledger:
            records = senders.learned_senders(ledger, bulletin.id)
        invocation.output.give(lambda: _rows(office, records), lambda: [_table(records)])
    return ExitStatus.DONE


def _rows(office: Office, records: Sequence[LearnedSender]) -> list[dict[str, Any]]:
    return [
        {
            "bulletin": sender.bulletin,
            "address": sender.address,
            "department": sender.department,
            "learned_at": office.local(sender.learned_at).isoformat(),
            "learned_by": sender.learned_by,
        }
        for sender in records
    ]


def _table(records: Sequence[LearnedSender]) -> OutputTable:
    return OutputTable(
        ("地址", "单位", "记住的日期", "谁认领的"),
        tuple(
            (
                Styled(sender.address),
                Styled(sender.department),
                Styled(f"{sender.learned_at:%Y-%m-%d}"),
                Styled(sender.learned_by),
            )
            for sender in records
        ),
    )
