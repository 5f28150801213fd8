"""An article's findings, sorted for its reader: about the whole, in the text, about its file, settled. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from values import rules
from values.finding import Finding, Rule, Severity, Subject
from values.habits import FindingGroup, grouped
from values.manuscript import Manuscript


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as the page of the article shows it."""

    index: int
    """Of the finding among those of the article."""
    number: int
    """By which page and command refer to it: from 1 in the order of the text, then those about the file."""
    finding: Finding


@dataclass(frozen=True, slots=True)
class Habit:
    """Open findings of one rule that are shown as one line."""

    group: FindingGroup
    remarks: tuple[Remark, ...]
    """Those of the group, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """All findings of an article, by where they are shown. All but `settled` are open."""

    whole: tuple[Remark, ...]
    """About title, byline or the article as a whole."""
    lines: Mapping[int, tuple[Remark, ...]]
    """By line of `Manuscript.lines`, in the order of the text."""
    habits: tuple[Habit, ...]
    """Those of `lines` that are shown together."""
    changed: tuple[Remark, ...]
    """What was corrected automatically; also among `lines`."""
    left_out: tuple[Remark, ...]
    """What the file holds and the article does not."""
    settled: tuple[Remark, ...]
    """What an editor has dismissed or checked."""
    fixable: Mapping[Rule, int]
    """Rule → number of its findings that can be fixed at once, for rules with more than one."""
    count: Mapping[Severity, int]
    """Severity → number of remarks, without those of `left_out` and `settled`."""

    @property
    def in_habits(self) -> frozenset[int]:
        """The numbers of the remarks that are shown with their habit, not below their paragraph."""
        return frozenset(remark.number for habit in self.habits for remark in habit.remarks)

    @property
    def has_notes(self) -> bool:
        """Whether any remark is shown with its paragraph."""
        shared = self.in_habits
        return any(remark.number not in shared for remarks in self.lines.values() for remark in remarks)


def numbered_remarks(findings: Iterable[Finding]) -> tuple[Remark, ...]:
    """Every finding with its number: those about the whole first, then line by line, then those about the file.

    A settled finding keeps its number, so that the others keep theirs.
    """
    ordered = sorted(enumerate(findings), key=lambda pair: (_is_left_out(pair[1]), pair[1].place))
    return tuple(Remark(index, number, finding) for number, (index, finding) in enumerate(ordered, 1))


def sorted_remarks(findings: Iterable[Finding]) -> Remarks:
    """The findings with their numbers, sorted by where they are shown."""
    numbered = numbered_remarks(findings)
    remarks = [remark for remark in numbered if remark.finding.is_open and not _is_left_out(remark.finding)]
    lines: dict[int, tuple[Remark, ...]] = {}
    for remark in remarks:
        if remark.finding.paragraph is not None:
            line = remark.finding.paragraph
            lines[line] = (*lines.get(line, ()), remark)
    return Remarks(
        whole=tuple(remark for remark in remarks if remark.finding.paragraph is None),
        lines=lines,
        habits=_habits(remarks),
        changed=tuple(remark for remark in remarks if remark.finding.rule == rules.AUTO_FIXED),
        left_out=tuple(remark for remark in numbered if remark.finding.is_open and _is_left_out(remark.finding)),
        settled=tuple(remark for remark in numbered if not remark.finding.is_open),
        fixable=_fixable(remark.finding for remark in remarks),
        count={severity: sum(remark.finding.severity is severity for remark in remarks) for severity in Severity},
    )


def allowable_word(finding: Finding, manuscript: Manuscript) -> str:
    """The word that 总是允许 proposes for a finding: the marked characters, a single one with its neighbours; "" for a
    finding that is about no word."""
    if not finding.rule.concerns_word or finding.paragraph is None or finding.start is None or finding.end is None:
        return ""
    line, start, end = manuscript.lines[finding.paragraph], finding.start, finding.end
    if end - start == 1:
        start, end = start - line[max(start - 1, 0) : start].isalnum(), end + line[end : end + 1].isalnum()
    return line[start:end]


def _habits(remarks: Iterable[Remark]) -> tuple[Habit, ...]:
    # By identity: two findings of a rule may be equal, where a check reports a place twice.
    by_finding = {id(remark.finding): remark for remark in remarks}
    groups = _with_equal_ones(grouped(remark.finding for remark in by_finding.values()))
    return tuple(
        Habit(group, tuple(by_finding[id(finding)] for finding in group.findings)) for group in groups if group.is_habit
    )


def _with_equal_ones(groups: Iterable[FindingGroup]) -> list[FindingGroup]:
    """The groups; single findings in the text that say the same are one, too, at the place of the first."""
    merged: dict[object, FindingGroup] = {}
    for group in groups:
        finding = group.first
        is_alone = group.is_habit or finding.paragraph is None or finding.rule == rules.AUTO_FIXED
        key = id(group) if is_alone else (finding.rule, finding.severity, finding.message, finding.replacement)
        before = merged[key].findings if key in merged else ()
        merged[key] = FindingGroup((*before, *group.findings))
    return list(merged.values())


def _is_left_out(finding: Finding) -> bool:
    return finding.paragraph is None and finding.rule.subject is Subject.FILE


def _fixable(findings: Iterable[Finding]) -> dict[Rule, int]:
    counts: dict[Rule, int] = {}
    for finding in findings:
        if finding.replacement is not None and finding.paragraph is not None:
            counts[finding.rule] = counts.get(finding.rule, 0) + 1
    return {rule: count for rule, count in counts.items() if count > 1}
