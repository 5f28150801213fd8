"""`issues`: every issue and its files."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archive import issues
from archive.issues import IssueRecord
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import office_of
from cli.base.output_parts import OutputLine, line
from cli.views.issues import issue_table
from service.issue.altered_files import altered_files
from service.shapes.issues import issue_row


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """Lists the issues in the order in which they were begun, discarded ones among them.

    IN_PART when a listed file is not as it was recorded.
    """
    with office_of(invocation) as office:
        with office.ledger.reading() as ledger:
            records = issues.issues(ledger)
        altered = {record.id: altered_files(office, record) for record in records}
    invocation.output.give(
        lambda: [_row(record, altered[record.id]) for record in records],
        lambda: [issue_table(records), *_warnings(altered)],
    )
    return ExitStatus.IN_PART if any(altered.values()) else ExitStatus.DONE


def _row(record: IssueRecord, altered: Sequence[str]) -> dict[str, Any]:
    return issue_row(record) | ({"altered": list(altered)} if altered else {})


def _warnings(altered: Mapping[int, Sequence[str]]) -> Iterator[OutputLine]:
    for path in (path for paths in altered.values() for path in paths):
        yield line(f"✗ {path} 不见了，或与入库时不同。请运行 verify 查明，再从备份恢复。", "red", wrapped=False)
