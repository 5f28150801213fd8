"""An article's findings, sorted for whoever reads it: those in the text, those about the whole, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from values import rules
from values.finding import Finding, Rule, Severity, Subject


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its index in the article, and the number by which the page calls it, from 1."""

    index: int
    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Remarks:
    """whole: about title, byline, or the article as a whole. lines: by line of `Manuscript.lines`, in order.

    changed: what was mended at the reading, also among `lines`. left_out: what the file holds and the article does not.
    fixable: rule → how many of its findings can be done at once, where there are several.
    """

    whole: tuple[Remark, ...]
    lines: Mapping[int, tuple[Remark, ...]]
    changed: tuple[Remark, ...]
    left_out: tuple[Remark, ...]
    fixable: Mapping[Rule, int]
    count: Mapping[Severity, int]


def sorted_remarks(findings: Iterable[Finding]) -> Remarks:
    """Numbered in the order of the text: the whole first, then line by line; what was left out has no number."""
    found = list(enumerate(findings))
    left_out = [(at, one) for at, one in found if _is_left_out(one)]
    read = [(at, one) for at, one in found if not _is_left_out(one)]
    read.sort(key=lambda pair: pair[1].place)
    remarks = [Remark(at, number, one) for number, (at, one) in enumerate(read, 1)]
    lines: dict[int, tuple[Remark, ...]] = {}
    for remark in remarks:
        if remark.finding.paragraph is not None:
            line = remark.finding.paragraph
            lines[line] = (*lines.get(line, ()), remark)
    return Remarks(
        whole=tuple(one for one in remarks if one.finding.paragraph is None),
        lines=lines,
        changed=tuple(one for one in remarks if one.finding.rule == rules.AUTO_FIXED),
        left_out=tuple(Remark(at, 0, one) for at, one in left_out),
        fixable=_fixable(one.finding for one in remarks),
        count={severity: sum(one.finding.severity is severity for one in remarks) for severity in Severity},
    )


def _is_left_out(finding: Finding) -> bool:
    return finding.paragraph is None and finding.rule.subject is Subject.FILE


def _fixable(findings: Iterable[Finding]) -> dict[Rule, int]:
    counts: dict[Rule, int] = {}
    for one in findings:
        if one.replacement is not None and one.paragraph is not None:
            counts[one.rule] = counts.get(one.rule, 0) + 1
    return {rule: count for rule, count in counts.items() if count > 1}
