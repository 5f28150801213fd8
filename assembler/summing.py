"""Fewer comments in the margin: many remarks of one kind, on matters of form, are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from values import rules
from values.finding import Finding, Rule, Severity

FEW: Final = 3
"""So many remarks of one rule an article keeps each at its place: they are seen at a glance. In the draft of the
printed sample issue 19 of 29 remarks were spaces beside numbers, and hid the one on a unit that is named wrongly."""


def summed(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of one article as they stand in its margin, in their order; the findings themselves lose nothing.

    Of a rule that has more than FEW placed INFO findings only the first in the text is left, and says how many there
    are. Errors, warnings and what concerns the article as a whole are never touched.
    """
    counts = Counter(one.rule for one in findings if _may_be_summed(one))
    first: dict[Rule, Finding] = {}
    for one in sorted(filter(_may_be_summed, findings), key=lambda finding: finding.place):
        first.setdefault(one.rule, one)
    shown: list[Finding] = []
    for one in findings:
        if not _may_be_summed(one) or counts[one.rule] <= FEW:
            shown.append(one)
        elif one is first[one.rule]:
            said = f"{one.message}本篇共 {counts[one.rule]} 处此类提示，只标在第一处。"
            shown.append(replace(one, message=said))
    return tuple(shown)


def _may_be_summed(finding: Finding) -> bool:
    """What was changed in the author's text is shown wherever it was changed."""
    return finding.severity is Severity.INFO and finding.paragraph is not None and finding.rule != rules.AUTO_FIXED
