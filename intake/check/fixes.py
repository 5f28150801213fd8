"""Mechanical mistakes, mended: only where the office has asked for it, each change told, the author's text kept.

What is mended is the text of the revision; the letter keeps the file, and each finding the words that stood there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from intake.check.marks import dashes, ellipses
from intake.check.proof import Check, Line, Proof, at
from intake.check.width import digit_space, full_width_characters, half_width_punctuation
from values.manuscript import Block, Finding, Heading, Manuscript, Mark, Paragraph, Severity

FIXES: Final[Mapping[str, Check]] = {
    "digit-space": digit_space,
    "full-width-characters": full_width_characters,
    "half-width-punctuation": half_width_punctuation,
    "ellipsis": ellipses,
    "dash": dashes,
}
"""The rules that may be applied: for these alone the suggestion is what must stand there, whatever is meant."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters [start, end) of a text become `after`."""

    start: int
    end: int
    after: str

    @property
    def growth(self) -> int:
        return len(self.after) - (self.end - self.start)


def fixed(manuscript: Manuscript, rules: Collection[str]) -> tuple[Manuscript, tuple[Finding, ...]]:
    """The manuscript with these rules of `FIXES` applied, and an "auto-fixed" finding at the place of each change.

    Tables, captions, title and byline stay as they are. Of two changes that overlap the first is made.
    """
    wanted = [check for rule, check in FIXES.items() if rule in rules]
    if not wanted:
        return manuscript, ()
    blocks: list[Block] = []
    changes: list[Finding] = []
    index = 0
    for block in manuscript.blocks:
        if isinstance(block, Paragraph | Heading):
            line = Line(index, block.text.replace("\n", " ").replace("\t", " "), block.kind)
            edits = _apart(_edits(line, wanted))
            blocks.append(_mended(block, edits))
            changes += _told(line, edits)
        else:
            blocks.append(block)
        index += len(Manuscript((), None, (block,)).lines)
    return replace(manuscript, blocks=tuple(blocks)), tuple(changes)


def _edits(line: Line, checks: Iterable[Check]) -> Iterator[_Edit]:
    proof = Proof(Manuscript((), None, ()), (line,), None, None, None, ())
    for check in checks:
        for one in check(proof):
            if one.start is not None and one.end is not None and one.suggestion is not None:
                yield _Edit(one.start, one.end, one.suggestion)


def _apart(edits: Iterable[_Edit]) -> list[_Edit]:
    """Those that do not overlap an earlier one, in the order of the text."""
    kept: list[_Edit] = []
    for edit in sorted(edits, key=lambda one: one.start):
        if not kept or kept[-1].end <= edit.start:
            kept.append(edit)
    return kept


def _mended(block: Paragraph | Heading, edits: list[_Edit]) -> Paragraph | Heading:
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += (block.text[done : edit.start], edit.after)
        done = edit.end
    text = "".join((*pieces, block.text[done:]))
    if isinstance(block, Heading):
        return replace(block, text=text)
    return replace(block, text=text, marks=tuple(_moved(mark, edits) for mark in block.marks))


def _moved(mark: Mark, edits: list[_Edit]) -> Mark:
    """Where the mark stands in the mended text; a change that touches it leaves it at its edge."""

    def moved(place: int) -> int:
        return place + sum(edit.growth for edit in edits if edit.end <= place)

    return replace(mark, start=moved(mark.start), end=moved(mark.end))


def _told(line: Line, edits: list[_Edit]) -> Iterator[Finding]:
    growth = 0
    for edit in edits:
        start = edit.start + growth
        growth += edit.growth
        before = line.text[edit.start : edit.end]
        message = f"已自动改正：“{before}”改为“{edit.after}”。"
        yield at(line, (start, start + len(edit.after)), "auto-fixed", Severity.INFO, message, f"原文：{before}")
