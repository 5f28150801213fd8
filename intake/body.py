"""正文: which paragraphs are headings that stand alone on their line, and of which level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intake.ordinals import label_of
from intake.source import SourceBlock, SourceParagraph
from values.manuscript import Block, Heading, Paragraph

_LONGEST_HEADING: Final = 40
_NEVER_LAST: Final = "。；：，、！？;:,!?…"
_LOWEST: Final = 4
_LISTED: Final = 3
"""From this level on, labelled lines that follow each other without text between are a list, not headings."""


def body_blocks(blocks: Sequence[SourceBlock]) -> tuple[Block, ...]:
    """The blocks as they will be printed. A heading that runs on into its paragraph stays a paragraph."""
    levels = [_level(block) for block in blocks]
    return tuple(_block(block, _kept(blocks, levels, at)) for at, block in enumerate(blocks))


def _block(block: SourceBlock, level: int | None) -> Block:
    if not isinstance(block, SourceParagraph):
        return block
    return Paragraph(block.text, block.marks) if level is None else Heading(block.text, level)


def _level(block: SourceBlock) -> int | None:
    """The level the paragraph would have as a heading. One with raised or lowered characters keeps them instead."""
    if not isinstance(block, SourceParagraph) or block.marks:
        return None
    text = block.text
    if len(text) > _LONGEST_HEADING or text[-1] in _NEVER_LAST or "。" in text or "\n" in text:
        return None
    label = label_of(text)
    if label is not None:
        return label.level
    return None if block.outline_level is None else min(block.outline_level + 1, _LOWEST)


def _kept(blocks: Sequence[SourceBlock], levels: Sequence[int | None], at: int) -> int | None:
    level, block = levels[at], blocks[at]
    outlined = isinstance(block, SourceParagraph) and block.outline_level is not None
    if level is None or level < _LISTED or outlined:
        return level
    following = levels[at + 1] if at + 1 < len(levels) else level
    preceding = levels[at - 1] if at else None
    return None if level in (following, preceding) else level
