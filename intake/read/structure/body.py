"""正文: recognises the headings that have a line of their own, and their levels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.annexes import is_annex_line, note_lines
from intake.read.structure.lines import body_size, formatting, is_set_off
from intake.read.structure.title import could_be_title, is_set_as_title
from values.manuscript import Block, Heading, Paragraph, Picture
from values.ordinals import label_of

_LONGEST_HEADING: Final = 40
"""Characters: a line and a half at 28 a line (GB/T 9704-2012 5.2.3). A longer line is a sentence."""
_NEVER_LAST: Final = "。；：，、！？;:,!?…"
_LOWEST: Final = 4
"""The lowest level of headings in GB/T 9704-2012 7.3.3: 一、（一）1.（1）."""
_LISTED: Final = 3
"""From this level on, labelled lines without text between them are a list, not headings."""
_MOST_ANNEX_TITLE_LINES: Final = 3
"""Lines of the title of an annex; as many as those of an article without its subtitle."""
_CHAPTERS: Final = (("部分",), ("编", "篇"), ("章",), ("节",))
"""What divides a long text, the highest first (GB/T 1.1 has no names for these; laws and plans use them so)."""
_CHAPTER: Final = re.compile(r"第\s?[一二三四五六七八九十百\d]{1,4}\s?(部分|编|篇|章|节)(?![的中])")
_Kind = tuple[tuple[str, float | None, bool, bool], bool, bool]
"""How a paragraph is set: `formatting`, bold or 黑体, 楷体."""
_SHORTEST_UNLABELLED: Final = 3
"""Characters of a heading without a label; a shorter bold line is a name or a mark."""
_SENTENCE_ENDS: Final = "。！？；：”）"


def body_blocks(blocks: Sequence[SourceBlock], issued: Sequence[int] = ()) -> tuple[Block, ...]:
    """The blocks as they are printed. A heading with text of its paragraph on the same line stays a paragraph.

    The level of a heading is that of its label; without a label, that of its style, the highest in use becoming 1;
    without either, that of its formatting, provided that at least two lines share it. 附件1 and the title below it are
    headings of level 1, and so is the title of a text that is issued (办法, 方案). Below 第一部分 and 第一章 the
    levels of the others begin one lower for each kind of chapter. issued: the indexes at which such texts begin.
    """
    highest = min((outline for block in blocks if (outline := _outline(block)) is not None), default=0)
    levels = [_level(block, highest) for block in blocks]
    kept = [_unless_listed(blocks, levels, at) for at in range(len(blocks))]
    kept = _below_chapters(blocks, _with_formatted(blocks, kept))
    for at in note_lines(blocks):
        kept[at] = None
    for at in (*_annex_heads(blocks), *(line for start in issued for line in _title_lines(blocks, start))):
        kept[at] = 1
    return tuple(_block(block, level) for block, level in zip(blocks, kept, strict=True))


def _block(block: SourceBlock, level: int | None) -> Block:
    if not isinstance(block, SourceParagraph):
        return block
    return Paragraph(block.text, block.marks, formulas=block.formulas) if level is None else Heading(block.text, level)


def _below_chapters(blocks: Sequence[SourceBlock], levels: Sequence[int | None]) -> list[int | None]:
    """The levels, with those of chapters, which are above 一、; headings below the first chapter move down."""
    chapters = {at: rank for at, block in enumerate(blocks) if (rank := _chapter(block)) is not None}
    if not chapters:
        return list(levels)
    ranks = sorted(set(chapters.values()))
    first = min(chapters)
    moved = [
        level if level is None or at < first else min(level + len(ranks), _LOWEST) for at, level in enumerate(levels)
    ]
    for at, rank in chapters.items():
        moved[at] = min(ranks.index(rank) + 1, _LOWEST)
    return moved


def _chapter(block: SourceBlock) -> int | None:
    """The rank of a chapter's heading among 部分, 编, 章 and 节, from 0; None for any other block."""
    if not isinstance(block, SourceParagraph) or not _may_be_heading(block):
        return None
    chapter = _CHAPTER.match(block.text)
    return None if chapter is None else next(at for at, kinds in enumerate(_CHAPTERS) if chapter[1] in kinds)


def _level(block: SourceBlock, highest: int) -> int | None:
    """The level of the paragraph if it is a heading, None otherwise. highest: the outline level, 0–8, that becomes
    1."""
    if not isinstance(block, SourceParagraph) or not _may_be_heading(block):
        return None
    label = label_of(block.text)
    if label is not None:
        return label.level
    return None if block.outline_level is None else min(block.outline_level - highest + 1, _LOWEST)


def _outline(block: SourceBlock) -> int | None:
    return block.outline_level if isinstance(block, SourceParagraph) and _may_be_heading(block) else None


def _may_be_heading(block: SourceParagraph) -> bool:
    """Whether it is short and no sentence. One with raised or lowered characters stays a paragraph, which keeps
    them."""
    text = block.text
    sentence = text[-1] in _NEVER_LAST or "。" in text or "\n" in text
    return not block.marks and not block.formulas and len(text) <= _LONGEST_HEADING and not sentence


def _unless_listed(blocks: Sequence[SourceBlock], levels: Sequence[int | None], at: int) -> int | None:
    level, block = levels[at], blocks[at]
    outlined = isinstance(block, SourceParagraph) and block.outline_level is not None
    if level is None or level < _LISTED or outlined:
        return level
    following = levels[at + 1] if at + 1 < len(levels) else level
    preceding = levels[at - 1] if at else None
    return None if level in (following, preceding) else level


def _with_formatted(blocks: Sequence[SourceBlock], levels: Sequence[int | None]) -> list[int | None]:
    """The levels, with those of unlabelled headings: bold, larger or centred lines above a paragraph, and lines in 楷体
    where the text is not."""
    size = body_size(list(blocks))
    formatted = [at for at in sorted(_formatted_as_headings(blocks, size)) if levels[at] is None]
    alike = Counter(_formatting(blocks[at]) for at in formatted)
    above = {_formatting(block): level for block, level in zip(blocks, levels, strict=True) if level is not None}
    new_level = 2 if 1 in above.values() else 1
    repeated = [kind for kind, count in alike.items() if count > 1 and kind not in above]
    heavy = [kind for kind in repeated if not _is_kai(kind)]
    new = {kind: min(new_level + (bool(heavy) and _is_kai(kind)), _LOWEST) for kind in repeated}
    kept = list(levels)
    for at in formatted:
        kind = _formatting(blocks[at])
        kept[at] = above.get(kind, new.get(kind))
    return kept


def _formatting(block: SourceBlock) -> _Kind | None:
    """The formatting of a paragraph, for comparing; None for another block."""
    return (formatting(block), block.bold, block.kai) if isinstance(block, SourceParagraph) else None


def _is_kai(kind: _Kind | None) -> bool:
    """Whether a formatting is 楷体 and not bold, which is below 黑体 (GB/T 9704-2012 7.3.3)."""
    return kind is not None and kind[2] and not kind[1]


def _formatted_as_headings(blocks: Sequence[SourceBlock], size: float | None) -> set[int]:
    """The indexes of short lines that stand out above a paragraph of text, or above another such line, that is
    formatted otherwise. size: of the body, in points."""
    in_kai = Counter(block.kai for block in blocks if isinstance(block, SourceParagraph) and not _may_be_heading(block))
    formatted: set[int] = set()
    for at in reversed(range(len(blocks) - 1)):
        block, below = blocks[at], blocks[at + 1]
        if not isinstance(block, SourceParagraph) or not isinstance(below, SourceParagraph):
            continue
        under_picture = at > 0 and isinstance(blocks[at - 1], Picture)
        set_off = block.bold or is_set_as_title(block, size) or (block.centred and not under_picture)
        set_off = set_off or (block.kai and not in_kai[True])
        text = below.text[-1] in _SENTENCE_ENDS or at + 1 in formatted
        heading = _may_be_heading(block) and len(block.text) >= _SHORTEST_UNLABELLED
        if set_off and text and heading and _formatting(below) != _formatting(block):
            formatted.add(at)
    return formatted


def _annex_heads(blocks: Sequence[SourceBlock]) -> list[int]:
    """The indexes of lines that are only 附件1, and of the title lines below them."""
    heads: list[int] = []
    for at, block in enumerate(blocks):
        if not isinstance(block, SourceParagraph) or not is_annex_line(block.text) or block.text[-1] in ":：":
            continue
        heads += [at, *_title_lines(blocks, at + 1)]
    return heads


def _title_lines(blocks: Sequence[SourceBlock], start: int) -> Iterator[int]:
    """The indexes of the lines of a title that begins at `start`: centred, or formatted as a heading."""
    for at in range(start, min(start + _MOST_ANNEX_TITLE_LINES, len(blocks))):
        line = blocks[at]
        if not isinstance(line, SourceParagraph) or not (is_set_off(line) and could_be_title(line.text)):
            return
        yield at
