"""The open findings of an article as 本期 lists them, to be settled without opening the article. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from values.finding import Finding, Severity
from values.habits import grouped
from values.manuscript import Manuscript

_MOST: Final = 12
"""Lines of one article; with more, its page is the better place."""
_AROUND: Final = 8
"""Characters quoted on either side of a finding's own."""
_LONGEST: Final = 20
"""Characters of its own that are quoted."""


@dataclass(frozen=True, slots=True)
class RowFinding:
    """A finding, or several of one rule that are a habit."""

    index: int
    """Of the finding, or the first one, among those of the article."""
    rule: str
    """The rule's name."""
    severity: Severity
    message: str
    places: str
    """Chinese: the paragraphs."""
    is_habit: bool
    before: str
    """Characters before those that the finding is about; with `words` and `after` "" for one about the whole."""
    words: str
    after: str


def row_findings(findings: Sequence[Finding], manuscript: Manuscript) -> tuple[RowFinding, ...]:
    """The gravest first, then in the order of the text; at most twelve."""
    by_identity = {id(finding): index for index, finding in enumerate(findings)}
    groups = sorted(
        grouped(finding for finding in findings if finding.is_open),
        key=lambda group: tuple(Severity).index(group.first.severity),
    )
    return tuple(
        RowFinding(
            by_identity[id(group.first)],
            group.first.rule.name,
            group.first.severity,
            group.message,
            group.places,
            group.is_habit,
            *_quote(group.first, manuscript),
        )
        for group in groups[:_MOST]
    )


def _quote(finding: Finding, manuscript: Manuscript) -> tuple[str, str, str]:
    if finding.paragraph is None or finding.start is None or finding.end is None:
        return "", "", ""
    line = manuscript.lines[finding.paragraph]
    return (
        line[max(0, finding.start - _AROUND) : finding.start],
        line[finding.start : min(finding.end, finding.start + _LONGEST)],
        line[finding.end : finding.end + _AROUND],
    )
