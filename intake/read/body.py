"""正文: which paragraphs are headings that stand alone on their line, and of which level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intake.read.ordinals import label_of
from intake.read.source import SourceBlock, SourceParagraph
from values.manuscript import Block, Heading, Paragraph

_LONGEST_HEADING: Final = 40
_NEVER_LAST: Final = "。；：，、！？;:,!?…"
_LOWEST: Final = 4
_LISTED: Final = 3
"""From this level on, labelled lines that follow each other without text between are a list, not headings."""


def body_blocks(blocks: Sequence[SourceBlock]) -> tuple[Block, ...]:
    """The blocks as they will be printed. A heading that runs on into its paragraph stays a paragraph.

    The level of a heading is that of its label; without one that of its style, the highest in use being 1.
    """
    highest = min((outline for block in blocks if (outline := _outline(block)) is not None), default=0)
    levels = [_level(block, highest) for block in blocks]
    return tuple(_block(block, _kept(blocks, levels, at)) for at, block in enumerate(blocks))


def _block(block: SourceBlock, level: int | None) -> Block:
    if not isinstance(block, SourceParagraph):
        return block
    return Paragraph(block.text, block.marks) if level is None else Heading(block.text, level)


def _level(block: SourceBlock, highest: int) -> int | None:
    """The level the paragraph would have as a heading. highest: the outline level, 0–8, that becomes level 1."""
    if not isinstance(block, SourceParagraph) or not _may_be_heading(block):
        return None
    label = label_of(block.text)
    if label is not None:
        return label.level
    return None if block.outline_level is None else min(block.outline_level - highest + 1, _LOWEST)


def _outline(block: SourceBlock) -> int | None:
    return block.outline_level if isinstance(block, SourceParagraph) and _may_be_heading(block) else None


def _may_be_heading(block: SourceParagraph) -> bool:
    """Whether it is short and no sentence. One with raised or lowered characters stays a paragraph and keeps them."""
    text = block.text
    sentence = text[-1] in _NEVER_LAST or "。" in text or "\n" in text
    return not block.marks and len(text) <= _LONGEST_HEADING and not sentence


def _kept(blocks: Sequence[SourceBlock], levels: Sequence[int | None], at: int) -> int | None:
    level, block = levels[at], blocks[at]
    outlined = isinstance(block, SourceParagraph) and block.outline_level is not None
    if level is None or level < _LISTED or outlined:
        return level
    following = levels[at + 1] if at + 1 < len(levels) else level
    preceding = levels[at - 1] if at else None
    return None if level in (following, preceding) else level
