"""The text of an article in parts, and several texts as one. Pure: every block is in exactly one part, unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from values.errors import BadUsage
from values.finding import Finding
from values.manuscript import Block, Heading, Manuscript, Picture, Table, block_lines

_LONGEST_LABEL: Final = 40
"""Characters of a block in a list of places."""


def divided(blocks: Sequence[Block], starts: Sequence[int]) -> tuple[tuple[Block, ...], ...]:
    """The blocks in parts, of which the second and later ones begin at the blocks with these indices.

    Raises BadUsage for an index that is no place between two blocks, and for indices that do not ascend.
    """
    edges = (0, *starts, len(blocks))
    if not starts or any(first >= last for first, last in pairwise(edges)):
        most = len(blocks)
        raise BadUsage(
            f"拆分处要写第 2 到第 {most} 块中的几块，从前到后，不重复。" if most > 1 else "只有一段，不能拆分。"
        )
    return tuple(tuple(blocks[first:last]) for first, last in pairwise(edges))


def findings_within(findings: Iterable[Finding], blocks: Sequence[Block], first: int, last: int) -> tuple[Finding, ...]:
    """Those of the findings that are on the blocks [first, last), each at its line within these blocks."""
    before = sum(len(block_lines(block)) for block in blocks[:first])
    after = before + sum(len(block_lines(block)) for block in blocks[first:last])
    return tuple(
        replace(finding, paragraph=finding.paragraph - before)
        for finding in findings
        if finding.paragraph is not None and before <= finding.paragraph < after
    )


def joined_blocks(manuscripts: Sequence[Manuscript], *, headings: bool = False) -> tuple[Block, ...]:
    """All blocks, text after text. headings: with the title of each text as a heading above it."""
    blocks: list[Block] = []
    for manuscript in manuscripts:
        if headings and manuscript.title:
            blocks.append(Heading(manuscript.title, 1))
        blocks += manuscript.blocks
    return tuple(blocks)


def joined_findings(texts: Sequence[tuple[Manuscript, Sequence[Finding]]], *, headings: bool = False) -> list[Finding]:
    """The findings of these texts, each at its line in `joined_blocks`, or about the whole text as it was."""
    findings: list[Finding] = []
    before = 0
    for manuscript, own in texts:
        before += 1 if headings and manuscript.title else 0
        findings += [
            finding if finding.paragraph is None else replace(finding, paragraph=finding.paragraph + before)
            for finding in own
        ]
        before += len(manuscript.lines)
    return list(dict.fromkeys(findings))


def joined_bylines(bylines: Iterable[str | None]) -> str | None:
    """The units of all these, each once; None for none."""
    units = dict.fromkeys(unit for byline in bylines if byline for unit in byline.split("、"))
    return "、".join(units) or None


def block_label(block: Block) -> str:
    """How a person recognises a block in a list: its words, or 表格 or 图片 with the first of them."""
    words = " ".join(block_lines(block)).replace("\t", " ")
    shown = words if len(words) <= _LONGEST_LABEL else words[:_LONGEST_LABEL] + "…"
    if isinstance(block, Picture):
        return f"〔图片〕{shown}"
    return f"〔表格〕{shown}" if isinstance(block, Table) else shown
