"""Proofreading a text that an editor has changed: every check runs again; what no check can find again is kept.

What the reader left out of the file, who sent the letter, which article is like it: `Rule.recheck` says what is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from intake.check.checks import check
from intake.read.structure.byline import byline_of
from intake.read.structure.division import Structured
from intake.register import Register
from values.finding import Finding, Recheck, Rule
from values.manuscript import Manuscript

_LONGEST_LINE: Final = 5_000
"""Characters of a line in which places are looked for: comparing takes time that grows with their square."""


def checked_again(
    manuscript: Manuscript,
    before: Manuscript,
    findings: Iterable[Finding],
    section: str,
    department: str | None,
    register: Register,
) -> tuple[Finding, ...]:
    """The findings of `manuscript`: those of the checks, and those of `findings` that still hold.

    before, findings: the text from which an editor made `manuscript`, and its findings. department: of the article,
    canonical; None while it is not known.
    """
    byline = byline_of(manuscript.byline, register.departments, expected=True) if manuscript.byline else None
    structured = Structured(manuscript, section, (), byline.departments if byline else ())
    checked = check(
        structured,
        (),
        department,
        register.departments,
        register.word_list,
        register.font_coverage,
        register.own_texts,
    )
    kept = (finding for finding in findings if _is_kept(finding.rule, before, manuscript))
    return (*moved_findings(kept, before, manuscript), *checked)


def moved_findings(findings: Iterable[Finding], before: Manuscript, after: Manuscript) -> Iterator[Finding]:
    """The findings of a text at their places in a later one, without those whose characters are gone."""
    every = list(findings)
    lines = _MovedLines(before.lines, after.lines) if any(finding.paragraph is not None for finding in every) else None
    for finding in every:
        moved = finding if finding.paragraph is None or lines is None else lines.moved(finding)
        if moved is not None:
            yield moved


def _is_kept(rule: Rule, before: Manuscript, after: Manuscript) -> bool:
    if rule.recheck is Recheck.WITH_TITLE:
        return before.title == after.title
    return rule.recheck is not Recheck.ANEW


class _MovedLines:
    """Maps the lines of one text to the same lines of a later one."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self._before, self._after = before, after
        self._lines: dict[int, int] = {}
        for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind == "equal" or (kind == "replace" and j - i == m - k):
                self._lines |= dict(zip(range(i, j), range(k, m), strict=True))

    def moved(self, finding: Finding) -> Finding | None:
        """The finding at its place in the later text; None when the characters it points at are gone."""
        assert finding.paragraph is not None
        line = self._lines.get(finding.paragraph)
        if line is None:
            return None
        old, new = self._before[finding.paragraph], self._after[line]
        if old == new or finding.start is None or finding.end is None:
            return replace(finding, paragraph=line)
        start = _moved(old, new, finding.start, finding.end)
        if start is None:
            return None
        return replace(finding, paragraph=line, start=start, end=start + finding.end - finding.start)


def _moved(old: str, new: str, start: int, end: int) -> int | None:
    """Where the characters [start, end) of a line begin in the line it became; None when they are gone."""
    if max(len(old), len(new)) > _LONGEST_LINE:
        return None
    for same in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        if same.a <= start and end <= same.a + same.size:
            return same.b + start - same.a
    return None
