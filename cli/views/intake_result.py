"""What was taken in from mailboxes or files, in the output."""

from __future__ import annotations

from collections import Counter
from typing import Any

from cli.base.output import Output
from cli.base.output_parts import OutputLine, line
from cli.views.letters import error_lines
from service.letters.receive import IntakeResult


def give_intake_result(output: Output, result: IntakeResult) -> None:
    """The result of `poll` or `import`."""
    output.give(lambda: _document(result), lambda: _lines(result))


def _document(result: IntakeResult) -> dict[str, Any]:
    """`import, poll` in design.md 5.3."""
    counts: Counter[str] = Counter()
    for verdict, count in result.verdicts.items():
        counts[verdict.for_programs] += count
    return {
        "stored": result.stored,
        "new": result.new,
        "verdicts": dict(sorted(counts.items())),
        "errors": list(result.errors),
    }


def _lines(result: IntakeResult) -> list[OutputLine]:
    counts = "，".join(f"{verdict.chinese} {count}" for verdict, count in sorted(result.verdicts.items()))
    verdicts = "读稿结果：" + counts if counts else ""
    return [
        line(f"收下 {result.stored} 封，其中新来信 {result.new} 封。{verdicts}"),
        *error_lines(result.errors),
    ]
