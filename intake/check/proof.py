"""What a check is given, and the shape that all checks have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from values.department import Department
from values.finding import Finding, Rule
from values.manuscript import Manuscript, Picture, Table
from values.word_list import NO_WORDS, WordList

CHINESE: Final = r"[\u3400-\u9fff]"
"""One Chinese character, as a pattern."""
Kind = Literal["paragraph", "heading", "table", "caption"]


@dataclass(frozen=True, slots=True)
class Line:
    """One of `Manuscript.lines` with its index there, and what kind of block it comes from."""

    index: int
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Proof:
    """An article under check. section: None or "" for an ordinary one. department: the sender's, canonical.

    byline_department: the unit that signs, canonical; None when nobody knows it.
    """

    manuscript: Manuscript
    lines: tuple[Line, ...]
    section: str | None
    department: str | None
    byline_department: str | None
    departments: tuple[Department, ...]
    word_list: WordList = NO_WORDS

    @property
    def prose(self) -> Iterator[Line]:
        """The lines of the running text: neither tables nor captions."""
        return (line for line in self.lines if line.kind in ("paragraph", "heading"))


Check = Callable[[Proof], Iterable[Finding]]


def lines_of(manuscript: Manuscript) -> tuple[Line, ...]:
    """The lines of the body with their kinds, in the order of `Manuscript.lines`."""
    kinds: list[Kind] = []
    for block in manuscript.blocks:
        if isinstance(block, Table):
            kinds += ["table"] * len(block.rows)
        elif not isinstance(block, Picture):
            kinds.append(block.kind)
        elif block.caption:
            kinds.append("caption")
    return tuple(Line(at, text, kind) for at, (text, kind) in enumerate(zip(manuscript.lines, kinds, strict=True)))


def at(
    line: Line,
    span: tuple[int, int],
    rule: Rule,
    message: str,
    suggestion: str | None = None,
    *,
    replacement: str | None = None,
) -> Finding:
    """A finding about characters [start, end) of a line. replacement: as in `Finding`."""
    return rule.finding(message, line.index, *span, suggestion, replacement)


def wrong(line: Line, span: tuple[int, int], rule: Rule, message: str, right: str) -> Finding:
    """A finding whose suggestion is exactly what must stand there."""
    return at(line, span, rule, message, right, replacement=right)


def every(
    lines: Iterable[Line],
    pattern: re.Pattern[str],
    rule: Rule,
    tell: Callable[[re.Match[str]], tuple[str, str | None]],
    *,
    exact: bool = False,
) -> Iterator[Finding]:
    """A finding for each place where the pattern matches. tell: its message and suggestion. exact: the suggestion is
    to the character what must stand there."""
    for line in lines:
        for found in pattern.finditer(line.text):
            message, suggestion = tell(found)
            yield at(line, found.span(), rule, message, suggestion, replacement=suggestion if exact else None)


def known(name: str | None, departments: Sequence[Department]) -> Department | None:
    """The department with exactly this canonical name."""
    return next((one for one in departments if one.name == name), None)
