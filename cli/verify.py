"""`verify`: every stored byte against its SHA-256, the record of changes against its chain."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import office_of
from cli.base.output_parts import OutputTable, Shown, Styled, line
from service.health.difference import Difference
from service.health.verify import Verification, verify
from service.removal.finish import destroy_removed_files, finish_removals
from service.removal.recall import recall_removed


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """Names every difference; IN_PART when there is one. Letters that were erased or destroyed, and that a restored
    backup has brought back, are named and destroyed again. Raises StorageFailed."""
    with office_of(invocation) as office:
        recall_removed(office)
        result = verify(office)
        destroy_removed_files(office)
        finish_removals(office)
    invocation.output.give(lambda: _document(result), lambda: _shown(result))
    return ExitStatus.IN_PART if result.differences else ExitStatus.DONE


def _document(result: Verification) -> dict[str, Any]:
    """`verify` in design.md 5.3."""
    return {
        "checked": result.checked,
        "differences": [
            {
                "what": difference.what,
                "path": difference.path,
                "expected": difference.expected,
                "found": difference.actual,
            }
            for difference in result.differences
        ],
    }


def _shown(result: Verification) -> list[Shown]:
    if not result.differences:
        return [line(f"核对了 {result.checked} 项，都与入库时一样。", "green")]
    summary = f"核对了 {result.checked} 项，有 {len(result.differences)} 处不符。请查明原因，再从备份恢复："
    return [line(summary, "red"), _table(result.differences)]


def _table(differences: tuple[Difference, ...]) -> OutputTable:
    """A row a difference."""
    return OutputTable(
        ("问题", "位置", "应为", "实为"),
        tuple(
            (
                Styled(difference.chinese),
                Styled(difference.path),
                Styled(difference.expected or "—"),
                Styled(difference.actual or "—"),
            )
            for difference in differences
        ),
    )
