"""Fewer comments beside an article: many remarks of one rule, on matters of form, become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from values import rules
from values.finding import Finding, Rule, Severity

MOST_OF_A_RULE: Final = 3
"""Remarks of one rule that an article keeps each at its place; so many are seen at a glance. In the draft of the
printed sample issue 19 of 29 remarks were spaces beside numbers, and hid the one about a wrongly named unit."""


def condensed(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of one article as they are shown beside it, in their order.

    Of a rule with more than MOST_OF_A_RULE findings of severity INFO that have a place, only the first in the text
    stays; its message says how many there are. Errors, warnings and findings about the whole article all stay.
    """
    counts = Counter(finding.rule for finding in findings if _is_condensable(finding))
    first_of_rule: dict[Rule, Finding] = {}
    for finding in sorted(filter(_is_condensable, findings), key=lambda finding: finding.place):
        first_of_rule.setdefault(finding.rule, finding)
    shown: list[Finding] = []
    for finding in findings:
        if not _is_condensable(finding) or counts[finding.rule] <= MOST_OF_A_RULE:
            shown.append(finding)
        elif finding is first_of_rule[finding.rule]:
            message = f"{finding.message}本篇共 {counts[finding.rule]} 处此类提示，只标在第一处。"
            shown.append(replace(finding, message=message))
    return tuple(shown)


def _is_condensable(finding: Finding) -> bool:
    """A change in the author's text is always shown where it was made."""
    return finding.severity is Severity.INFO and finding.paragraph is not None and finding.rule != rules.AUTO_FIXED
