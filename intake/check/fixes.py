"""Mechanical mistakes mended at the reading, only where the office has asked for it (`auto_fix`).

What is mended is the text of the revision; the letter keeps the file, and each finding the words that were replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from intake.check.marks import dashes, ellipses
from intake.check.mending import Edit, apart, mended_paragraph
from intake.check.proof import Check, Proof, ProofLine, finding_at
from intake.check.width import digit_space, full_width_characters, half_width_punctuation
from values import rules
from values.finding import Finding, Rule
from values.manuscript import Block, Heading, Manuscript, Paragraph

FIXES: Final[Mapping[Rule, Check]] = {
    rules.DIGIT_SPACE: digit_space,
    rules.FULL_WIDTH_CHARACTERS: full_width_characters,
    rules.HALF_WIDTH_PUNCTUATION: half_width_punctuation,
    rules.ELLIPSIS: ellipses,
    rules.DASH: dashes,
}
"""The checks of the rules whose fix is automatic."""


def fixed(manuscript: Manuscript, names: Collection[str]) -> tuple[Manuscript, tuple[Finding, ...]]:
    """The manuscript with these rules of `FIXES` applied, and an "auto-fixed" finding at the place of each change.

    names: of the rules, as `auto_fix` in config.toml lists them.
    Tables, captions, title and byline stay as they are. Of two changes that overlap the first is made.
    """
    wanted = [check for rule, check in FIXES.items() if rule.name in names]
    if not wanted:
        return manuscript, ()
    blocks: list[Block] = []
    changes: list[Finding] = []
    index = 0
    for block in manuscript.blocks:
        if isinstance(block, Paragraph | Heading):
            line = ProofLine(index, block.text.replace("\n", " ").replace("\t", " "), block.kind)
            edits = apart(_edits(line, wanted))
            blocks.append(mended_paragraph(block, edits))
            changes += _reports(line, edits)
        else:
            blocks.append(block)
        index += len(Manuscript((), None, (block,)).lines)
    return replace(manuscript, blocks=tuple(blocks)), tuple(changes)


def _edits(line: ProofLine, checks: Iterable[Check]) -> Iterator[Edit]:
    proof = Proof(Manuscript((), None, ()), (line,), None, None, (), ())
    for check in checks:
        for finding in check(proof):
            if finding.start is not None and finding.end is not None and finding.replacement is not None:
                yield Edit(finding.start, finding.end, finding.replacement)


def _reports(line: ProofLine, edits: list[Edit]) -> Iterator[Finding]:
    """An "auto-fixed" finding for each edit, at its place in the mended line."""
    growth = 0
    for edit in edits:
        start = edit.start + growth
        growth += edit.growth
        before = line.text[edit.start : edit.end]
        message = f"已自动改正：“{before}”改为“{edit.after}”。"
        span = (start, start + len(edit.after))
        yield finding_at(line, span, rules.AUTO_FIXED, message, f"原文：{before}", replacement=before)
