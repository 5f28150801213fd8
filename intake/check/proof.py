"""The argument of every check, and the functions that make its findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from intake.check.line_pattern import LinePattern
from values.department import Department
from values.finding import Finding, Rule
from values.manuscript import Manuscript, Picture, Table
from values.word_list import NO_WORDS, WordList

CHINESE: Final = r"[\u3400-\u9fff]"
"""One Chinese character, as a pattern."""
Kind = Literal["paragraph", "heading", "table", "caption"]


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One of `Manuscript.lines`."""

    index: int
    """In `Manuscript.lines`."""
    text: str
    kind: Kind
    """Of the block that it is part of."""


@dataclass(frozen=True, slots=True)
class Proof:
    """An article to check, and what it is checked against."""

    manuscript: Manuscript
    lines: tuple[ProofLine, ...]
    """`manuscript.lines` with their kinds."""
    section: str | None
    """None or "" for an ordinary article."""
    department: str | None
    """The sender's, canonical; None when it is not known."""
    byline_departments: tuple[str, ...]
    """The units that sign, canonical, in their order; () when none is in the register."""
    departments: tuple[Department, ...]
    word_list: WordList = NO_WORDS
    font_coverage: str = ""
    """What the fonts of this machine can show (`values.font_coverage.merged`); "" when it is not known."""

    @property
    def prose(self) -> Iterator[ProofLine]:
        """The lines of the running text: neither tables nor captions."""
        return (line for line in self.lines if line.kind in ("paragraph", "heading"))


Check = Callable[[Proof], Iterable[Finding]]


def lines_of(manuscript: Manuscript) -> tuple[ProofLine, ...]:
    """The lines of the body with their kinds, in the order of `Manuscript.lines`."""
    kinds: list[Kind] = []
    for block in manuscript.blocks:
        if isinstance(block, Table):
            kinds += ["table"] * len(block.rows)
        elif not isinstance(block, Picture):
            kinds.append(block.kind)
        elif block.caption:
            kinds.append("caption")
    return tuple(ProofLine(at, text, kind) for at, (text, kind) in enumerate(zip(manuscript.lines, kinds, strict=True)))


def finding_at(
    line: ProofLine,
    span: tuple[int, int],
    rule: Rule,
    message: str,
    suggestion: str | None = None,
    *,
    replacement: str | None = None,
) -> Finding:
    """A finding about characters [start, end) of a line. replacement: as in `Finding`."""
    return rule.finding(message, line.index, *span, suggestion, replacement)


def correction_at(line: ProofLine, span: tuple[int, int], rule: Rule, message: str, right: str) -> Finding:
    """A finding whose suggestion replaces the characters as it is."""
    return finding_at(line, span, rule, message, right, replacement=right)


def findings_of_matches(
    lines: Iterable[ProofLine],
    pattern: re.Pattern[str] | LinePattern,
    rule: Rule,
    describe: Callable[[re.Match[str]], tuple[str, str | None]],
    *,
    exact: bool = False,
) -> Iterator[Finding]:
    """A finding for each place where the pattern matches.

    describe: returns its message and suggestion. exact: the suggestion replaces the match as it is.
    """
    for line in lines:
        for match in pattern.finditer(line.text):
            message, suggestion = describe(match)
            yield finding_at(line, match.span(), rule, message, suggestion, replacement=suggestion if exact else None)


def department_named(name: str | None, departments: Sequence[Department]) -> Department | None:
    """The department with exactly this canonical name, None for none."""
    return next((department for department in departments if department.name == name), None)
