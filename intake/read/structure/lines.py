"""Preparing the paragraphs of a manuscript: trims them, drops empty ones, and unpacks tables that are only frames."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.house_lines import house_cells, is_date_line
from values.manuscript import Table, marks_within

_BLANKS: Final = " \t\n\r\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff"
_MOST_TITLE_CELLS: Final = 3
"""Cells with text in a frame around a title: title, byline and date."""
_LONGEST_TITLE_TABLE: Final = 120
"""Characters in a frame around a title: two lines of a title, a byline and a date."""
_LONGEST_HOUSE_TABLE: Final = 300
"""Characters in a table for the office: names, numbers and opinions, but no text."""
_LONGEST_ABOVE_FRAME: Final = 60
"""Characters of a line above a framed article; as for a title."""
_MOST_ABOVE_FRAME: Final = 6
"""Lines above a framed article: a masthead of four, a title and a byline."""
_NEAR_AN_END: Final = 4
"""Blocks from either end within which a table for the office may be; one in the middle belongs to the text."""
_UNGIVEN: Final = 10.0
"""Points: the size of text in a file that gives none (ECMA-376 17.3.2.38)."""
_MOST_TOP: Final = 12
"""Lines at the top among which one may be centred with blanks: as many as are searched for the title."""
_WIDE_BLANK: Final = 2
_LEAST_MOVED: Final = 8
"""Half-width blanks that move a line to the middle; the indent of a paragraph has four."""
_BLANKS_WITHIN: Final = "\u3000\u3000\u3000"
_MOVED_RIGHT: Final = re.compile(r"(?<=[。！？”])[\u3000 \u00a0]{6,}([^\s。！？；][^。！？；]{1,40})$")
_LONGEST_MOVED: Final = 30
"""Characters of such a line: one that fills the width is not moved."""
_SENTENCE_ENDS: Final = "。！？；"


def trimmed(paragraph: SourceParagraph) -> SourceParagraph:
    """The paragraph without white space of any width at its ends. Its marks are moved accordingly."""
    left = len(paragraph.text) - len(paragraph.text.lstrip(_BLANKS))
    text = paragraph.text.strip(_BLANKS)
    if text == paragraph.text and not paragraph.marks:
        return paragraph
    return replace(paragraph, text=text, marks=marks_within(paragraph.marks, left, left + len(text)))


def prepared_blocks(blocks: tuple[SourceBlock, ...]) -> list[SourceBlock]:
    """The blocks in order: paragraphs trimmed, empty ones dropped, and tables used as frames turned into paragraphs.

    Such frames surround the title or the whole article, or hold cells for the office (撰稿 | 审核 | 电话) near an end.
    """
    kept: list[SourceBlock] = []
    for block in (part for whole in blocks for part in _parted_by_blanks(whole)):
        if isinstance(block, SourceParagraph):
            block = _centred_by_blanks(block) if len(kept) < _MOST_TOP else trimmed(block)
            if not block.text:
                continue
        kept.append(block)
    return [opened for at, block in enumerate(kept) for opened in _opened(kept, at, block)]


def _parted_by_blanks(block: SourceBlock) -> Sequence[SourceBlock]:
    """The block; two paragraphs where blanks move what follows the last sentence to the right, such as a unit."""
    if not isinstance(block, SourceParagraph) or _BLANKS_WITHIN not in block.text:
        return (block,)
    parted = _MOVED_RIGHT.search(block.text)
    if parted is None:
        return (block,)
    text = block.text[: parted.start()]
    whole = replace(block, text=text, marks=marks_within(block.marks, 0, len(text)))
    return whole, replace(block, text=parted[1], marks=(), formulas=(), page_break_before=False, label="")


def _centred_by_blanks(paragraph: SourceParagraph) -> SourceParagraph:
    """The paragraph trimmed; centred where its author moved a short line to the middle with blanks."""
    line = trimmed(paragraph)
    before = paragraph.text[: len(paragraph.text) - len(paragraph.text.lstrip(_BLANKS))]
    width = sum(_WIDE_BLANK if blank == "\u3000" else 1 for blank in before)
    moved = width >= _LEAST_MOVED and 0 < len(line.text) <= _LONGEST_MOVED
    return replace(line, centred=True) if moved else line


def _opened(blocks: Sequence[SourceBlock], at: int, block: SourceBlock) -> Sequence[SourceBlock]:
    """The block, or the paragraphs of a table that is only a frame. Formatting within such a table is not known."""
    if not isinstance(block, Table):
        return (block,)
    texts = [text for row in block.rows for cell in row if (text := cell.text.strip(_BLANKS))]
    if at <= _MOST_ABOVE_FRAME and _only_head(blocks[:at]) and _frames_article(block, texts):
        return [SourceParagraph(line) for text in texts for line in _lines_of(text)]
    near = at < _NEAR_AN_END or at >= len(blocks) - _NEAR_AN_END
    if near and sum(map(len, texts)) <= _LONGEST_HOUSE_TABLE:
        if at < _NEAR_AN_END and len(texts) == 2 and is_date_line(texts[1]):
            return (SourceParagraph("　".join(" ".join(text.split()) for text in texts)),)
        if house := house_cells([[cell.text for cell in row] for row in block.rows]):
            return [SourceParagraph(line) for line in house]
    if at == 0 and len(blocks) > 1 and holds_title(block):
        return [SourceParagraph(line, centred=True, boxed=True) for text in texts for line in _lines_of(text)]
    return (block,)


def _frames_article(table: Table, texts: Sequence[str]) -> bool:
    """Whether the table is a single column of cells with several paragraphs, at least one of them a sentence."""
    lines = [line for text in texts for line in _lines_of(text)]
    column = all(sum(1 for cell in row if cell.text.strip(_BLANKS)) <= 1 for row in table.rows)
    return column and len(lines) > 1 and any(line[-1] in _SENTENCE_ENDS for line in lines)


def _only_head(blocks: Sequence[SourceBlock]) -> bool:
    """Whether the blocks are short lines only, as above an article."""
    short = (isinstance(block, SourceParagraph) and len(block.text) <= _LONGEST_ABOVE_FRAME for block in blocks)
    return all(short)


def _lines_of(text: str) -> Iterator[str]:
    return (line.strip(_BLANKS) for line in text.split("\n") if line.strip(_BLANKS))


def holds_title(table: Table) -> bool:
    """Whether the table is a frame around a title: up to three cells with little text."""
    texts = [text for row in table.rows for cell in row if (text := cell.text.strip(_BLANKS))]
    return 0 < len(texts) <= _MOST_TITLE_CELLS and sum(map(len, texts)) <= _LONGEST_TITLE_TABLE


def split_lines(paragraph: SourceParagraph) -> list[SourceParagraph]:
    """A paragraph for each line that has text, with the same formatting and the marks of that line."""
    if "\n" not in paragraph.text:
        line = trimmed(paragraph)
        return [line] if line.text else []
    lines: list[SourceParagraph] = []
    start = 0
    for text in paragraph.text.split("\n"):
        lines.append(
            trimmed(replace(paragraph, text=text, marks=marks_within(paragraph.marks, start, start + len(text))))
        )
        start += len(text) + 1
    return [line for line in lines if line.text]


def formatting(line: SourceParagraph) -> tuple[str, float | None, bool, bool]:
    """The formatting of a line, for comparing: style, size in points, centred, in a text box."""
    return line.style, line.size, line.centred, line.boxed


def is_set_off(line: SourceParagraph) -> bool:
    """Whether a line is centred, in a text box or a heading of the first level."""
    return line.centred or line.boxed or line.outline_level == 0


def body_size(blocks: list[SourceBlock]) -> float | None:
    """The size in points that most characters have; None when no paragraph gives a size.

    Where some paragraphs give theirs, the others count as 10 points.
    """
    sizes: Counter[float] = Counter()
    given = False
    for block in blocks:
        if isinstance(block, SourceParagraph):
            sizes[block.size or _UNGIVEN] += len(block.text)
            given = given or block.size is not None
    return max(sizes, key=lambda size: (sizes[size], -size)) if given else None
