"""An article's findings, sorted for its reader: about the whole, in the text, about its file. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from values import rules
from values.finding import Finding, Rule, Severity, Subject


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as the page of the article shows it."""

    index: int
    """Of the finding among those of the article."""
    number: int
    """By which the page refers to it, from 1 in the order of the text; 0 for one about the file."""
    finding: Finding


@dataclass(frozen=True, slots=True)
class Remarks:
    """All findings of an article, by where they are shown."""

    whole: tuple[Remark, ...]
    """About title, byline or the article as a whole."""
    lines: Mapping[int, tuple[Remark, ...]]
    """By line of `Manuscript.lines`, in the order of the text."""
    changed: tuple[Remark, ...]
    """What was corrected automatically; also among `lines`."""
    left_out: tuple[Remark, ...]
    """What the file holds and the article does not."""
    fixable: Mapping[Rule, int]
    """Rule → number of its findings that can be fixed at once, for rules with more than one."""
    count: Mapping[Severity, int]
    """Severity → number of remarks, without those of `left_out`."""


def sorted_remarks(findings: Iterable[Finding]) -> Remarks:
    """The findings numbered in the order of the text: those about the whole first, then line by line."""
    indexed = list(enumerate(findings))
    left_out = [(index, finding) for index, finding in indexed if _is_left_out(finding)]
    numbered = [(index, finding) for index, finding in indexed if not _is_left_out(finding)]
    numbered.sort(key=lambda pair: pair[1].place)
    remarks = [Remark(index, number, finding) for number, (index, finding) in enumerate(numbered, 1)]
    lines: dict[int, tuple[Remark, ...]] = {}
    for remark in remarks:
        if remark.finding.paragraph is not None:
            line = remark.finding.paragraph
            lines[line] = (*lines.get(line, ()), remark)
    return Remarks(
        whole=tuple(remark for remark in remarks if remark.finding.paragraph is None),
        lines=lines,
        changed=tuple(remark for remark in remarks if remark.finding.rule == rules.AUTO_FIXED),
        left_out=tuple(Remark(index, 0, finding) for index, finding in left_out),
        fixable=_fixable(remark.finding for remark in remarks),
        count={severity: sum(remark.finding.severity is severity for remark in remarks) for severity in Severity},
    )


def _is_left_out(finding: Finding) -> bool:
    return finding.paragraph is None and finding.rule.subject is Subject.FILE


def _fixable(findings: Iterable[Finding]) -> dict[Rule, int]:
    counts: dict[Rule, int] = {}
    for finding in findings:
        if finding.replacement is not None and finding.paragraph is not None:
            counts[finding.rule] = counts.get(finding.rule, 0) + 1
    return {rule: count for rule, count in counts.items() if count > 1}
