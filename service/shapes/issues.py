"""Issues as JSON (design.md 5.3)."""

from __future__ import annotations

from typing import Any

from archive.issues import IssueRecord


def issue_row(issue: IssueRecord) -> dict[str, Any]:
    """`issues` in design.md 5.3."""
    return assembled_row(issue) | {"date": issue.dated.isoformat(), "status": issue.status.value}


def assembled_row(issue: IssueRecord) -> dict[str, Any]:
    """`assemble` in design.md 5.3."""
    return {
        "bulletin": issue.bulletin,
        "number": issue.number.number,
        "label": issue.number.label,
        "supplement": issue.number.supplement,
        "revision": issue.revision,
        "articles": [article_id for article_id, _ in issue.articles],
        "files": list(issue.files),
    }
