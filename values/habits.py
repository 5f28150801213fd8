"""Findings as people read them: those of one rule that an article has three times or more become one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from values.finding import Finding, Rule, Severity
from values.rules import AUTO_FIXED

_HABIT: Final = 3
"""So many findings of one rule are a habit of the writer: a line for each would hide the others (issue 16)."""
_MOST_PLACES: Final = 10
"""Paragraphs that a line names; the count says how many places there are."""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one article that are shown as one line: a single one, or a habit."""

    findings: tuple[Finding, ...]
    """In the order of the text; at least one."""

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def is_habit(self) -> bool:
        return len(self.findings) > 1

    @property
    def message(self) -> str:
        """Chinese: of a habit, the first message with the count."""
        return f"{self.first.message}同类问题共 {len(self.findings)} 处。" if self.is_habit else self.first.message

    @property
    def places(self) -> str:
        """Chinese: the paragraphs, counted from 1, each once: 第 1、3、5 段; 全文 for a finding about the whole."""
        numbers = list(dict.fromkeys(finding.paragraph for finding in self.findings))
        named = [str(number + 1) for number in numbers[:_MOST_PLACES] if number is not None]
        return f"第 {'、'.join(named)} 段{'等' if len(numbers) > _MOST_PLACES else ''}" if named else "全文"

    @property
    def line(self) -> str:
        """Chinese, for a letter: the message, of a habit with count and places."""
        return f"{self.message[:-1]}（{self.places}）。" if self.is_habit else self.message


def grouped(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """The findings of one article in groups, each at the place of its first finding, in the order of the text.

    Findings about the whole article are never grouped; neither are changes in the author's text, each of which is shown
    where it was made.
    """
    groups: dict[tuple[Rule, Severity], list[Finding]] = {}
    ordered = sorted(findings, key=lambda finding: finding.place)
    for finding in ordered:
        groups.setdefault((finding.rule, finding.severity), []).append(finding)
    lines: list[tuple[Finding, ...]] = []
    for (rule, _), members in groups.items():
        lines += _lines(rule, members)
    return tuple(FindingGroup(line) for line in sorted(lines, key=lambda line: line[0].place))


def _lines(rule: Rule, members: Sequence[Finding]) -> Iterable[tuple[Finding, ...]]:
    placed = tuple(finding for finding in members if finding.paragraph is not None)
    if len(placed) < _HABIT or rule == AUTO_FIXED:
        return [(finding,) for finding in members]
    return [*((finding,) for finding in members if finding.paragraph is None), placed]
