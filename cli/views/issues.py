"""Issues in the output."""

from __future__ import annotations

from collections.abc import Sequence

from archive.issues import IssueRecord
from cli.base.output_parts import OutputTable, Styled


def issue_table(issues: Sequence[IssueRecord]) -> OutputTable:
    """A row an issue, with its files."""
    return OutputTable(
        ("期号", "刊物", "日期", "状态", "稿次", "篇数", "文件"),
        tuple(
            (
                Styled(issue.number.label),
                Styled(issue.bulletin),
                Styled(issue.dated.isoformat()),
                Styled(issue.status.chinese),
                Styled(str(issue.revision)),
                Styled(str(len(issue.articles))),
                Styled("\n".join(issue.files)),
            )
            for issue in issues
        ),
    )
