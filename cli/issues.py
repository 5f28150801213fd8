"""`issues`: every issue and its files."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archive import issues
from archive.corrections import CorrectionLink, CorrectionState, all_corrections
from archive.issues import IssueRecord
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import office_of
from cli.base.output_parts import OutputLine, line
from cli.views.issues import issue_table
from service.issue.altered_files import altered_files
from service.shapes.issues import issue_row
from values.issue import IssueStatus


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """Lists the issues in the order in which they were begun, discarded ones among them.

    IN_PART when a listed file is not as it was recorded.
    """
    with office_of(invocation) as office:
        with office.ledger.reading() as ledger:
            records = issues.issues(ledger)
            corrected = [link for link in all_corrections(ledger) if link.state is CorrectionState.PRINTED]
        altered = {record.id: altered_files(office, record) for record in records}
    invocation.output.give(
        lambda: [_row(record, altered[record.id], corrected) for record in records],
        lambda: [issue_table(records), *_warnings(altered)],
    )
    return ExitStatus.IN_PART if any(altered.values()) else ExitStatus.DONE


def _row(record: IssueRecord, altered: Sequence[str], corrected: Sequence[CorrectionLink]) -> dict[str, Any]:
    """corrected: the printed errata of all issues. Those of this one's articles are named with what prints them."""
    of_issue = dict(record.articles) if record.status is IssueStatus.SIGNED_OFF else {}
    links = [link for link in corrected if link.corrects in of_issue]
    row = issue_row(record) | ({"altered": list(altered)} if altered else {})
    return row | {
        "corrections": [
            {"article": link.corrects, "erratum": link.article, "issue_label": link.issue_label} for link in links
        ]
    }


def _warnings(altered: Mapping[int, Sequence[str]]) -> Iterator[OutputLine]:
    for path in (path for paths in altered.values() for path in paths):
        yield line(f"✗ {path} 不见了，或与入库时不同。请运行 verify 查明，再从备份恢复。", "red", wrapped=False)
